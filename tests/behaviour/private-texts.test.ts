/**
 * What the author of a site kept to themselves stands in no public file: at no moment, in whatever order the events of the
 * files come, on AWS and on one machine.
 */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../lambda/store/store.ts';
import type { Terminal } from '../../local/cli/terminal.ts';
import { main } from '../../local/main.ts';
import { createTestPublication } from '../support/publication.ts';
import { type Files, PRIVATE_SITES } from './private-sites.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const sites = Object.entries(PRIVATE_SITES);

let base = '';
afterEach(() => {
  if (base !== '') rmSync(base, { recursive: true });
  base = '';
});

const wordsOf = (texts: Iterable<string>, pattern: RegExp) =>
  new Set([...texts].flatMap((text) => text.match(pattern) ?? []));
const publicWords = (files: Files) => [...wordsOf(Object.values(files), /tell\w+/g)].sort();

/** Publishes one event after the other, and gives the private words that were ever written, and all that are public then. */
async function publishInOrder(files: readonly (readonly [string, string])[]) {
  const leaks = new Set<string>();
  const watch = (store: Store, name: string): Store =>
    name !== 'public'
      ? store
      : {
          ...store,
          write: (key, body, options) => {
            for (const word of wordsOf([new TextDecoder().decode(body)], /hush\d+/g)) leaks.add(`${word} in ${key}`);
            return store.write(key, body, options);
          },
        };
  const publication = await createTestPublication({ wrap: watch, now: NOW });
  // All files are there before the first event comes: events come in any order.
  for (const [key, text] of files) await publication.content.write(key, new TextEncoder().encode(text));
  for (const [key, text] of files) {
    await publication.put(key, text);
    await publication.settle();
  }
  const told = wordsOf((await publication.documents()).values(), /tell\w+/g);
  return { leaks: [...leaks], told: [...told].sort() };
}

async function build(files: Files) {
  base = mkdtempSync(join(tmpdir(), 'feedwright-private-'));
  for (const [key, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, 'in', key)), { recursive: true });
    writeFileSync(join(base, 'in', key), text);
  }
  const terminal: Terminal = {
    print: () => {},
    note: () => {},
    style: (_, text) => text,
    startProgress: () => ({ update: () => {}, stop: () => {} }),
  };
  await main(
    ['build', join(base, 'in'), '--out', join(base, 'out'), '--url', 'https://example.org/'],
    {},
    {
      terminal,
      now: () => NOW,
      waitForInterrupt: async () => {},
    },
  );
  const paths = readdirSync(join(base, 'out'), { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const texts = paths.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8'));
  return { leaks: [...wordsOf(texts, /hush\d+/g)], told: [...wordsOf(texts, /tell\w+/g)].sort() };
}

describe.each(sites)('the site of %s', (_, files) => {
  const entries = Object.entries(files);

  it.each([
    ['as its files are named', entries],
    ['the other way round', entries.toReversed()],
    [
      'articles before all else',
      entries.toSorted(([a], [b]) => Number(/\.(?:md|html)$/.test(b)) - Number(/\.(?:md|html)$/.test(a))),
    ],
  ])('keeps its private texts when events come %s', async (__, ordered) => {
    expect(await publishInOrder(ordered)).toEqual({ leaks: [], told: publicWords(files) });
  });

  it('keeps its private texts when it is built', async () => {
    expect(await build(files)).toEqual({ leaks: [], told: publicWords(files) });
  });
});
