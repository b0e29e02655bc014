/** The stylesheet of all pages: the site's colour put before what every site shares. */

import type { Site } from '../../site/site.ts';
import { readableOn, tint } from './colours.ts';
import { RULES } from './stylesheet-rules.ts';

const PAPER = { light: '#fdfcfa', dark: '#17181b' } as const;
const ACCENT = '#9a3412';

/** The stylesheet in UTF-8. A stylesheet of the site's own comes after it and may set any of these properties anew. */
export function renderStylesheet({ pages }: Pick<Site, 'pages'>): Uint8Array {
  const accent = pages.accent ?? ACCENT;
  const { light, dark } = PAPER;
  return Buffer.from(`/* Feedwright */
:root {
  color-scheme: light dark;
  --paper: ${light};
  --raised: #ffffff;
  --tinted: ${tint(accent, light, 0.05)};
  --ink: #1d1c1a;
  --quiet: #5f5b54;
  --line: #e4e0d8;
  --accent: ${readableOn(accent, tint(accent, light, 0.05))};
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${dark};
    --raised: #1f2024;
    --tinted: ${tint(accent, dark, 0.12)};
    --ink: #e7e4de;
    --quiet: #a7a39b;
    --line: #34353a;
    --accent: ${readableOn(accent, tint(accent, dark, 0.12))};
  }
}
${RULES}`);
}
