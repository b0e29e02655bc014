/** Articles whose files lie at other places than they say: everything that named the one then names the other. Pure. */

import { publicAddress } from '../../model/addresses.ts';
import { type Article, type MediaReference, VAULT_MARK } from '../../model/article.ts';
import { escapeAttribute } from '../../text/characters.ts';

/**
 * @param moved where a file lies, by the content key that the article names
 * @param found where a file lies that a note names alone, by the key that it would have beside the note
 */
export function withMovedAssets(
  article: Article,
  { moved, found }: { readonly moved: ReadonlyMap<string, string>; readonly found: ReadonlyMap<string, string> },
  siteUrl: string,
): Article {
  return withVaultFiles(withMoved(article, moved, siteUrl), found, siteUrl);
}

function withVaultFiles(article: Article, found: ReadonlyMap<string, string>, siteUrl: string): Article {
  const { vaultFiles, ...rest } = article;
  if (vaultFiles === undefined) return article;
  const keys = Object.keys(vaultFiles);
  const places = keys.map((key) => [key, found.get(key) ?? key] as const);
  const contentHtml = places.reduce((html, [key, place]) => {
    const [marked, present] = [key, place].map((each) => escapeAttribute(publicAddress(siteUrl, each)));
    return html.replaceAll((marked ?? '') + VAULT_MARK, () => present ?? '');
  }, article.contentHtml);
  return { ...rest, contentHtml, assetKeys: [...new Set([...article.assetKeys, ...places.map(([, place]) => place)])] };
}

function withMoved(article: Article, moved: ReadonlyMap<string, string>, siteUrl: string): Article {
  const own = new Map(
    article.assetKeys.flatMap((key) => (moved.has(key) ? [[key, moved.get(key) ?? key] as const] : [])),
  );
  if (own.size === 0) return article;
  const move = <Reference extends MediaReference>(reference: Reference): Reference => {
    const place = reference.key === null ? undefined : own.get(reference.key);
    if (reference.key === null || place === undefined) return reference;
    const former = publicAddress(siteUrl, reference.key);
    return { ...reference, key: place, url: publicAddress(siteUrl, place) + reference.url.slice(former.length) };
  };
  const moveIn = (html: string) =>
    [...own].reduce((text, [from, to]) => {
      const [former, present] = [from, to].map((key) => escapeAttribute(publicAddress(siteUrl, key)));
      return replaceInTags(text, former ?? '', present ?? '');
    }, html);
  const { episode } = article;
  return {
    ...article,
    contentHtml: moveIn(article.contentHtml),
    image: article.image === null ? null : move(article.image),
    attachments: article.attachments.map(move),
    ...(episode !== undefined && {
      episode: {
        ...episode,
        image: episode.image === null ? null : move(episode.image),
        chapters: episode.chapters === null ? null : move(episode.chapters),
        transcripts: episode.transcripts.map(({ file, ...facts }) => ({ ...facts, file: move(file) })),
      },
    }),
    assetKeys: [...new Set(article.assetKeys.map((key) => own.get(key) ?? key))],
  };
}

/** An address stands alone in a value, or in a list of candidates; a query or a fragment may follow it. */
function replaceInTags(html: string, former: string, present: string): string {
  if (!html.includes(former)) return html;
  return html.replace(/<[a-z][^<>]*>/gi, (tag) =>
    tag
      .split(former)
      .map((part, index, parts) => {
        const before = parts[index - 1];
        if (before === undefined) return part;
        return (/["\s]$/.test(before) && /^["?#\s,]/.test(part) ? present : former) + part;
      })
      .join(''),
  );
}
