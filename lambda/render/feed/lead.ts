/** How an article begins, beside its summary: where that was made from it, nobody wants both. */

import { decodeHTML } from 'entities';

/** How far into an article its summary is looked for. */
const LEAD_CHARACTERS_MAX = 20_000;

/** Whether the content begins by saying the summary, as it does where the summary was made from it. */
export function saysAlready(contentHtml: string, summary: string): boolean {
  const text = decodeHTML(contentHtml.slice(0, LEAD_CHARACTERS_MAX).replace(/<[^>]*>/g, ' '));
  return collapse(text).includes(collapse(summary.replace(/\s*(?:…|\.\.\.)\s*$/, '')));
}

function collapse(text: string): string {
  return text.replace(/\s+/g, '');
}
