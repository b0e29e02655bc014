/** Fields that an article's folder gives it: those that it does not state itself. */

import { createFields, type Field, type Fields, toBoolean } from '../../model/fields.ts';
import { answerOf } from './visibility/visibility.ts';

/** What the list of posts in an export of Substack gives to a post that it names, and to all under its folder. */
export const LISTED_FIELD = 'substackpost';
export const LIST_FIELD = 'substacklist';

/** What the settings of a graph of Logseq give to its pages: `public` or `private`. */
export const GRAPH_FIELD = 'logseqgraph';

/** What the settings of Jekyll and Hexo give to all that lies outside their folders of posts. */
export const OUTSIDE_POSTS_FIELD = 'liesoutsideposts';

/** What an article gets whose name ends with a language, and which has its original or another translation beside it. */
export const TRANSLATION_FIELD = 'istranslation';

/** The languages of a site that another program's settings name, with blanks between them. */
export const LANGUAGES_FIELD = 'sitelanguages';

/** Names that mean the same: whoever states one of them takes none over. */
const SAME = [
  ['authors', 'author', 'by', 'byline', 'writers', 'writer', 'dccreator', 'creator'],
  ['tags', 'tag', 'keywords', 'categories', 'category', 'topics'],
];

/**
 * The fields of an article and its folder. A folder that says “no draft” takes back what another above it said, and no
 * more: a file in a folder of drafts stays one.
 */
export function joinFolderFields(own: Fields, folder: readonly Field[]): Fields {
  const given = [...createFields(folder)].filter(([name, { value }]) => {
    if (answerOf(name) === 'flag' && toBoolean(value) === false) return false;
    const alike = SAME.find((names) => names.includes(name)) ?? [name];
    return !alike.some((each) => own.has(each));
  });
  return given.length === 0 ? own : new Map([...given, ...own]);
}
