/**
 * Makes campaigns faster: articles that were parsed once are not parsed again, across all histories of a thread. A module
 * of the publisher is replaced for those who import it from here on, by one that keeps its results (`kept-parse.ts`).
 * Histories and their traces are the same with it and without it; the tests run without it.
 */

import { registerHooks } from 'node:module';

const ORIGINAL = urlOf('../../../lambda/article/parse.ts');
const KEEPER = urlOf('kept-parse.ts');

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    return resolved.url === ORIGINAL && context.parentURL !== KEEPER ? { ...resolved, url: KEEPER } : resolved;
  },
});

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}
