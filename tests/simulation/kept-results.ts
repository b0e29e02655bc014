/**
 * Makes campaigns several times faster: what is a function of its input alone is done once for the same input, across
 * all histories of a thread. Two modules of the publisher are replaced for those who import them from here on, by ones
 * that keep their results (`kept-parse.ts`, `kept-json.ts`). Histories are the same with and without, and so are their
 * traces; the tests run without.
 */

import { registerHooks } from 'node:module';

const KEEPERS = new Map(
  [
    ['../../lambda/article/parse.ts', 'kept-parse.ts'],
    ['../../lambda/state/json-object.ts', 'kept-json.ts'],
  ].map(([original = '', keeper = '']) => [urlOf(original), urlOf(keeper)]),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    const keeper = KEEPERS.get(resolved.url);
    return keeper === undefined || context.parentURL === keeper ? resolved : { ...resolved, url: keeper };
  },
});

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}
