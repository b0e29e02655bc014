/** Why nobody knows whether an article may be published: nothing in it, or beside it, says so, and its system has a place for that. */

import type { Doubt } from '../../../model/article.ts';
import { createProblem, type Problem } from '../../../model/problem.ts';

/** A page of Substack's of which no list says whether it was sent, and to whom. */
export function notListed(path: string): Doubt {
  return unclear(
    path,
    'Substack’s list “posts.csv”, which says what is published and for whom, does not name this post.',
    'Put the “posts.csv” of the same export beside the posts or their folder, or front matter with a title into each post that is to be public.',
  );
}

/** A text of which a part is for those who pay, or are members: nothing here keeps the others from it. */
export function partlyGated(path: string): Doubt {
  return unclear(
    path,
    'A part of this text is for members or those who pay, and here everybody could read it.',
    'Take that part out, with the mark before it (Substack’s “paywall-jump”, Ghost’s “members-only” or gated block).',
  );
}

/** @param isSure whether it can be nothing but a page of Logseq's, of which each author knows what it takes */
export function notSaidPublic(path: string, isSure: boolean): Doubt {
  const doubt = unclear(
    path,
    'A page of Logseq is public by “public:: true” in its first lines, and this one does not say so.',
    'Write “public:: true” as its first line; or, if it is no page of Logseq, put front matter above its text.',
  );
  return isSure ? { ...doubt, held: null } : doubt;
}

/** Several posts on one page, or what a system keeps about its users beside their posts. */
export function noArticle(path: string, what: string): Doubt {
  const problem = (end: string): Problem =>
    createProblem('page-is-no-article', {
      path,
      line: null,
      message: `${what}${end}`,
      fix: 'Take it out of the folder, or put front matter with a title above it if it is an article.',
    });
  return { held: problem(', so it is not published.'), shown: problem('. It is public already, and stays so.') };
}

/**
 * Jekyll publishes of `_posts` what has a date in its name, and other systems what has front matter. What has neither is a
 * piece that posts include. Null where it has a date.
 */
export function pieceOfPost(path: string): Doubt | null {
  if (!/(?:^|\/)_posts\//.test(path) || /\d{4}-\d{1,2}-\d{1,2}[^/]*$/.test(path)) return null;
  return noArticle(
    path,
    'The file lies in “_posts” with neither front matter nor a date in its name, as what posts include',
  );
}

function unclear(path: string, message: string, fix: string): Doubt {
  return {
    held: createProblem('publishing-unclear', { path, line: null, message, fix }),
    shown: createProblem('publishing-unclear-public', {
      path,
      line: null,
      message: `${message} It stays public.`,
      fix,
    }),
  };
}
