/** What runs on a thread of the parse pool: reads the articles that it is sent, one after the other. */

import { parentPort } from 'node:worker_threads';
import type { ParsedArticles } from '../lambda/article/article.ts';
import { parseArticles } from '../lambda/article/parse.ts';
import type { Site } from '../lambda/site/site.ts';

/** Settings go before the articles that are to be read with them; each is answered in turn. */
export type ParseRequest =
  | { readonly kind: 'site'; readonly site: Site }
  | { readonly kind: 'article'; readonly id: number; readonly key: string; readonly body: Uint8Array };

export type ParseAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'parsed'; readonly id: number; readonly parsed: ParsedArticles }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };

let site: Site | null = null;

parentPort?.on('message', (request: ParseRequest) => {
  if (request.kind === 'site') site = request.site;
  else answer(read(request));
});
answer({ kind: 'ready' });

function read({ id, key, body }: Extract<ParseRequest, { kind: 'article' }>): ParseAnswer {
  try {
    if (site === null) throw new Error('An article came before the settings.');
    return { kind: 'parsed', id, parsed: parseArticles({ key, body, site }) };
  } catch (error) {
    return { kind: 'failed', id, error };
  }
}

function answer(message: ParseAnswer): void {
  parentPort?.postMessage(message);
}
