/**
 * What people write: articles in every source format and settings, drawn from the seed. The title of an entry tells its
 * article and which write it comes from, so that whoever reads a document knows how old it is.
 */

import type { Random } from '../random.ts';

export const ASSETS = ['pic-0.png', 'pic-1.svg', 'news/pic-2.png', 'news/pic-3.svg'];
/** Files that an old site left behind, called as documents of the publisher, and a page that is no article. */
export const LEFT_FILES = ['rss.xml', 'tags/sea/atom.xml', 'picks/feed.json', 'sitemap.xml', '404.html', 'readme.html'];
/** In the folder of what is new in every history, at the top, and where articles are from the start; the deepest last. */
export const FOLDER_FILES = ['.meta.yml', 'news/_index.md', 'vault/.meta.yml', 'vault/_index.md', 'vault/vault.json'];
/** The last is also the name of a feed that comes and goes. */
export const SHARED_SLUGS = ['same', 'other', 'picks'];
export const SHARED_IDS = ['tag:example.org,2026:x', '42'];
/** Of articles that succeed one another. */
export const HANDED_IDS = ['tag:example.org,2026:v', '64b7f0c2a1d3e40001c9a8b7'];
const TAGS = ['sea', 'light', 'Sea', 'wind'];
const ENDINGS = ['md', 'txt', 'json', 'md', 'html', 'json', 'md'];
const LANGUAGES = ['de', 'ar'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ITEMS_MAX = 3;

/** What one entry says of itself. */
export interface Fields {
  readonly date: string | null;
  readonly updated: string | null;
  readonly tags: readonly string[];
  readonly slug: string | null;
  readonly id: string | null;
  readonly image: string | null;
  readonly language: string | null;
  readonly draft: boolean;
  readonly expires: string | null;
}

export function articleKey(index: number): string {
  return `${index % 5 === 0 ? 'news/' : ''}p${index}.${ENDINGS[index % ENDINGS.length]}`;
}

/** An article in the folder that folder files are mostly about. */
export function vaultKey(index: number): string {
  return `vault/p${100 + index}.md`;
}

/** What a folder file says: that all below it is a draft, or nothing that holds anything back. */
export function drawFolderFile(random: Random, key: string, isHolding: boolean): string {
  const said = isHolding ? 'draft: true' : random.pick(['draft: false', 'tags: [wind]', 'title: Of the folder']);
  if (key.endsWith('.json')) return isHolding ? '{ "draft": true }' : '{ "tags": ["wind"] }';
  return key.endsWith('.md') ? `---\n${said}\n---\n` : `${said}\n`;
}

/** Dates repeat, some lie ahead; all are whole hours, so that whoever looks at half past an hour sees no change. */
export function drawFields(random: Random, now: number): Fields {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const ago = random.chance(0.3) ? random.below(5) * HOUR_MS : random.below(120) * DAY_MS;
  const isAhead = random.chance(0.07);
  const offset = random.pick(['Z', 'Z', '+03:00']);
  const at = (instant: number): string => new Date(instant).toISOString().replace(/\.000Z$/, offset);
  const dated = at(isAhead ? hour + (random.below(48) + 4) * HOUR_MS : hour - ago - 3 * HOUR_MS);
  return {
    date: random.chance(0.1) ? null : random.chance(0.15) ? dated.slice(0, 10) : dated,
    updated: random.chance(0.12) ? at(hour - random.below(20) * DAY_MS - 3 * HOUR_MS) : null,
    tags: TAGS.filter(() => random.chance(0.25)),
    slug: random.chance(0.03) ? random.pick(SHARED_SLUGS) : null,
    id: random.chance(0.03) ? random.pick(SHARED_IDS) : null,
    image: random.chance(0.15) ? random.pick(ASSETS) : null,
    language: random.chance(0.04) ? random.pick(LANGUAGES) : null,
    draft: random.chance(0.04),
    expires: random.chance(0.05) ? new Date(hour + (random.below(72) + 1) * HOUR_MS).toISOString() : null,
  };
}

/**
 * The file at a key. One of JSON holds one entry, or several with names of their own.
 *
 * @param name of the article, as its titles begin
 * @param draw the fields of one more entry
 */
export function drawArticle(random: Random, key: string, name: string, number: number, draw: () => Fields): string {
  const title = `${name} r${number}`;
  if (!key.endsWith('.json') || random.chance(0.5)) return articleText(key, title, draw());
  const parts = Array.from({ length: ITEMS_MAX }, (_, part) => part).filter(() => random.chance(0.6));
  return JSON.stringify(
    parts.map((part) => {
      const { id, slug, ...fields } = draw();
      const own = part % 2 === 0 ? { id: `tag:example.org,2026:${name}.${part}` } : { slug: `${name}-${part}` };
      const shared = id !== null ? { id } : slug !== null ? { slug } : {};
      return { ...jsonItem(`${name}.${part} r${number}`, { ...fields, id: null, slug: null }), ...own, ...shared };
    }),
  );
}

/** A JSON file of one entry, and of one more that has an id from another file. */
export function listWithGuest(name: string, number: number, fields: Fields, guestId: string | null): string {
  const host = { ...jsonItem(`${name}.0 r${number}`, { ...fields, id: null }), id: `tag:example.org,2026:${name}.0` };
  const guest = jsonItem(`${name}.1 r${number}`, { ...fields, date: null, updated: null, id: guestId });
  return JSON.stringify(guestId === null ? [host] : [host, guest]);
}

/**
 * The file as an editor, a formatter or another computer writes it again. Its wording stays, so that no settings that
 * change at the same time can make an edit of it (docs/decisions/027-what-is-an-edit.md).
 */
export function touchArticle(random: Random, key: string, text: string): string {
  const isJson = key.endsWith('.json');
  const touches: readonly (() => string)[] = [
    () => (text.includes('\r') ? text.replaceAll('\r', '') : text.replaceAll('\n', '\r\n')),
    () => (text.startsWith('\ufeff') ? text.slice(1) : `\ufeff${text}`),
    () => `${text}\n`,
    () => (isJson ? reorderJson(text) : text.replace(/(?<=---\r?\n)(.*\r?\n)(.+: .*\r?\n)/, '$2$1')),
    () => (isJson ? `${text} ` : text.replace(/---\r?\n/, '$&# A remark.\n')),
  ];
  return random.pick(touches)();
}

function reorderJson(text: string): string {
  const reorder = (item: object): object => Object.fromEntries(Object.entries(item).reverse());
  const value: unknown = JSON.parse(text.replace('\ufeff', ''));
  return JSON.stringify(Array.isArray(value) ? value.map(reorder).reverse() : reorder(Object(value)));
}

function articleText(key: string, title: string, fields: Fields): string {
  if (key.endsWith('.json')) return JSON.stringify(jsonItem(title, fields));
  const lines = Object.entries({ title, ...statedFields(fields) }).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  const body = key.endsWith('.html') ? `<p>Text of <b>${title}</b>.</p>` : `Text of ${title}.`;
  return `---\n${lines.join('\n')}\n---\n\n${body}\n`;
}

function jsonItem(title: string, fields: Fields): object {
  return { title, ...statedFields(fields), content_text: `Text of ${title}.` };
}

function statedFields({ image, draft, tags, ...texts }: Fields): object {
  const stated = Object.entries(texts).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(stated),
    ...(tags.length > 0 && { tags }),
    ...(image !== null && { image: `/${image}` }),
    ...(draft && { draft }),
  };
}

