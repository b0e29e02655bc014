/**
 * How template code and links of notes name the file of an article in a text: as an address of this site, so that whatever
 * stands before it (`{{ site.baseurl }}`) does no harm. Where it leads is looked up later (article/html/file-link.ts).
 */

/** An address at which no file and no page is: what follows is the name of a file, from anywhere. */
export const NAMED_PLACE = '/.article/';
/** The same of a note, whose fragment is the text of a heading. */
export const NOTE_PLACE = '/.note/';

/** The address that stands in a text for a file that is found by its name, or by the end of its path. */
export function namedPlace(name: string, fragment = ''): string {
  return NAMED_PLACE + name.split('/').map(encode).join('/') + (fragment === '' ? '' : `#${encode(fragment)}`);
}

/** The address that stands in a text for a note, and a heading in it; of no name, for the text itself. */
export function notePlace(name: string, heading: string): string {
  return NOTE_PLACE + namedPlace(name, heading).slice(NAMED_PLACE.length);
}

/** Markdown would end an address at a bracket. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
