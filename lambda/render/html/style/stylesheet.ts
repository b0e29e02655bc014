/** The stylesheet of all pages: the site's colour put before what every site shares. */

import type { Site } from '../../../model/site.ts';
import { readableOn } from './colours.ts';
import { ARTICLE_RULES } from './style-article.ts';
import { BASE_RULES } from './style-base.ts';
import { LIST_RULES } from './style-lists.ts';
import { MEDIA_RULES } from './style-media.ts';

/** Surfaces on which links are read. */
const SOFT = { light: '#f4f1ec', dark: '#232428' } as const;
const ACCENT = '#9a3412';
/** WCAG 2.2 asks for 4.5 (1.4.3, AA). Thin bright letters on black tire more, so there it is more. */
const CONTRAST_MIN = { light: 4.6, dark: 6 } as const;

/** The stylesheet in UTF-8. A stylesheet of the site's own comes after it and may set any of these properties anew. */
export function renderStylesheet({ pages }: Pick<Site, 'pages'>): Uint8Array {
  const accent = pages.accent ?? ACCENT;
  return Buffer.from(`/* Feedwright */
:root {
  color-scheme: light dark;
  --paper: #fdfcfa;
  --soft: ${SOFT.light};
  --ink: #1d1c1a;
  --quiet: #5f5b54;
  --line: #e4e0d8;
  --accent: ${readableOn(accent, SOFT.light, CONTRAST_MIN.light)};
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b;
    --soft: ${SOFT.dark};
    --ink: #e7e4de;
    --quiet: #a7a39b;
    --line: #35363b;
    --accent: ${readableOn(accent, SOFT.dark, CONTRAST_MIN.dark)};
  }
}
${[BASE_RULES, LIST_RULES, ARTICLE_RULES, MEDIA_RULES].join('\n')}`);
}
