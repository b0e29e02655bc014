/** The stylesheet of all pages: that of every site, with the site's own colour in it. */

import { ARTICLE, ATTACHMENTS, BASE, CONTENT, FRAME, LISTS, MEDIA, PALETTE } from '#pages-css';
import type { Site } from '../../../model/site.ts';
import { readableOn } from './colours.ts';

/** WCAG 2.2 asks for 4.5 (1.4.3, AA). Thin bright letters on black tire more, so there it is more. */
const CONTRAST_MIN = { light: 4.6, dark: 6 } as const;

/** The stylesheet in UTF-8. A stylesheet of the site's own comes after it and may set any of its properties anew. */
export function renderStylesheet({ pages }: Pick<Site, 'pages'>): Uint8Array {
  const palette = pages.accent === null ? PALETTE : withAccent(PALETTE, pages.accent);
  return joinRules([palette, BASE, FRAME, LISTS, ARTICLE, CONTENT, ATTACHMENTS, MEDIA]);
}

/** What other pages of the publisher's have of the style: colours, type, and the content of an entry. */
export function renderCommonRules(): Uint8Array {
  return joinRules([PALETTE, BASE, CONTENT]);
}

/** A part that begins with a heading, or a condition, begins after an empty line. */
function joinRules(parts: readonly string[]): Uint8Array {
  const [first = '', ...others] = parts;
  return Buffer.from(first + others.map((part) => (/^(?:\/\*|@)/.test(part) ? `\n${part}` : part)).join(''));
}

/** The palette, light and then dark, with a colour of links that can be read on its surfaces. */
function withAccent(palette: string, accent: string): string {
  const contrasts = [CONTRAST_MIN.light, CONTRAST_MIN.dark];
  return palette.replace(/(--soft: (#[\da-f]{6});.*?--accent: )#[\da-f]{6}/gs, (_, before: string, surface: string) => {
    return before + readableOn(accent, surface, contrasts.shift() ?? CONTRAST_MIN.dark);
  });
}
