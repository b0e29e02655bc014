/**
 * Problems: why an article, or the site file, can't be published as it stands. An author's mistake is a value,
 * never an exception, and all problems of a file are reported at once.
 *
 * An `error` keeps the file out of the feeds (what it published before stays up); a `warning` does not.
 * Every code is explained in docs/problems.md; a test holds the two together.
 */

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** Key of the file in the content store, with `/` between its parts. */
  readonly path: string;
  /** Line in the file, counted from 1, or null where there is no one place. */
  readonly line: number | null;
  /** What is wrong, in one sentence that a writer understands. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly fix: string;
}

/** Every problem the publisher can report, with its severity. */
export const PROBLEM_SEVERITY = {
  'address-reserved': 'error',
  'address-taken': 'error',
  'adopted-unreadable': 'error',
  'article-empty': 'error',
  'article-too-large': 'error',
  'asset-ambiguous': 'warning',
  'asset-missing': 'warning',
  'author-unknown': 'warning',
  'bundle-part-held': 'error',
  'bundle-part-published': 'warning',
  'chapters-inline': 'warning',
  'date-impossible': 'error',
  'date-missing': 'warning',
  'date-unreadable': 'error',
  'document-too-large': 'warning',
  'encoding-unreadable': 'error',
  'export-not-public': 'warning',
  'export-not-read': 'warning',
  'feed-address-lost': 'warning',
  'feeds-too-many': 'warning',
  'field-invalid': 'error',
  'field-unreadable': 'warning',
  'file-left-out': 'warning',
  'file-unreadable': 'error',
  'folder-file-ignored': 'warning',
  'folder-file-unclear': 'error',
  'format-not-read': 'warning',
  'front-matter-too-large': 'error',
  'front-matter-unclosed': 'error',
  'front-matter-unreadable': 'error',
  'host-rules': 'warning',
  'id-invalid': 'error',
  'id-kept': 'warning',
  'id-shared': 'warning',
  'id-taken': 'error',
  'json-unreadable': 'error',
  'language-doubtful': 'warning',
  'limit-exceeded': 'error',
  'link-dead': 'warning',
  'markup-left-out': 'warning',
  'page-in-feeds': 'warning',
  'page-is-no-article': 'warning',
  'page-left-out': 'warning',
  'path-ambiguous': 'warning',
  'path-taken': 'error',
  'podcast-artwork': 'warning',
  'podcast-episode': 'warning',
  'podcast-incomplete': 'warning',
  'publishing-unclear': 'error',
  'publishing-unclear-public': 'warning',
  'redirect-covered': 'warning',
  'rename-awaited': 'warning',
  'settings-taken': 'warning',
  'shown-wrongly': 'warning',
  'site-field-invalid': 'error',
  'site-field-unknown': 'error',
  'site-unreadable': 'error',
  'site-url-missing': 'warning',
  'site-without-articles': 'warning',
  'sound-missing': 'warning',
  'status-unknown': 'error',
  'status-unknown-public': 'warning',
  'takedowns-unreadable': 'error',
  'taken-down': 'warning',
  'template-left-out': 'warning',
} as const satisfies Record<string, Problem['severity']>;

export type ProblemCode = keyof typeof PROBLEM_SEVERITY;

/** Makes a problem; its severity follows from its code. What its sentences quote of a file can act on no terminal. */
export function createProblem(code: ProblemCode, about: Omit<Problem, 'severity' | 'code'>): Problem {
  return { severity: PROBLEM_SEVERITY[code], code, ...about, message: oneLine(about.message), fix: oneLine(about.fix) };
}

const LINE_BREAKS = /[\t\n\r\u2028\u2029]+/g;
/** Controls, and what turns the direction of all that follows. */
const ACTING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** What is longer quotes something that nobody would read to its end. */
const SENTENCE_CHARACTERS_MAX = 1_000;

/** One line, in which what is not to be shown is seen to be there. */
function oneLine(sentence: string): string {
  const line = sentence.replace(LINE_BREAKS, ' ').replace(ACTING, '\ufffd').toWellFormed();
  if (line.length <= SENTENCE_CHARACTERS_MAX) return line;
  return `${line.slice(0, SENTENCE_CHARACTERS_MAX).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

/** Codes of which one answer settles all files: a word that is not known, say. */
const TOLD_ONCE: ReadonlySet<ProblemCode> = new Set([
  ...(['status-unknown', 'status-unknown-public'] as const),
  ...(['publishing-unclear', 'publishing-unclear-public', 'page-is-no-article'] as const),
  ...(['author-unknown', 'chapters-inline'] as const),
]);

/**
 * Problems of many files, of which those that one answer settles are told once: at the first of their files, with how
 * many files there are.
 */
export function tellOnce(problems: readonly Problem[]): readonly Problem[] {
  const files = new Map<string, Set<string>>();
  const sameness = ({ code, message }: Problem) => `${code} ${message}`;
  for (const problem of problems) {
    if (!TOLD_ONCE.has(problem.code)) continue;
    const paths = files.get(sameness(problem)) ?? new Set();
    files.set(sameness(problem), paths.add(problem.path));
  }
  const told = new Set<string>();
  return problems.flatMap((problem) => {
    const name = sameness(problem);
    const count = files.get(name)?.size ?? 1;
    if (told.has(name)) return [];
    if (TOLD_ONCE.has(problem.code)) told.add(name);
    return count === 1 ? problem : { ...problem, message: `${problem.message} It stands in ${count} files.` };
  });
}
