/** A thread of the parse pool: it reads the articles that it is sent, and answers when all of them are read. */

import { parentPort } from 'node:worker_threads';
import { type ArticleFile, parseArticles } from '../../lambda/article/parse.ts';
import type { ParsedArticles } from '../../lambda/model/article.ts';
import type { Site } from '../../lambda/model/site.ts';

export interface ParseRequest {
  /** In force from here on; undefined for what was in force before. */
  readonly site: Site | undefined;
  readonly files: readonly Omit<ArticleFile, 'site'>[];
}

/** Of each file of the request, in their order. */
export type ParseAnswer = readonly (
  | { readonly kind: 'parsed'; readonly parsed: ParsedArticles }
  | { readonly kind: 'failed'; readonly error: unknown }
)[];

let site: Site | null = null;

parentPort?.on('message', (request: ParseRequest) => {
  site = request.site ?? site;
  answer(request.files.map(read));
});
// That the thread is ready.
answer([]);

function read(file: Omit<ArticleFile, 'site'>): ParseAnswer[number] {
  try {
    if (site === null) throw new Error('An article came before the settings.');
    return { kind: 'parsed', parsed: parseArticles({ ...file, site }) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function answer(answers: ParseAnswer): void {
  parentPort?.postMessage(answers);
}
