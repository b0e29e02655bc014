/**
 * Real posts of many publications, where they lie beside the project: `../shared/corpus`, a folder a publication.
 * A short selection runs with the other tests; `npm run corpus` takes all.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { isArticleKey } from '../lambda/article/parse.ts';
import { isError } from '../lambda/model/problem.ts';
import { inspectDocument, isFeedDocument, judgeDocuments } from '../local/check/feed-documents.ts';
import { findActive, findActiveInPage } from '../tools/hostile/active-content.ts';
import { createTestPublication, type TestPublication } from './support/publication.ts';

const CORPUS = fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const SHORT_SELECTION = ['hexo-site', 'letsencrypt', 'nikola'];

/** Collections of broken and odd files, made to test parsers: nobody would publish 99 % of them. */
const FIXTURES = ['gray-matter-fixtures', 'jekyll-test', 'jxson-fixtures', 'nikola'];
const REFUSED_SHARE_MAX = 0.01;
const REFUSED_COUNT_MAX = 2;
const TIMEOUT_MS = 300_000;
/** Later than every post. */
const NOW = Date.UTC(2027, 0, 1);

const RELATIVE = /\b(?:href|src|poster)="(?!https?:|mailto:)/;

describe.skipIf(!existsSync(CORPUS))('the corpus', () => {
  const folders = !existsSync(CORPUS)
    ? []
    : process.env.CORPUS === 'all'
      ? readdirSync(CORPUS).sort()
      : SHORT_SELECTION;

  it.each(folders)('%s becomes feeds that readers can show', { timeout: TIMEOUT_MS }, async (folder) => {
    const keys = filesOf(join(CORPUS, folder));
    const articles = keys.filter(isArticleKey);
    const publication = await publish(folder, articles);
    const { problems, counts } = await publication.publisher.overview();
    const refused = new Set(problems.filter(isError).map(({ path }) => path));
    const documents = await publication.documents();
    if (process.env.CORPUS === 'all') {
      console.log(`${folder}: ${articles.length} files, ${counts.published} entries, ${refused.size} files refused`);
    }
    if (!FIXTURES.includes(folder)) {
      expect([...refused].length).toBeLessThanOrEqual(Math.max(REFUSED_COUNT_MAX, articles.length * REFUSED_SHARE_MAX));
    }
    for (const [path, text] of documents) expectSound(path, text);
    expectValid(documents);
    expect(await secondLook(publication, articles)).toEqual(new Map([...documents]));
  });
});

/** Keys of all files below a folder; some test collections have folders that are named like files. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

async function publish(folder: string, keys: readonly string[]): Promise<TestPublication> {
  const publication = await createTestPublication({ batchCount: 200, now: NOW });
  for (const key of keys) await publication.put(key, readFileSync(join(CORPUS, folder, key)));
  await publication.settle();
  return publication;
}

/** Looks at everything again, and gives the documents as they are then. */
async function secondLook(publication: TestPublication, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  await publication.publisher.articleWork(keys.map((key) => ({ key })));
  await publication.settle();
  return publication.documents();
}

/** Each by the rules of its format, and all together. */
function expectValid(documents: ReadonlyMap<string, string>): void {
  const feeds = [...documents].filter(([path]) => isFeedDocument(path));
  const reports = new Map(
    feeds.map(([path, text]) => [path, inspectDocument(path, new TextEncoder().encode(text))] as const),
  );
  const judged = judgeDocuments(reports, 'https://example.org/', (path) => documents.has(path));
  expect([...judged].filter(([, findings]) => findings.length > 0)).toEqual([]);
}

function expectSound(path: string, text: string): void {
  if (path.endsWith('.json')) {
    const { items } = JSON.parse(text) as { readonly items: readonly { readonly content_html?: string }[] };
    for (const { content_html = '' } of items) {
      expect(findActive(content_html), path).toEqual([]);
      expect(tagsOf(content_html), path).not.toMatch(RELATIVE);
    }
  } else if (path.endsWith('.html')) {
    expect(text, path).toMatch(/^<!doctype html>/);
    // A redirect in a folder is a page that leads on.
    expect(
      findActiveInPage(text).filter((found) => found !== '<meta http-equiv>'),
      path,
    ).toEqual([]);
  } else if (/\.(?:xml|opml)$/.test(path)) {
    expect(text, path).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>/);
    expect(text, path).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufffe\uffff]/);
  }
}

/** The tags of some HTML with their attributes, without the text between them. */
function tagsOf(html: string): string {
  const tags: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      tags.push(
        `<${name}${Object.entries(attributes)
          .map(([key, value]) => ` ${key}="${value.replaceAll('"', '')}"`)
          .join('')}>`,
      );
    },
  });
  parser.end(html);
  return tags.join('\n');
}
