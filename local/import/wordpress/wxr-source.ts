/**
 * WordPress' export as posts. Ids are the guids to the byte, which no rule gives back. Dates are those that were kept in
 * UTC and never `pubDate`, which is an hour late in the hour that the clocks skip.
 */

import { collapseSpace } from '../../../lambda/text/characters.ts';
import { formatRfc3339 } from '../../../lambda/time/moment.ts';
import { describeFile, type ExportFiles } from '../files/export-files.ts';
import { plainText, plainTitle } from '../html/markup.ts';
import type { ExportedFile, ExportedPost, ExportSource, SourceOptions } from '../model/exported.ts';
import { ImportFailure } from '../model/import-failure.ts';
import { hasBlocks, showBlocks, showClassic } from './blocks.ts';
import { readWxr, type WxrItem } from './wxr-reader.ts';
import { offsetBetween, readDatabaseTime, surveyWxr, type WxrSurvey } from './wxr-survey.ts';

/** The number of entries in a feed of WordPress, where nobody has changed it. */
const SHOWN_COUNT = 10;
const NO_HEAD = { channel: () => {}, author: () => {}, category: () => {} };
/** Types of posts that WordPress and themes keep for themselves. */
const INTERNAL =
  /^(?:attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-\w+|elementor_\w+|jp_\w+|feedback|amp_validated_url)$/;

export async function openWxr(
  files: ExportFiles,
  names: readonly string[],
  options: SourceOptions,
  onBytes: (count: number) => void,
): Promise<ExportSource> {
  const survey = await surveyWxr(files, names, onBytes);
  const named = ['wp:base_blog_url', 'link'].flatMap((name) => asBase(survey.channel.get(name) ?? '') ?? []);
  const base = named[0] ?? options.url;
  if (base === null) {
    survey.close();
    throw new ImportFailure(
      files.label,
      'does not name the address of its site.',
      'Name it: --url https://example.org/',
    );
  }
  return {
    program: 'WordPress',
    total: [...new Set(['post', 'page', ...options.types])].reduce(
      (sum, type) => sum + (survey.counts.get(type) ?? 0),
      0,
    ),
    bases: [...new Set(named)],
    site: {
      // Both are text: WordPress shows what looks like a tag there as it was typed.
      title: collapseSpace(survey.channel.get('title') ?? '') || null,
      description: collapseSpace(survey.channel.get('description') ?? '') || null,
      url: options.url ?? base,
      id: null,
      language: survey.channel.get('language') || null,
      copyright: null,
      redirects: {
        '/feed/': '/rss.xml',
        '/feed/rss2/': '/rss.xml',
        '/feed/rss/': '/rss.xml',
        '/feed/atom/': '/atom.xml',
        '/rss/': '/rss.xml',
        '/rss2/': '/rss.xml',
        '/atom/': '/atom.xml',
        '/?feed=rss2': '/rss.xml',
        '/?feed=rss': '/rss.xml',
        '/?feed=atom': '/atom.xml',
        ...survey.lists.redirects,
      },
      feeds: survey.lists.feeds,
      pageSize: SHOWN_COUNT,
      podcast: null,
    },
    async *posts() {
      for (const name of names) {
        for await (const item of readWxr(await files.open(name), describeFile(files, name), NO_HEAD)) {
          const post = toPost(item, { survey, base, options });
          if (post !== null) yield post;
        }
      }
    },
    close: async () => survey.close(),
  };
}

interface Surroundings {
  readonly survey: WxrSurvey;
  readonly base: string;
  readonly options: SourceOptions;
}

function toPost(item: WxrItem, around: Surroundings): ExportedPost | null {
  const { survey, base, options } = around;
  const { report } = options;
  const text = (name: string) => item.texts.get(name) ?? '';
  const type = text('wp:post_type') || 'post';
  const isWanted = type === 'post' || type === 'page' || options.types.includes(type);
  const id = text('wp:post_id');
  const place = `${type === 'page' ? 'page' : 'post'} ${id || `of line ${item.line}`}`;
  if (!isWanted) {
    if (!INTERNAL.test(type)) report.leave('entries of another kind (--types imports them)', `${type} ${id}`);
    return null;
  }
  const held = findHold(item);
  const times = readTimes(item, around, held === null);
  const guid = text('guid').trim();
  const address = addressOf(text('link').trim(), base);
  if (held === null) tellLoss(item, place, address, around);
  const oldSlugs = item.metas.get('_wp_old_slug') ?? [];
  return {
    // Two posts may have one guid, and imports into WordPress give posts new numbers.
    key: guid === '' ? `wordpress ${type} ${id} ${text('link').trim()}` : `${guid} ${id}`,
    place,
    kind: type === 'page' ? 'page' : 'post',
    held,
    id: guid === '' ? null : guid,
    title: plainTitle(text('title')),
    ...times,
    address,
    formerAddresses:
      address === null ? [] : [...oldSlugs.flatMap((slug) => formerAddress(address, slug)), ...numbered(type, id)],
    slug: decodeSlug(text('wp:post_name').replace(/__trashed$/, '')) || plainTitle(text('title')) || id,
    authors: authorsOf(item, survey),
    ...termsOf(item),
    image: coverOf(item, survey, place, report),
    summary: plainText(text('excerpt:encoded')) || null,
    language: null,
    isCut: item.isCut,
    html: () => showText(item, place, around),
    attachments: (item.metas.get('enclosure') ?? []).flatMap(readEnclosure),
    fields: {},
  };
}

