/** Addresses in Markdown: which words become links, and how links are written. */

import type { MarkdownIt } from 'markdown-it';

export function addAddresses(parser: MarkdownIt): void {
  // The scheme is judged, like every address, when the result is sanitised.
  parser.validateLink = () => true;
  // Most addresses need nothing done to them, and to take them apart takes a hundred times as long as to see that.
  const normalise = parser.normalizeLink.bind(parser);
  parser.normalizeLink = (address) => (PLAIN.test(address) ? address : normalise(address));
  // GFM links addresses that say so (`https://`, `www.`), not every word with a dot in it.
  parser.linkify.set({ fuzzyLink: false });
  parser.linkify.add('www.', {
    validate: (text, position) =>
      /^[a-z0-9-]+\.[^\s<]*[^\s<?!.,:*_~'")\]]/i.exec(text.slice(position, position + 2_000))?.[0].length ?? 0,
    normalize: (match) => {
      match.url = `http://${match.url}`;
    },
  });
}

/** Normalising would change nothing about it. */
const PLAIN =
  /^(?:https?:\/\/(?=[^/]{1,250}(?:\/|$))(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?:\/(?:[\w;/?:@&=+$,\-.!~*'()#]|%[\dA-Fa-f]{2})*)?|(?!\/\/)[\w/.~-]+(?:#[\w.~-]*)?)$/;
