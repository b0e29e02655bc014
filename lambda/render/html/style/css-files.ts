/**
 * The style of the pages as it lies in the .css files beside, for runs from source. Where all is bundled, `css-texts.ts` stands
 * for this file (`imports` in package.json): it has the same names, and the texts in itself.
 */

import { readFileSync } from 'node:fs';

export const PALETTE = readRules('palette.css');
export const BASE_RULES = readRules('base.css');
export const LIST_RULES = readRules('lists.css');
export const ARTICLE_RULES = readRules('article.css');
export const MEDIA_RULES = readRules('media.css');

function readRules(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
