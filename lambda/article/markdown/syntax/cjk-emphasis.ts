/**
 * Emphasis beside the punctuation of scripts that put no blanks between words: `很重要，**是基础。**定理`. CommonMark (6.2)
 * asks of its marks that blanks or punctuation stand on the other side, which there never do. Kramdown and Python-Markdown
 * ask for nothing of the kind, VitePress and Docusaurus have a plugin each. The rule here is that of the proposal which both
 * follow: punctuation of these scripts is none for emphasis, and their characters count as blanks do.
 */

import type { MarkdownIt, StateInline } from 'markdown-it';

export function addCjkEmphasis(parser: MarkdownIt): void {
  parser.inline.ruler.at('emphasis', readEmphasis);
  parser.inline.ruler.at('strikethrough', readStrikethrough);
}

/** Ideographs, syllables and letters, and the punctuation that is as wide as these. */
const CJK =
  /[\u2E80-\u2FDF\u2FF0-\u30FF\u3105-\u312F\u3131-\u318E\u31A0-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFFEF]|[\u{16FE0}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

interface Run {
  readonly opens: boolean;
  readonly closes: boolean;
  readonly length: number;
}

function readRun(state: StateInline, splitsWords: boolean): Run {
  const { src, pos, posMax } = state;
  const { can_open: opens, can_close: closes, length } = state.scanDelims(pos, splitsWords);
  const last = (pos > 1 && /[\uDC00-\uDFFF]/.test(src[pos - 1] ?? '') ? src.slice(pos - 2, pos) : src[pos - 1]) ?? ' ';
  const next = pos + length < posMax ? String.fromCodePoint(src.codePointAt(pos + length) ?? 0x20) : ' ';
  const [isLastCjk, isNextCjk] = [CJK.test(last), CJK.test(next)];
  if (!isLastCjk && !isNextCjk) return { opens, closes, length };
  const [isLastBlank, isNextBlank] = [/\s/.test(last), /\s/.test(next)];
  const isLastMark = !isLastCjk && PUNCTUATION.test(last);
  const isNextMark = !isNextCjk && PUNCTUATION.test(next);
  const isLeft = !isNextBlank && (!isNextMark || isLastBlank || isLastMark || isLastCjk);
  const isRight = !isLastBlank && (!isLastMark || isNextBlank || isNextMark || isNextCjk);
  return {
    opens: isLeft && (splitsWords || !isRight || PUNCTUATION.test(last)),
    closes: isRight && (splitsWords || !isLeft || PUNCTUATION.test(next)),
    length,
  };
}

function readEmphasis(state: StateInline, silent: boolean): boolean {
  const mark = state.src[state.pos];
  if (silent || (mark !== '*' && mark !== '_')) return false;
  const run = readRun(state, mark === '*');
  for (let count = 0; count < run.length; count += 1) pushMark(state, mark, mark, run, run.length);
  state.pos += run.length;
  return true;
}

function readStrikethrough(state: StateInline, silent: boolean): boolean {
  if (silent || state.src[state.pos] !== '~') return false;
  const run = readRun(state, true);
  if (run.length < 2) return false;
  if (run.length % 2 === 1) state.push('text', '', 0).content = '~';
  for (let count = 1; count < run.length; count += 2) pushMark(state, '~', '~~', run, 0);
  state.pos += run.length;
  return true;
}

/** What becomes of it is decided when all marks of the paragraph are known. */
function pushMark(state: StateInline, mark: string, content: string, { opens, closes }: Run, length: number): void {
  state.push('text', '', 0).content = content;
  state.delimiters.push({
    marker: mark.charCodeAt(0),
    length,
    token: state.tokens.length - 1,
    end: -1,
    open: opens,
    close: closes,
  });
}
