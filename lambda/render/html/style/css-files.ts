/**
 * The style of the pages as it lies in the .css files beside, for runs from source. Where all is bundled, `css-texts.ts` stands
 * for this file (`imports` in package.json): it has the same names, and the texts in itself.
 */

import { readFileSync } from 'node:fs';

export const ARTICLE = readRules('article.css');
export const ATTACHMENTS = readRules('attachments.css');
export const BASE = readRules('base.css');
export const CONTENT = readRules('content.css');
export const FRAME = readRules('frame.css');
export const LISTS = readRules('lists.css');
export const MEDIA = readRules('media.css');
export const PALETTE = readRules('palette.css');

function readRules(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
