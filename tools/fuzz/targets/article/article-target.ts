/** A source format as a target: the bytes of a file of its ending. */

import type { Arbitrary } from 'fast-check';
import { parseArticles } from '../../../../lambda/article/parse.ts';
import type { ParsedArticles } from '../../../../lambda/model/article.ts';
import type { FuzzTarget } from '../../engine/target.ts';
import { countLines, judgeParsed } from '../../judges.ts';
import { articleSeeds } from '../../seeds.ts';
import { FUZZ_SITE } from '../../site.ts';

export interface ArticleFormat {
  readonly name: string;
  readonly endings: readonly [string, ...string[]];
  readonly dictionary: readonly string[];
  readonly inputs: Arbitrary<Uint8Array>;
}

export function createArticleTarget({ name, endings, dictionary, inputs }: ArticleFormat): FuzzTarget<ParsedArticles> {
  const key = `Földer one/2024-03-04-${name} file${endings[0]}`;
  return {
    name,
    seeds: () => articleSeeds(endings),
    dictionary,
    inputs,
    run: (body) => parseArticles({ key, body, site: FUZZ_SITE }),
    judge: (parsed, body) => judgeParsed(parsed, countLines(body)),
  };
}
