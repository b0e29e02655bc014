/**
 * No text is lost in silence: an entry keeps 85 % of the words of its source's prose, or a problem says how much went.
 * Held for the sample publication, for texts that hold every construct that could swallow others, and for the posts of
 * `../shared/corpus`, where that lies beside the project: each fourth of them, or all with CORPUS=all (`npm run corpus`).
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArticleKey, parseArticles } from '../lambda/article/parse.ts';
import { isError, type Problem } from '../lambda/model/problem.ts';
import { parseText, TEST_SITE } from './article/article-file.ts';
import { isLost, measureKept, wordsOf, wordsTold } from './support/prose-words.ts';
import { SWALLOWERS } from './support/swallowers.ts';

const CORPUS = fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const CONTENT = fileURLToPath(new URL('../content', import.meta.url));
const TIMEOUT_MS = 300_000;

/** What of a file is lost, as one line to read; null where nothing is. */
function findLoss(key: string, body: Uint8Array): string | null {
  const { articles, problems } = parseArticles({ key, body, site: TEST_SITE });
  if (articles.length === 0) return null;
  const kept = measureKept(key, new TextDecoder().decode(body), articles, problems);
  if (!isLost(kept)) return null;
  return `${key}: ${kept.kept} of ${kept.words} words, ${kept.told} told of; without ${kept.missing.slice(0, 20).join(' ')}`;
}

const EACH = process.env.CORPUS === 'all' ? 1 : 4;

/** @param each 1 for all articles, 4 for each fourth */
function lossesIn(folder: string, each = 1): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const keys = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  const looked = keys.filter(isArticleKey).filter((_, index) => index % each === 0);
  return looked.flatMap((key) => findLoss(key, readFileSync(join(folder, key))) ?? []);
}

describe('text', () => {
  it('is kept in the sample publication', () => {
    expect(lossesIn(CONTENT)).toEqual([]);
  });

  const folders = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];

  it.skipIf(folders.length === 0).each(folders)('is kept in %s', { timeout: TIMEOUT_MS }, (folder) => {
    expect(lossesIn(join(CORPUS, folder), EACH)).toEqual([]);
  });

  it('is measured as lost where it is', () => {
    const kept = measureKept('a.md', `One.\n\n${LAST}`, [], []);
    expect([isLost(kept), kept.words, kept.missing.length]).toEqual([true, 16, 16]);
    const told = { code: 'markup-left-out', message: 'It went: 16 words, “One …”.' } as Problem;
    expect(isLost(measureKept('a.md', `One.\n\n${LAST}`, [], [told]))).toBe(false);
  });
});

const LAST = 'Lanterns hang along the quay, seven herons stand in shallow water, nobody speaks until morning.';

/** What stands between two paragraphs: on lines of its own, or in a sentence. */
const middle = fc.array(fc.record({ piece: fc.constantFrom(...SWALLOWERS), inSentence: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});

describe('the last paragraph of an article', () => {
  it('is there, or a problem tells of as many words, whatever stands in front of it', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.constantFrom('md', 'mdx', 'html', 'page', 'txt'), middle, (kind, pieces) => {
        const { articles, problems } = parseText(...articleOf(kind, pieces));
        if (problems.some(isError)) return;
        const shown = new Set(
          wordsOf(articles.map(({ contentHtml }) => contentHtml.replace(/<[^>]*>/g, ' ')).join(' ')),
        );
        const gone = wordsOf(LAST).filter((word) => !shown.has(word)).length;
        expect(gone).toBeLessThanOrEqual(wordsTold(problems));
      }),
      { numRuns: RUNS },
    );
  });
});

const RUNS = Number(process.env.SWALLOWERS ?? 300);

interface Piece {
  readonly piece: string;
  readonly inSentence: boolean;
}

function articleOf(kind: string, pieces: readonly Piece[]): [key: string, text: string] {
  const isHtml = kind === 'html' || kind === 'page';
  const paragraph = (text: string) => (isHtml ? `<p>${text}</p>` : text);
  const middles = pieces.map(({ piece, inSentence }) => (inSentence ? paragraph(`One has ${piece} in it.`) : piece));
  const text = [paragraph('Before the wall a boat lies dry.'), ...middles, paragraph(LAST)].join('\n\n');
  if (kind === 'page')
    return ['a.html', `<!doctype html><html><head><title>Ebb</title></head><body>${text}</body></html>`];
  return [`a.${kind}`, kind === 'txt' ? text : `---\ntitle: Ebb\n---\n\n${text}\n`];
}
