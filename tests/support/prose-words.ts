/**
 * How much of a file's prose its entry still has. Written with patterns alone and apart from the parser: it judges the
 * parser, so it must not share its mistakes. What it takes for prose is roughly right; the law leaves room for the rest.
 */

import type { Article } from '../../lambda/model/article.ts';
import type { Problem } from '../../lambda/model/problem.ts';

/** Runs of letters and digits; in scripts that are written without blanks each letter. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}])[\p{L}\p{M}\p{N}])+/gu;

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

export interface Kept {
  /** Words of the source that are no markup. */
  readonly words: number;
  /** How many of them the entry has. */
  readonly kept: number;
  /** How many words the problems say were left out. */
  readonly told: number;
  /** The first that are missing, for whoever reads the failure. */
  readonly missing: readonly string[];
}

export function measureKept(
  key: string,
  source: string,
  articles: readonly Article[],
  problems: readonly Problem[],
): Kept {
  const words = wordsOf(proseOf(key, source));
  const shown = new Map<string, number>();
  for (const { title, summary, contentHtml } of articles) {
    for (const word of wordsOf(`${title} ${summary} ${textOf(contentHtml)}`))
      shown.set(word, (shown.get(word) ?? 0) + 1);
  }
  const missing = words.filter((word) => {
    const left = shown.get(word) ?? 0;
    shown.set(word, left - 1);
    return left <= 0;
  });
  return { words: words.length, kept: words.length - missing.length, told: wordsTold(problems), missing };
}

/** Lost are five words at least, and more than three in twenty, without a problem that says so. */
export function isLost({ words, kept, told, missing }: Kept): boolean {
  return missing.length >= LOST_WORDS_MIN && kept + told < words * KEPT_SHARE_MIN;
}

const LOST_WORDS_MIN = 5;
const KEPT_SHARE_MIN = 0.85;

/** “…, 1,204 words …”: what messages about left out text say. */
export function wordsTold(problems: readonly Problem[]): number {
  const told = problems.filter(({ code }) => /-left-out$/.test(code));
  return told.reduce(
    (sum, { message }) => sum + Number(/([\d,]+) words?\b/.exec(message)?.[1]?.replaceAll(',', '') ?? 0),
    0,
  );
}

/** Elements within a word. */
const WITHIN = /^<\/?(?:a|abbr|b|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b/;

/** The text of an entry, with what is said of its images. */
function textOf(html: string): string {
  const said = [...html.matchAll(/ (?:alt|title)="([^"]*)"/g)].map(([, text]) => text);
  return decode([html.replace(/<[^>]*>/g, (tag) => (WITHIN.test(tag) ? '' : ' ')), ...said].join(' '));
}

function decode(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&#x([\da-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
    )
    .replace(/&(?:amp|lt|gt|quot|nbsp|\w+);/g, ' ');
}

/** What of a source file is prose. */
function proseOf(key: string, source: string): string {
  const text = source.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  if (/\.html?$/i.test(key)) return ofPage(text);
  if (/\.te?xt$/i.test(key)) return withoutAddresses(withoutHeader(text));
  if (/\.json$/i.test(key)) return '';
  const isMdx = /\.mdx$/i.test(key);
  return withoutFences(withoutHeader(text), (prose) => ofMarkup(isMdx ? withoutProgram(prose) : prose));
}

function ofPage(text: string): string {
  const page = withoutHeader(text);
  const body = /<(html|body)\b/i.test(page) ? (/<body\b[^>]*>([\s\S]*?)(?:<\/body>|$)/i.exec(page)?.[1] ?? page) : page;
  const chrome = /<(nav|header|footer|aside|form|noscript)\b[\s\S]*?<\/\1>/gi;
  return /<(html|body)\b/i.test(page) ? ofMarkup(body.replace(chrome, ' ')) : ofMarkup(body);
}

/** Fields at the top, as far as they stand between marks. */
function withoutHeader(text: string): string {
  return text
    .replace(/^\s*(---|\+\+\+|;;;)[ \t]*\w*[ \t]*\n[\s\S]*?\n(?:\1|\.\.\.)[ \t]*(?:\n|$)/, '')
    .replace(/^\s*\{\s*\n[\s\S]*?\n\}[ \t]*\n/, '')
    .replace(/^\s*(?:<!--\s*\n)?(?:\.\. [\w-]+:.*\n)+(?:\s*-->)?/, '')
    .replace(
      /^(?:(?:title|date|author|slug|tags|category|summary|status|lang)[\w ]*:.*\n(?: {4}.*\n|[A-Z][\w -]*:.*\n)*)+(?:---[ \t]*\n)?/i,
      '',
    );
}

/** Code in fences is shown as it is; the rest is dealt with by `read`. */
function withoutFences(text: string, read: (prose: string) => string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^[ \t>]*(?:[*+-][ \t]+|\d+\.[ \t]+)?(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && mark !== undefined) {
      parts.push(read(prose.join('\n')));
      prose = [];
      fence = mark;
    } else if (fence !== null && mark?.startsWith(fence) && /^[ \t>]*[`~]+[ \t]*$/.test(line)) fence = null;
    else if (fence !== null) parts.push(withoutAddresses(line));
    else prose.push(line);
  }
  return [...parts, read(prose.join('\n'))].join('\n');
}

/** `import`, `export`, `{expressions}`. */
function withoutProgram(text: string): string {
  let prose = text.replace(/^(?:import|export)\b[^\n]*(?:\n(?!\s*\n)[^\n]*)*/gm, ' ');
  for (let depth = 0; depth < 6; depth += 1) prose = prose.replace(/(?<!\\)\{[^{}]*\}/g, ' ');
  return prose;
}

function ofMarkup(text: string): string {
  const visible = text
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|svg|template|title|textarea|select)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/\{%-?\s*comment\b[\s\S]*?endcomment\s*-?%\}/g, ' ')
    .replace(/\{::comment\}[\s\S]*?\{:\/(?:comment)?\}/g, ' ')
    .replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|<%[\s\S]*?%>/g, ' ')
    .replace(/\{:[^}\n]*\}|\{[.#][^}\n]*\}/g, ' ')
    .replace(/^\[[^\]\n]+\]:.*$/gm, (line) => (line.startsWith('[^') ? line : ' '))
    .replace(/^\*\[[^\]\n]+\]:.*$/gm, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ');
  return decode(withoutAddresses(visible));
}

function withoutAddresses(text: string): string {
  return text
    .replace(/\]\((?:[^()\s]|\([^()\s]*\))*/g, '] ')
    .replace(/\]\[[^\]\n]*\]/g, '] ')
    .replace(/\b(?:https?|ftp|mailto):[^\s<>")\]]+|\bwww\.[^\s<>")\]]+/gi, ' ');
}
