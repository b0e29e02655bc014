/** The sample publication, and one of literal texts, published to a folder and served on this machine. */

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CONTENT_TYPES, FEED_FORMATS, subscriptionPath } from '../../lambda/model/addresses.ts';
import { createFolderStore } from '../../local/store/folder-store.ts';
import { startLoopback } from '../../tests/support/loopback.ts';
import { createTestPublication } from '../../tests/support/publication.ts';
import { readSample, SAMPLE_NOW } from '../../tests/support/sample-content.ts';
import { literalArticles } from './literal-texts.ts';
import { readingsOfJsonFeed, type TestDocument } from './reading.ts';

const FEEDS = ['all', 'by-the-water', 'listening-post', 'languages/ar', 'sections/literal'];
const PODCAST = 'listening-post';

export interface ServedTestDocument extends TestDocument {
  readonly file: string;
  readonly url: string;
  readonly isPodcast: boolean;
}

export interface TestServer {
  readonly documents: readonly ServedTestDocument[];
  close(): Promise<void>;
}

/** Publishes at the very address at which it is served, so that no reader asks elsewhere for a picture. */
export async function servePublication(): Promise<TestServer> {
  const root = mkdtempSync(join(tmpdir(), 'feedwright-readers-'));
  const server = await startLoopback((request, response) => answer(root, request, response));
  const base = `${server.origin}/`;
  const texts = await publishTo(root, base);
  return {
    documents: documentsOf(texts).map((document) => {
      return { ...document, file: join(root, document.path), url: base + document.path };
    }),
    async close() {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function answer(root: string, { url = '/' }: IncomingMessage, response: ServerResponse): void {
  const file = join(root, decodeURIComponent(URL.parse(url, 'http://127.0.0.1')?.pathname ?? '/'));
  const format = FEED_FORMATS.find((each) => basename(file) === basename(subscriptionPath('all', each)));
  if (!file.startsWith(root) || !existsSync(file) || statSync(file).isDirectory()) {
    response.writeHead(404).end();
  } else {
    const type = format === undefined ? 'application/octet-stream' : CONTENT_TYPES[format];
    response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  }
}

/** The documents in memory: what parsers need that take a text. */
export async function publishToMemory(): Promise<readonly (TestDocument & { readonly isPodcast: boolean })[]> {
  return documentsOf(await publishTo(null, 'https://example.org/'));
}

async function publishTo(root: string | null, url: string): Promise<ReadonlyMap<string, string>> {
  const folder = root === null ? null : createFolderStore({ root });
  const publication = await createTestPublication({
    now: SAMPLE_NOW,
    url,
    wrap: (store, name) => (name === 'public' && folder !== null ? folder : store),
  });
  for (const [key, body] of readSample()) await publication.put(key, body);
  await publication.put('literal/texts.json', literalArticles());
  await publication.settle();
  if (root === null) return publication.documents();
  const paths = FEEDS.flatMap((feed) => FEED_FORMATS.map((format) => subscriptionPath(feed, format)));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function documentsOf(texts: ReadonlyMap<string, string>): readonly (TestDocument & { readonly isPodcast: boolean })[] {
  return FEEDS.flatMap((feed) => {
    const said = readingsOfJsonFeed(texts.get(subscriptionPath(feed, 'json')) ?? '');
    return FEED_FORMATS.map((format) => {
      const path = subscriptionPath(feed, format);
      const text = texts.get(path) ?? '';
      // An id that is a plain word stands as an IRI in Atom (RFC 4287, 4.2.6).
      const ids = format === 'atom' ? [...text.matchAll(/<entry[\s\S]*?<id>([^<]*)<\/id>/g)] : [];
      const entries = said.map((entry, index) => ({
        ...entry,
        id: ids[index]?.[1] ?? entry.id,
        // In RSS the authors stand together (docs/decisions/100).
        ...(format === 'rss' && entry.authors !== undefined && { authors: [entry.authors.join(', ')] }),
      }));
      return { path, format, text, entries, isPodcast: feed === PODCAST };
    });
  });
}
