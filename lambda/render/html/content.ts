/** The content of an entry, which is safe HTML already, as it is on a page of its own. */

import type { Site } from '../../model/site.ts';
import { escapeAttribute } from '../../text/characters.ts';
import { html } from '../../text/html.ts';
import type { Words } from './words/words.ts';

/** A whole tag: what looks like one within the value of an attribute is none. */
const TAG = /<(\/?[a-z][a-z\d]*)((?:"[^"]*"|[^">])*)>/g;

/**
 * Images after the first are loaded when they are near; what may be too wide for the page can be scrolled, by the
 * keyboard too; the highest headings follow that of the page, whichever level the author begins at.
 */
export function renderContent(contentHtml: string, site: Pick<Site, 'url'>, words: Words): string {
  const region = html`<div class="wide" role="region" tabindex="0" aria-label="${words.table}">`.text;
  const rise = riseOf(contentHtml);
  let imageCount = 0;
  let tableDepth = 0;
  return contentHtml.replace(TAG, (whole, name: string, attributes: string) => {
    const tag = `<${levelled(name, rise)}${withoutHost(attributes, site)}>`;
    switch (name) {
      case 'img':
        imageCount += 1;
        return imageCount === 1 ? tag : tag.replace('<img', '<img loading="lazy" decoding="async"');
      case 'pre':
        return tag.replace('<pre', '<pre tabindex="0"');
      case 'table':
        tableDepth += 1;
        // A table within a table scrolls with it.
        return tableDepth === 1 ? region + tag : tag;
      case '/table':
        tableDepth -= 1;
        return tableDepth === 0 ? `${tag}</div>` : tag;
      default:
        return attributes === '' && rise === 0 ? whole : tag;
    }
  });
}

/** The level of headings that come next after that of the page, and the last that there is. */
const [LEVEL_MIN, LEVEL_MAX] = [2, 6];

/** By how many levels the headings of a text have to rise (or fall, below 0) to begin where those of a page do. */
function riseOf(contentHtml: string): number {
  const levels = [...contentHtml.matchAll(TAG)].flatMap(([, name = '']) =>
    /^h[1-6]$/.test(name) ? Number(name[1]) : [],
  );
  return levels.length === 0 ? 0 : Math.min(...levels) - LEVEL_MIN;
}

function levelled(name: string, rise: number): string {
  return name.replace(
    /^(\/?h)([1-6])$/,
    (_, start: string, level: string) => `${start}${Math.min(LEVEL_MAX, Number(level) - rise)}`,
  );
}

/** As all links of a page, those in its text leave out the host of the site: it may be read at another one. */
function withoutHost(attributes: string, { url }: Pick<Site, 'url'>): string {
  const [written, place] = [escapeAttribute(url), escapeAttribute(new URL(url).pathname)];
  return attributes.replace(/\s(?:href|src|poster)="([^"]*)"/g, (attribute, address: string) =>
    address.startsWith(written) ? attribute.replace(`"${written}`, `"${place}`) : attribute,
  );
}
