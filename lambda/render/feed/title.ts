/** Titles of entries that have none: from their words, or from what is said of their picture or sound. */

import { decodeHTML } from 'entities';
import type { Entry, Media } from '../../model/entry.ts';

const TITLE_CHARACTERS = 80;

/** The beginning of a text, cut between words; empty where the text is. */
export function firstWords(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.length <= TITLE_CHARACTERS) return words;
  const cut = words.slice(0, TITLE_CHARACTERS + 1);
  const end = cut.lastIndexOf(' ');
  return `${end > 0 ? cut.slice(0, end) : cut.slice(0, TITLE_CHARACTERS)}…`;
}

/**
 * What a note is called that has nothing but a picture, a sound or a film: by what its author says of that. Readers
 * call it by its id or its address else. Empty for every other entry, and where nothing is said.
 */
export function mediaTitle({ title, summary, contentHtml, image, attachments }: Entry): string {
  if ((title + summary).trim() !== '' || hasWords(contentHtml)) return '';
  const shown = /<img\b[^>]*?\salt="([^"]+)"/.exec(contentHtml)?.[1] ?? '';
  const media = [...(image === null ? [] : [image]), ...attachments];
  const texts = [image?.alt ?? '', decodeHTML(shown), ...media.map(nameOf)];
  return texts.map(firstWords).find((text) => text !== '') ?? '';
}

function nameOf({ title, alt, caption }: Media): string {
  return title ?? alt ?? caption ?? '';
}

/** Whether there is anything to read beside pictures and their captions. The content is well-formed HTML. */
export function hasWords(html: string): boolean {
  const text = html.replace(/<figcaption\b[^>]*>.*?<\/figcaption>/gs, '').replace(/<[^>]*>/g, '');
  return decodeHTML(text).trim() !== '';
}
