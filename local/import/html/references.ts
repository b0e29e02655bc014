/** The addresses in a text: made absolute, led to the new site, and gathered where they are pictures or sounds. */

import { type Document, findElements } from './markup.ts';

const ADDRESSES = ['href', 'src', 'poster', 'cite', 'data-src', 'data-lazy-src', 'data-original'] as const;
const SOURCE_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset'] as const;
const ATTRIBUTE_CHARACTERS_MAX = 16_384;

export interface Reference {
  /** Absolute. */
  readonly url: string;
  /** `show` is seen or heard in the text itself, `link` leads somewhere. */
  readonly use: 'show' | 'link';
}

/** Rewrites every address of a tree; `rewrite` is given absolute ones, and gives what is to stand there. */
export function rewriteReferences(
  root: Document,
  base: string | null,
  rewrite: (reference: Reference) => string,
): void {
  for (const { name, attribs } of findElements(root, ({ attribs }) => Object.keys(attribs).length > 0)) {
    for (const attribute of ADDRESSES) {
      const written = attribs[attribute];
      if (written === undefined || written.length > ATTRIBUTE_CHARACTERS_MAX) continue;
      const url = toAbsolute(written, base);
      const use = attribute === 'href' || attribute === 'cite' || name === 'iframe' ? 'link' : 'show';
      if (url !== null) attribs[attribute] = rewrite({ url, use });
    }
    for (const attribute of SOURCE_SETS) {
      const written = attribs[attribute];
      if (written === undefined || written.length > ATTRIBUTE_CHARACTERS_MAX) continue;
      attribs[attribute] = written.replace(
        /(^|,\s+|,(?=https?:))(\s*)([^\s,][^\s]*[^\s,])/g,
        (whole, lead, space, address) => {
          const url = toAbsolute(String(address), base);
          return url === null ? whole : `${lead}${space}${rewrite({ url, use: 'show' })}`;
        },
      );
    }
  }
}

/** Null for what leads nowhere, stays within the text, or is no address of the web. */
function toAbsolute(written: string, base: string | null): string | null {
  const address = written.trim();
  if (address === '' || address.startsWith('#')) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return /^https?:\/\//i.test(address) ? address : null;
  return base === null ? null : (URL.parse(address, base)?.href ?? null);
}
