/** The content of an entry, which is safe HTML already, as it is on a page of its own. */

import { decodeHTML, escapeAttribute } from 'entities';
import type { Site } from '../../site/site.ts';
import { html } from './html.ts';
import type { Words } from './words.ts';

/** How far into an article its summary is looked for. */
const LEAD_CHARACTERS_MAX = 20_000;

/**
 * Images after the first are loaded when they are near; what may be too wide for the page can be scrolled, by the
 * keyboard too. The sanitiser has written every tag, so `<` begins one and nothing else.
 */
export function renderContent(contentHtml: string, site: Pick<Site, 'url'>, words: Words): string {
  const region = html`<div class="wide" role="region" tabindex="0" aria-label="${words.table}">`.text;
  let imageCount = 0;
  let tableDepth = 0;
  return withoutHost(contentHtml, site).replace(/<(?:img|pre|table)(?=[\s>])|<\/table>/g, (tag) => {
    switch (tag) {
      case '<img':
        imageCount += 1;
        return imageCount === 1 ? tag : '<img loading="lazy" decoding="async"';
      case '<pre':
        return '<pre tabindex="0"';
      case '<table':
        tableDepth += 1;
        // A table within a table scrolls with it.
        return tableDepth === 1 ? region + tag : tag;
      default:
        tableDepth -= 1;
        return tableDepth === 0 ? `${tag}</div>` : tag;
    }
  });
}

/** As all links of a page, those in its text leave out the host of the site: it may be read at another one. */
function withoutHost(contentHtml: string, { url }: Pick<Site, 'url'>): string {
  const written = escapeAttribute(url);
  const place = escapeAttribute(new URL(url).pathname);
  return ['href', 'src', 'poster'].reduce(
    (text, name) => text.replaceAll(` ${name}="${written}`, ` ${name}="${place}`),
    contentHtml,
  );
}

/** Whether the content begins by saying the summary, as it does where the summary was made from it. */
export function saysAlready(contentHtml: string, summary: string): boolean {
  const text = decodeHTML(contentHtml.slice(0, LEAD_CHARACTERS_MAX).replace(/<[^>]*>/g, ' '));
  return collapse(text).includes(collapse(summary.replace(/\s*(?:…|\.\.\.)\s*$/, '')));
}

function collapse(text: string): string {
  return text.replace(/\s+/g, '');
}