/** Why a post was not public. A status that nobody knows holds back. */
function findHold({ texts, metas }: WxrItem): string | null {
  const status = texts.get('wp:status') ?? '';
  if ((texts.get('wp:post_password') ?? '') !== '') return 'with a password';
  if (status === 'future') return 'scheduled';
  if (status === 'trash') return 'in the trash';
  if (status !== 'publish')
    return ['draft', 'pending', 'private', 'auto-draft'].includes(status) ? status : `of status “${status}”`;
  const access = metas.get('_jetpack_newsletter_access')?.[0] ?? '';
  return access === '' || access === 'everybody' ? null : 'for subscribers';
}

function readTimes({ texts }: WxrItem, { survey, options }: Surroundings, isPublic: boolean) {
  const local = readDatabaseTime(texts.get('wp:post_date') ?? '');
  const utc = readDatabaseTime(texts.get('wp:post_date_gmt') ?? '');
  const changed = readDatabaseTime(texts.get('wp:post_modified_gmt') ?? '');
  const changedLocal = readDatabaseTime(texts.get('wp:post_modified') ?? '');
  const published = utc ?? (isPublic ? local : null);
  if (published === null)
    return { published: isPublic ? readFeedTime(texts.get('pubDate') ?? '') : null, updated: null };
  if (utc !== null) {
    const updated =
      changed !== null && changed > utc ? withOffset(changed, offsetBetween(changedLocal, changed)) : null;
    return { published: withOffset(utc, offsetBetween(local, utc)), updated };
  }
  // Only the site's clock is known. Settings name its zone; else the other posts show how it went.
  const wall = new Date(published).toISOString().slice(0, 19);
  const offset = options.timeZone === null ? survey.offsetNear(texts.get('wp:post_date') ?? '') : null;
  return { published: offset === null ? wall : withOffset(published - offset * 60_000, offset), updated: null };
}

/** Where nothing else is said, as in exports of other programs. */
function readFeedTime(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) || at <= 0 ? null : withOffset(at, null);
}

function withOffset(at: number, offsetMinutes: number | null): string {
  return formatRfc3339({ at, offsetMinutes: offsetMinutes ?? 0 });
}

function showText(item: WxrItem, place: string, { survey, options }: Surroundings): string {
  const { report } = options;
  const text = (item.texts.get('content:encoded') ?? '').replace(/\r\n?/g, '\n');
  const context = {
    survey,
    sharedBlock: survey.sharedBlock,
    postId: item.texts.get('wp:post_id') ?? '',
    place,
    report,
    footnotes: item.metas.get('footnotes')?.[0] ?? null,
  };
  const joined = text.replace(/<!--nextpage-->/g, () => {
    report.leave('breaks between pages of a post: the pages were joined', place);
    return '';
  });
  const marked = joined.replace(/<!--more\b[\s\S]*?-->/g, '<!--more-->').replace(/<!--noteaser-->/g, '');
  return hasBlocks(marked) ? showBlocks(marked, context) : showClassic(marked, context);
}

