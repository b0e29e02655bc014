/**
 * The text of Atom's `updated`. No two entries of one document should show the same (RFC 4287, 4.2.15), so each has a
 * fraction of a second, made from its id. It has three digits: ROME takes six for thousands of milliseconds, and Abdera
 * forgets the time zone of such a date (docs/decisions/100).
 */

import { hash } from 'node:crypto';
import { formatRfc3339, formatUtc } from '../../time/moment.ts';
import type { SiteItem } from './site-item.ts';

const MILLISECONDS = 1_000;

/**
 * The text of each item, in order. Where two are of one millisecond, the later one in the document takes the next that is
 * free in that second; where none is, it keeps its own.
 */
export function updatedTexts(items: readonly SiteItem[]): readonly string[] {
  const taken = new Set<number>();
  return items.map(({ id, moments: { updated }, keepsUpdatedText }) => {
    const digits = digitsOf(id);
    const second = Math.floor(updated.at / MILLISECONDS) * MILLISECONDS;
    const own = Number(digits.slice(0, 3));
    const millisecond = keepsUpdatedText === true ? own : findFree(taken, second, own);
    taken.add(second + millisecond);
    if (keepsUpdatedText === true) return formatRfc3339(updated, digits);
    return formatUtc(updated, String(millisecond).padStart(3, '0'));
  });
}

function findFree(taken: ReadonlySet<number>, second: number, own: number): number {
  for (let later = 0; later < MILLISECONDS; later += 1) {
    const millisecond = (own + later) % MILLISECONDS;
    if (!taken.has(second + millisecond)) return millisecond;
  }
  return own;
}

/** Six digits of a second, as documents had them before: the first three say the same millisecond as ever. */
function digitsOf(id: string): string {
  const firstFourBytes = Number.parseInt(hash('sha256', id).slice(0, 8), 16);
  return String(1 + (firstFourBytes % 999_999)).padStart(6, '0');
}
