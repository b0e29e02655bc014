/**
 * Every heading of an article's own page has an id, by the rule of the site's settings, so that links from elsewhere find it.
 * In feeds headings have only those that their author wrote, or that the article links to itself: several articles stand in
 * one document there (docs/decisions/081-ids-of-headings.md).
 */

import type { Site } from '../../model/site.ts';
import { escapeAttribute, unescapeText } from '../../text/characters.ts';
import { safeId } from '../../text/clobbering-names.ts';
import { createHeadingIds, HEADING_IDS_DEFAULT } from '../../text/heading-id.ts';

/** Ids that the frame of a page has. */
export const PAGE_IDS: ReadonlySet<string> = new Set(['main', 'files']);

/** Headings never stand within one another. */
const HEADING = /<(h[1-6])((?:\s[a-z]+="[^"]*")*)>(.*?)<\/\1>/gs;

/** @param contentHtml safe HTML */
export function nameHeadings(
  contentHtml: string,
  { headingIds = HEADING_IDS_DEFAULT }: Pick<Site, 'headingIds'>,
): string {
  if (!/<h[1-6][\s>]/.test(contentHtml)) return contentHtml;
  const nextId = createHeadingIds(headingIds);
  const taken = new Set([...contentHtml.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescapeText(id ?? '')));
  return contentHtml.replace(HEADING, (whole, name: string, attributes: string, inner: string) => {
    const own = /\sid="([^"]*)"/.exec(attributes)?.[1];
    const text = unescapeText(inner.replace(/<(?:"[^"]*"|[^">])*>/g, ''));
    const id = nextId(text, own === undefined ? null : unescapeText(own));
    if (own !== undefined || id === null) return whole;
    const safe = safeId(id);
    if (taken.has(safe) || PAGE_IDS.has(safe)) return whole;
    taken.add(safe);
    return `<${name} id="${escapeAttribute(safe)}"${attributes}>${inner}</${name}>`;
  });
}
