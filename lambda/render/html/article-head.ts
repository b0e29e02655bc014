/** What the head of an article's page tells link previews and search engines: Open Graph, Twitter card, JSON-LD. */

import { toUri } from '../../address/outward-address.ts';
import type { Entry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { type Html, html, rawHtml } from '../../text/html.ts';
import { writable } from '../../text/xml.ts';
import { formatRfc3339 } from '../../time/moment.ts';

export function renderArticleHead(entry: Entry, site: Site): readonly Html[] {
  return [...openGraphOf(entry, site).map(renderProperty), renderCard(entry), renderLinkedData(entry, site)];
}

/** ogp.me: properties in the order in which they belong together. */
function openGraphOf(entry: Entry, site: Site): readonly (readonly [property: string, content: string])[] {
  const image = entry.image;
  return [
    ['og:type', entry.page === undefined ? 'article' : 'website'],
    ['og:title', entry.title || site.title],
    ...present('og:description', entry.summary),
    ['og:url', toUri(entry.url)],
    ['og:site_name', site.title],
    ['og:locale', (entry.language ?? site.language).replaceAll('-', '_')],
    ...(image === null
      ? []
      : [
          ['og:image', toUri(image.url)] as const,
          ...present('og:image:width', image.width),
          ...present('og:image:height', image.height),
          ...present('og:image:alt', image.alt),
        ]),
    ...(entry.page === 'undated'
      ? []
      : [
          ['article:published_time', formatRfc3339(entry.published)] as const,
          ['article:modified_time', formatRfc3339(entry.updated)] as const,
        ]),
    ...present('article:section', entry.section?.label ?? null),
    ...entry.tags.map(({ label }) => ['article:tag', label] as const),
  ];
}

function present(property: string, content: string | number | null): readonly (readonly [string, string])[] {
  return content === null || content === '' ? [] : [[property, String(content)]];
}

function renderProperty([property, content]: readonly [string, string]): Html {
  return html`<meta property="${property}" content="${content}">\n`;
}

function renderCard({ image }: Entry): Html {
  return html`<meta name="twitter:card" content="${image === null ? 'summary' : 'summary_large_image'}">\n`;
}

/** schema.org. It is data: no browser runs it. */
function renderLinkedData(entry: Entry, site: Site): Html {
  const data = {
    '@context': 'https://schema.org',
    '@type': entry.page === undefined ? 'Article' : 'WebPage',
    headline: entry.title || undefined,
    description: entry.summary || undefined,
    url: toUri(entry.url),
    datePublished: entry.page === 'undated' ? undefined : formatRfc3339(entry.published),
    dateModified: entry.page === 'undated' ? undefined : formatRfc3339(entry.updated),
    inLanguage: entry.language ?? site.language,
    author: filled(
      entry.authors.flatMap(({ name, url }) =>
        name === null ? [] : [{ '@type': 'Person', name, url: url ?? undefined }],
      ),
    ),
    image: entry.image === null ? undefined : toUri(entry.image.url),
    keywords: filled(entry.tags.map(({ label }) => label)),
    articleSection: entry.section?.label,
    isPartOf: { '@type': 'WebSite', name: site.title, url: site.url },
  };
  return html`<script type="application/ld+json">${rawHtml(escapeJson(writable(JSON.stringify(data))))}</script>\n`;
}

function filled<Value>(list: readonly Value[]): readonly Value[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** JSON that holds nothing which could end the element it stands in. */
function escapeJson(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
