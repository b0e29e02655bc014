import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DirectoryItem, divideDirectory, isPart, summarisePart } from '../../lambda/feed/directory.ts';
import type { PageReference } from '../../lambda/state/root.ts';
import { momentAt } from '../../lambda/time/moment.ts';

const MEAN = 4;

describe('the directory', () => {
  it('is divided in one way, whichever parts were open', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200), { maxLength: 80 }), fc.infiniteStream(fc.boolean()), (numbers, open) => {
        const pages = pagesOf(numbers);
        const { parts, pages: rest } = divideDirectory(pages, MEAN);
        const items = [...parts, rest].flatMap((part): readonly DirectoryItem[] =>
          'version' in part ? [part] : part === rest || open.next().value ? part : [summarisePart(part, 'closed')],
        );
        expect(namesOf(items)).toEqual(namesOf(pages));
      }),
    );
  });

  it('changes in one part when one page changes', () => {
    const pages = pagesOf(Array.from({ length: 100 }, (_, index) => index));
    const before = new Set(namesOf(pages));
    for (const index of pages.keys()) {
      const without = pages.filter((_, other) => other !== index);
      const after = new Set(namesOf(without));
      const lost = [...before].filter((names) => !after.has(names));
      // Two where the page was the end of a part.
      expect(lost.length).toBeLessThanOrEqual(2);
    }
  });

  it('has parts of about equal length at a million entries', () => {
    const { parts, pages } = divideDirectory(pagesOf(Array.from({ length: 32_000 }, (_, index) => index)));
    const lengths = parts.map((part) => ('version' in part ? 0 : part.length));
    expect(parts.length).toBeGreaterThan(200);
    expect(parts.length).toBeLessThan(300);
    expect(Math.max(...lengths, pages.length)).toBeLessThan(128 * 10);
  });

  it('sums up a part as if it were one page', () => {
    const pages = pagesOf([3, 1, 2]);
    expect(summarisePart(pages, 'v')).toMatchObject({
      firstName: pages[0]?.name,
      name: pages[2]?.name,
      version: 'v',
      entryCount: 60,
      last: { at: 3 },
      updated: { at: 3 },
    });
  });
});

/** The names of the pages of each part, and of what is in none; parts that are closed are opened. */
function namesOf(items: readonly DirectoryItem[]): readonly string[] {
  const { parts, pages } = divideDirectory(items, MEAN);
  const nameOf = (part: DirectoryItem): string => `${isPart(part) ? part.firstName : part.name} to ${part.name}`;
  return [
    ...parts.map((part) => nameOf('version' in part ? part : summarisePart(part, ''))),
    ...pages.map(({ name }) => name),
  ];
}

function pagesOf(numbers: readonly number[]): readonly PageReference[] {
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => ({
      name: `2026-01-01-${createHash('sha256').update(String(number)).digest('hex').slice(0, 12)}`,
      version: `version of ${number}`,
      entryCount: 20,
      last: { at: number, id: 'urn:test:entry' },
      updated: momentAt(number),
    }));
}
