/**
 * What Medium's export holds beside the posts: pages about the person, with their mail address, the addresses of their
 * computers, sessions and claps, and lists of what they read. Most have no mark but their shape.
 */

import { type Document, type Element, isTag } from 'domhandler';
import { findOne, getElementsByTagName, textContent } from 'domutils';

/** What Medium's style sheet says of posts stands in all pages of an export; some have no title. */
const STYLE = /\bsection\[data-field=subtitle\]/;

/** Whether a page is one of those about the person: all of it is one section, headed by the page's title. */
export function isAboutPerson(page: Document): boolean {
  const body = findOne(({ name }) => name === 'body', page.children);
  const [section, ...others] = body?.children.filter(isTag) ?? [];
  if (section?.name !== 'section' || others.length > 0) return false;
  const [heading] = section.children.filter(isTag);
  if (heading?.name !== 'h3') return false;
  if (getElementsByTagName('style', page).some((style) => STYLE.test(textContent(style)))) return true;
  const title = textOf(getElementsByTagName('title', page)[0]);
  if (title === '' || textOf(heading) !== title) return false;
  const isProfile = section.attribs.class === 'h-card' && /\bEmail address:/.test(textContent(section));
  return isProfile || /, page \d+$/.test(title);
}

/** Whether an entry is a reading list that somebody keeps. */
export function isReadingList(entry: Element): boolean {
  return findOne(({ attribs }) => attribs['data-field'] === 'lists', entry.children) !== null;
}

function textOf(element: Element | undefined): string {
  return element === undefined ? '' : textContent(element).replace(/\s+/g, ' ').trim();
}