/**
 * @param number tells how old these settings are, in every document
 * @param minima entries from which on feeds may be public
 */
export function drawSite(random: Random, number: number, minima: readonly number[]): string {
  if (random.chance(0.15)) return 'titel: oops\n';
  const lines = [
    `title: T${number}`,
    'id: simulated',
    'authors: [Ada Writer]',
    `pageSize: ${random.pick([10, 10, 12, 14])}`,
    `deletedEntries: ${random.chance(0.3)}`,
    `pages: { articles: ${random.chance(0.85)} }`,
    `automatic: { authors: ${random.chance(0.3)}, sections: ${random.chance(0.8)} }`,
  ];
  if (random.chance(0.2)) lines.push(`icon: /${random.pick(ASSETS)}`);
  const feeds = [
    `picks: { title: Picks T${number}, tags: [sea] }`,
    `calm: { title: Calm T${number}, withoutTags: [wind], content: summary }`,
  ].filter(() => random.chance(0.2));
  if (feeds.length > 0) lines.push(`feeds: { ${feeds.join(', ')} }`);
  if (random.chance(0.6)) lines.push(`feedMinimum: ${random.pick(minima)}`);
  if (random.chance(0.15)) lines.push('languages: [en, de]');
  if (random.chance(0.1)) lines.push('content: summary');
  if (random.chance(0.1)) lines.push('timeZone: Europe/Berlin');
  if (random.chance(0.07)) lines.push('permalink: /:year/:slug/');
  return `${lines.join('\n')}\n`;
}

export const FIRST_SITE =
  'title: T0\nid: simulated\nauthors: [Ada Writer]\npageSize: 10\nautomatic: { authors: false }\n';

/** An article of an archive that is there before a history begins. */
export function archivedArticle(index: number, now: number): string {
  const date = new Date(Math.floor(now / DAY_MS) * DAY_MS - (index + 1) * 3 * DAY_MS).toISOString();
  const tags = TAGS.filter((_, tag) => index % (tag + 2) === 0);
  const none = { updated: null, slug: null, id: null, image: null, language: null, draft: false, expires: null };
  return articleText(articleKey(index), `k${index} r0`, { date, tags, ...none });
}
