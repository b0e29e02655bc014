import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArticleFile, parseArticles } from '../../../lambda/article/parse.ts';
import { createParsePool, type ParsePool } from '../../../local/publication/parse-pool.ts';
import { createPost } from '../../../tools/bench/posts.ts';
import { TEST_SITE } from '../../article/article-file.ts';

type ParseModule = { readonly parseArticles: typeof parseArticles };

/** Threads have modules of their own, so this counts what is read here. */
const here = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../../lambda/article/parse.ts', async (importOriginal) => {
  const original = await importOriginal<ParseModule>();
  return {
    ...original,
    parseArticles(file: ArticleFile) {
      here.count += 1;
      return original.parseArticles(file);
    },
  };
});

const READY_MS_MAX = 8_000;

describe('createParsePool', () => {
  let pool: ParsePool;
  let firstHere = 0;
  beforeAll(async () => {
    pool = createParsePool({ aloneCount: 3, threadCount: 1 });
    for (let index = 0; index < 3; index += 1) await pool.parse(fileOf(index));
    firstHere = here.count;
    await waitForThread(pool);
  });
  beforeEach(() => {
    here.count = 0;
  });
  afterAll(() => pool.rest());

  it('reads the first articles here', () => {
    expect(firstHere).toBe(3);
  });

  it('reads what comes after them on another thread, and gives the same', async () => {
    const files = Array.from({ length: 8 }, (_, index) => fileOf(index));
    const parsed = await Promise.all(files.map(pool.parse));
    expect(here.count).toBe(0);
    const { parseArticles: parseHere } = await vi.importActual<ParseModule>('../../../lambda/article/parse.ts');
    expect(parsed).toEqual(files.map(parseHere));
  });

  it('reads each article with the settings that come with it', async () => {
    const file = fileOf(0);
    const elsewhere = { ...file, site: { ...TEST_SITE, permalink: '/:slug/' } };
    const [first, second, third] = await Promise.all([file, elsewhere, file].map(pool.parse));
    expect(second?.articles[0]?.path).not.toBe(first?.articles[0]?.path);
    expect(third).toEqual(first);
    expect(here.count).toBe(0);
  });

  it('reads here as well when more is waiting than a thread should hold', async () => {
    const parsed = await Promise.all(Array.from({ length: 40 }, (_, index) => pool.parse(fileOf(index))));
    expect(parsed.every(({ articles }) => articles.length === 1)).toBe(true);
    expect(here.count).toBeGreaterThan(0);
  });

  it('reads here again after a rest', async () => {
    await pool.rest();
    await pool.parse(fileOf(0));
    expect(here.count).toBe(1);
  });
});

/** The first article that is not read here says that the thread is ready. */
async function waitForThread(pool: ParsePool): Promise<void> {
  const until = performance.now() + READY_MS_MAX;
  for (let index = 0; performance.now() < until; index += 1) {
    const before = here.count;
    await pool.parse(fileOf(index));
    if (here.count === before) return;
    await setTimeout(10);
  }
  throw new Error('The thread did not get ready.');
}

function fileOf(index: number): ArticleFile {
  const { path, text } = createPost(index, 500);
  return { key: path, body: new TextEncoder().encode(text), site: TEST_SITE };
}