function tellLoss(item: WxrItem, place: string, address: string | null, { options }: Surroundings): void {
  const { report } = options;
  const text = (name: string) => item.texts.get(name) ?? '';
  if (item.controlCount > 0)
    report.leave('control characters, which XML has no place for: they were dropped', place, item.controlCount);
  if (item.commentCount > 0) report.leave('comments: they are not articles', place, item.commentCount);
  if (text('wp:is_sticky') === '1')
    report.leave('posts that stood on top of all others: feeds have no such place', place);
  for (const name of new Set(item.customFields)) {
    if (!['enclosure', 'footnotes'].includes(name))
      report.leave('custom fields, whose meaning only a theme or plug-in knows', name);
  }
  for (const { domain, label } of item.terms) {
    if (domain === 'post_format')
      report.leave('formats of posts, such as “aside”: they look like any post', `${plainTitle(label)} in ${place}`);
    else if (!['category', 'post_tag', 'author', ''].includes(domain))
      report.leave('terms that are neither category nor tag', `${domain} in ${place}`);
  }
  if (address === null && text('link').includes('?')) {
    report.leave('addresses with a question mark: the post gets one made of its name', `${text('link')} (${place})`);
  }
}

/** The address on the site; null for one by number alone (`/?p=30`), which would be that of the home page. */
function addressOf(link: string, base: string): string | null {
  const url = link === '' ? null : URL.parse(link, base);
  if (url === null) return null;
  return url.pathname === new URL(base).pathname || url.pathname === '/' || url.search !== '' ? null : url.href;
}

/** Where it was before its slug was changed. */
function formerAddress(address: string, slug: string): readonly string[] {
  const former = address.replace(/[^/]+(\/?)$/, (_, end: string) => `${slug}${end}`);
  return slug === '' || former === address ? [] : [former];
}

/** The address by number, which WordPress gives every post beside its other one. */
function numbered(type: string, id: string): readonly string[] {
  if (!/^\d+$/.test(id)) return [];
  return type === 'post' ? [`/?p=${id}`] : type === 'page' ? [`/?page_id=${id}`] : [];
}

/** Co-Authors Plus has its authors in terms, each once or more; without it there is one. */
function authorsOf({ texts, terms }: WxrItem, { authors }: WxrSurvey): ExportedPost['authors'] {
  const named = terms
    .filter(({ domain }) => domain === 'author')
    .map(({ label, nicename }) => {
      const name = plainText(label);
      return authors.get(name) ?? authors.get(nicename.replace(/^cap-/, '')) ?? name;
    });
  const login = (texts.get('dc:creator') ?? '').trim();
  const names = named.length > 0 ? named : [authors.get(login) ?? login];
  // A login may be a mail address, which nobody has published.
  return [...new Set(names)].filter((name) => name !== '' && !name.includes('@')).map((name) => ({ name, url: null }));
}

function termsOf({ terms }: WxrItem): Pick<ExportedPost, 'categories' | 'tags'> {
  const labels = (domain: string) => [
    ...new Set(terms.filter((term) => term.domain === domain).map(({ label }) => plainText(label))),
  ];
  const categories = labels('category');
  // Old exports name each term once more without saying what it is; some say nothing else.
  const others = labels('').filter((label) => !categories.includes(label));
  return { categories, tags: [...new Set([...labels('post_tag'), ...others])] };
}

function coverOf(
  item: WxrItem,
  survey: WxrSurvey,
  place: string,
  report: SourceOptions['report'],
): ExportedPost['image'] {
  const id = item.metas.get('_thumbnail_id')?.[0]?.trim() ?? '';
  if (id === '' || id === '0' || id === '-1') return null;
  const upload = survey.upload(id);
  if (upload === null) {
    report.leave('covers that the export does not hold: export all content, not posts alone', `${id} of ${place}`);
    return null;
  }
  return { url: upload.url, alt: upload.alt || null, caption: plainText(upload.caption) || null };
}

/** Lines: the address, the length in bytes, the type, and what a plug-in adds in PHP's notation. */
function readEnclosure(meta: string): readonly ExportedFile[] {
  const [url = '', length = '', type = '', ...rest] = meta.split(/\r?\n/).map((line) => line.trim());
  if (!/^https?:\/\//i.test(url)) return [];
  const duration = /s:8:"duration";s:\d+:"([\d:]{1,12})"/.exec(rest.join('\n'))?.[1];
  const seconds = duration?.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return [
    {
      url,
      type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : null,
      lengthBytes: /^\d{1,15}$/.test(length) && length !== '0' ? Number(length) : null,
      durationSeconds: seconds ?? null,
      title: null,
    },
  ];
}

function decodeSlug(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    // WordPress cuts slugs at 200 bytes, maybe within a character.
    return slug.replace(/(?:%[\da-f]{0,2})+$/i, '').replaceAll('%', '');
  }
}

function asBase(address: string): string | null {
  const href = /^https?:\/\//i.test(address) ? URL.parse(address)?.href : undefined;
  if (href === undefined) return null;
  return href.endsWith('/') ? href : `${href}/`;
}
