/** The media of an entry with the facts of their assets, and what of them is seen in its content. Pure. */

import { type AssetFacts, probeAsset } from '../../article/media/media.ts';
import type { MediaReference } from '../../model/article.ts';
import type { Media } from '../../model/entry.ts';
import type { Episode } from '../../model/episode.ts';
import { escapeAttribute, escapeText } from '../../text/characters.ts';
import { directionOf } from '../../text/language.ts';

/** The files of an episode with the facts of their assets; those that are not there are left out. */
export function completeEpisode(
  { image, chapters, transcripts, ...said }: Episode<MediaReference>,
  assets: ReadonlyMap<string, AssetFacts>,
): Episode<Media> {
  return {
    ...said,
    image: image === null ? null : completeMedia(image, assets),
    chapters: chapters === null ? null : completeMedia(chapters, assets),
    transcripts: transcripts.flatMap(({ file, ...facts }) => {
      const media = completeMedia(file, assets);
      return media === null ? [] : [{ ...facts, file: media }];
    }),
  };
}

/** Media with the facts of its asset; null for a file of ours that is not there. */
export function completeMedia(reference: MediaReference, assets: ReadonlyMap<string, AssetFacts>): Media | null {
  const { key, ...media } = reference;
  const facts = key === null ? null : (assets.get(key) ?? null);
  if (key !== null && facts === null) return null;
  return {
    ...media,
    mimeType:
      facts?.mimeType ?? media.mimeType ?? probeAsset(new URL(media.url).pathname, new Uint8Array(), 0).mimeType,
    lengthBytes: facts?.lengthBytes ?? media.lengthBytes,
    durationSeconds: facts?.durationSeconds ?? media.durationSeconds,
    width: facts?.width ?? media.width,
    height: facts?.height ?? media.height,
  };
}

/** Many readers show only the content, so the hero image is put before it, unless the author has shown it already. */
export function showImage(contentHtml: string, image: Media | null): string {
  if (image === null || contentHtml.includes(escapeAttribute(withoutSize(image.url)))) return contentHtml;
  const size = image.width !== null && image.height !== null ? ` width="${image.width}" height="${image.height}"` : '';
  const img = `<img src="${escapeAttribute(image.url)}" alt="${escapeAttribute(image.alt ?? '')}"${size}>`;
  const caption = [
    ...(image.caption === null ? [] : [escapeText(image.caption)]),
    ...(image.credit === null ? [] : [`<cite>${escapeText(image.credit)}</cite>`]),
  ].join(' ');
  return `<figure>${img}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>\n${contentHtml}`;
}

/** Behind the name of a file, a query says how large or how new the same picture is: `boat.jpg?w=300`. */
function withoutSize(url: string): string {
  const [file = url] = url.split(/[?#]/, 1);
  return /\.(?:avif|gif|jpe?g|png|webp)$/i.test(file) ? file : url;
}

/** Feeds have no place for the direction of a text, so the content of an Arabic article says it itself. */
export function showDirection(contentHtml: string, language: string): string {
  if (contentHtml === '' || directionOf(language) === 'ltr') return contentHtml;
  return `<div dir="rtl" lang="${escapeAttribute(language)}">${contentHtml}</div>`;
}
