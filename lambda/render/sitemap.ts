/**
 * Sitemaps (sitemaps.org, protocol 0.9) and Google's news sitemap. Only addresses and dates that are true: no
 * priorities, no frequencies, which nobody reads.
 */

import { toUri } from '../address/outward-address.ts';
import { escapeAddress, escapeText } from '../text/xml.ts';
import { formatRfc3339, type Moment } from '../time/moment.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
const NEWS_NAMESPACE = 'http://www.google.com/schemas/sitemap-news/0.9';

/** A page, or another sitemap. */
export interface SitemapLine {
  /** Absolute. */
  readonly url: string;
  /** When it last changed; null where nobody knows. */
  readonly updated: Moment | null;
  /** The same page in each of its languages, itself among them. @default it is in one alone */
  readonly alternates?: readonly Alternate[];
}

export interface Alternate {
  /** BCP 47. */
  readonly language: string;
  /** Absolute. */
  readonly url: string;
}

/** What a news sitemap says of an article. */
export interface NewsLine {
  /** Absolute. */
  readonly url: string;
  readonly title: string;
  readonly published: Moment;
  /** BCP 47. */
  readonly language: string;
}

/**
 * A list of pages, in the order given: 50,000 at most. Languages as in
 * https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
 */
export function renderSitemap(pages: readonly SitemapLine[]): Uint8Array {
  const isInLanguages = pages.some(({ alternates = [] }) => alternates.length > 0);
  const namespaces = `xmlns="${NAMESPACE}"${isInLanguages ? ` xmlns:xhtml="${XHTML_NAMESPACE}"` : ''}`;
  return Buffer.from(`${DECLARATION}<urlset ${namespaces}>\n${pages.map(lineOf('url')).join('')}</urlset>\n`);
}

/** A list of sitemaps, in the order given: 50,000 at most. */
export function renderSitemapIndex(sitemaps: readonly SitemapLine[]): Uint8Array {
  const lines = sitemaps.map(lineOf('sitemap'));
  return Buffer.from(`${DECLARATION}<sitemapindex xmlns="${NAMESPACE}">\n${lines.join('')}</sitemapindex>\n`);
}

function lineOf(element: 'url' | 'sitemap'): (line: SitemapLine) => string {
  return ({ url, updated, alternates = [] }) => {
    const lastmod = updated === null ? '' : `<lastmod>${formatRfc3339(updated)}</lastmod>`;
    const languages = alternates.map(
      (each) => `<xhtml:link rel="alternate" hreflang="${each.language}" href="${escapeAddress(toUri(each.url))}"/>`,
    );
    return `<${element}><loc>${escapeAddress(toUri(url))}</loc>${lastmod}${languages.join('')}</${element}>\n`;
  };
}

/** The articles of the last days: 1,000 at most. `publication` is the name as readers know it. */
export function renderNewsSitemap(publication: string, articles: readonly NewsLine[]): Uint8Array {
  const lines = articles.map(
    ({ url, title, published, language }) => `<url>
<loc>${escapeAddress(toUri(url))}</loc>
<news:news>
<news:publication><news:name>${escapeText(publication)}</news:name><news:language>${newsLanguage(language)}</news:language></news:publication>
<news:publication_date>${formatRfc3339(published)}</news:publication_date>
<news:title>${escapeText(title)}</news:title>
</news:news>
</url>
`,
  );
  return Buffer.from(
    `${DECLARATION}<urlset xmlns="${NAMESPACE}" xmlns:news="${NEWS_NAMESPACE}">\n${lines.join('')}</urlset>\n`,
  );
}

/** ISO 639 alone, except that Google tells two ways to write Chinese apart. */
function newsLanguage(tag: string): string {
  const [language = '', ...rest] = tag.toLowerCase().split('-');
  if (language !== 'zh') return language;
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-tw' : 'zh-cn';
}

/** A robots.txt that keeps nobody out and names the sitemaps. */
export function renderRobots(sitemaps: readonly string[]): Uint8Array {
  const lines = sitemaps.map((address) => `Sitemap: ${toUri(address)}\n`);
  return Buffer.from(`User-agent: *\nAllow: /\n\n${lines.join('')}`);
}
