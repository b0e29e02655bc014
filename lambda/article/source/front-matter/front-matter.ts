/**
 * Finds the front matter of a text, in whichever way it is written, and splits it from the body:
 *
 * | begins with                        | system            | ends with                        |
 * |------------------------------------|-------------------|----------------------------------|
 * | `---`, `---yaml`, `---toml`, `---json` | Jekyll, Hugo, Eleventy … | `---` or `...`         |
 * | `+++`                              | Hugo, Zola        | `+++`                            |
 * | `;;;`                              | Hexo              | `;;;`                            |
 * | `{` alone on its line              | Hugo              | `}` alone on its line            |
 * | `{ "title": …`                     | Hugo              | the object's `}`                 |
 * | `.. title: …`, also in a comment   | Nikola            | the first other line             |
 * | `Title: …`, `Subject: …`           | Pelican, mails    | a blank line                     |
 * | `@def title = …`                   | Franklin          | the first other line             |
 * | `title: …`                         | Hexo              | `---`                            |
 * | `"title": …`                       | Hexo              | `;;;`                            |
 * | `import …`, `export const meta = {` | MDX              | the object's `}`                 |
 *
 * Blank lines before it are skipped. A ruler at the top of a text that has no front matter stays a ruler.
 */

import { FRONT_MATTER_CHARACTERS_MAX } from '../../../model/article-limits.ts';
import {
  createFields,
  type Field,
  type Fields,
  type FieldsReading,
  NO_FIELDS,
  plainName,
  toBoolean,
} from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';
import { isVisibilityName } from '../../fields/visibility/visibility.ts';
import { readFranklinHeader, readNikolaHeader, readPelicanHeader } from './header-fields.ts';
import { findHoldingLine } from './holding-lines.ts';
import { readJsonFields } from './json-fields.ts';
import { type MdxHead, splitMdxHead } from './mdx-head.ts';
import { readObjectLiteral } from './object-literal.ts';
import { readTomlFields } from './toml-fields.ts';
import { readYamlFields } from './yaml-fields.ts';

export interface FrontMatter {
  readonly kind: 'none' | 'found';
  readonly fields: Fields;
  readonly body: string;
  /** Line in the file of the body's first line, from 1. */
  readonly bodyLine: number;
  /** Addresses of the files that an MDX text imports at its top, by name. */
  readonly imports?: ReadonlyMap<string, string>;
}

/** Splits a text; null if its front matter can't be used, which the report then tells. */
export function splitFrontMatter(text: string, options: { readonly mdx: boolean }, report: Report): FrontMatter | null {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '');
  if (start === -1) return { kind: 'none', fields: NO_FIELDS, body: '', bodyLine: 1 };

  const split = splitBlock(lines, start);
  if (split.kind === 'problem') {
    addSplitProblem(report, split);
    return null;
  }
  const matter = split.kind === 'none' ? unfenced(lines, start) : readBlock(split, report);
  if (matter?.kind === 'none' && isHeldBack(text, report)) return null;
  if (matter === null || !options.mdx) return matter;
  const head = splitMdxHead(matter.body, matter.bodyLine, report);
  if (head === null) return null;
  return { ...matter, kind: head.fields.length > 0 ? 'found' : matter.kind, ...mergeHead(matter, head) };
}

/** A text without front matter, in which front matter was meant to hold it back. */
function isHeldBack(text: string, report: Report): boolean {
  const line = findHoldingLine(text);
  if (line === null) return false;
  const message = 'This line holds the article back, but it is not in front matter that can be read.';
  report.add('front-matter-unreadable', line, message, 'Put all fields between two lines of “---”, as “name: value”.');
  return true;
}

function mergeHead(matter: FrontMatter, { fields, imports, body }: MdxHead) {
  return { fields: createFields([...fields, ...matter.fields.values()]), imports, body };
}

type Language = 'yaml' | 'toml' | 'json' | 'javascript';

interface Block {
  readonly kind: 'block';
  readonly language: Language;
  readonly source: string;
  readonly sourceLine: number;
  readonly body: string;
  readonly bodyLine: number;
  /** The whole text, for when the block turns out to be none. */
  readonly whole: () => string;
  readonly wholeLine: number;
}

type Split =
  | Block
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly code: 'unclosed' | 'language'; readonly line: number; readonly name: string };

const FENCE = /^(---|\+\+\+|;;;) *([A-Za-z]*)$/;
const FENCE_LANGUAGE = { '---': 'yaml', '+++': 'toml', ';;;': 'json' } as const;
const LANGUAGES: Readonly<Record<string, Language>> = {
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  json: 'json',
  js: 'javascript',
  javascript: 'javascript',
};

function splitBlock(lines: readonly string[], start: number): Split {
  const opener = (lines[start] ?? '').trimEnd();
  if (opener === '{') return splitBraces(lines, start);
  if (OBJECT.test(opener)) return splitObject(lines, start);
  if (PAIR.test(opener)) return splitPairs(lines, start);
  const fence = FENCE.exec(opener);
  if (fence === null) return { kind: 'none' };

  const mark = fence[1] as keyof typeof FENCE_LANGUAGE;
  const name = (fence[2] ?? '').toLowerCase();
  const close = lines.findIndex((line, at) => at > start && isCloser(line, mark));
  if (close === -1) {
    return looksLikeFields(lines[start + 1] ?? '') || name !== ''
      ? { kind: 'problem', code: 'unclosed', line: start + 1, name: mark }
      : { kind: 'none' };
  }
  const language = name === '' ? FENCE_LANGUAGE[mark] : LANGUAGES[name];
  if (language === undefined) return { kind: 'problem', code: 'language', line: start + 1, name };
  return block(lines, start, { language, from: start + 1, to: close, body: close + 1 });
}

/** Hugo's JSON: the object is the front matter, braces included. */
function splitBraces(lines: readonly string[], start: number): Split {
  const close = lines.findIndex((line, at) => at > start && line.trimEnd() === '}');
  if (close === -1 || !looksLikeFields(lines[start + 1] ?? '')) return { kind: 'none' };
  return block(lines, start, { language: 'json', from: start, to: close + 1, body: close + 1 });
}

/** An object on one line, or on several, with names that articles have: other objects are text. */
const OBJECT = /^\{\s*"[\w-]+"\s*:/;
const ARTICLE_NAME = /"(?:title|date|draft|published|status)"\s*:/i;
const OBJECT_PARTS = /"(?:[^"\\]|\\.)*"|[{}]/gs;

function splitObject(lines: readonly string[], start: number): Split {
  const text = lines.slice(start).join('\n').slice(0, FRONT_MATTER_CHARACTERS_MAX);
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(OBJECT_PARTS)) {
    if (part.startsWith('"')) continue;
    depth += part === '{' ? 1 : -1;
    if (depth > 0) continue;
    const end = start + text.slice(0, index).split('\n').length;
    const isAlone = (text.slice(index + 1).split('\n', 1)[0] ?? '').trim() === '';
    if (!isAlone || !ARTICLE_NAME.test(text.slice(0, index))) break;
    return block(lines, start, { language: 'json', from: start, to: end, body: end });
  }
  return { kind: 'none' };
}

const PAIR = /^"[\w-]+"\s*:/;

/** Hexo's JSON without its braces and its opening fence. */
function splitPairs(lines: readonly string[], start: number): Split {
  const close = lines.findIndex((line, at) => at > start && line.trimEnd() === ';;;');
  const isHeader = close !== -1 && ARTICLE_NAME.test(lines.slice(start, close).join('\n'));
  return isHeader
    ? block(lines, start, { language: 'json', from: start, to: close, body: close + 1 })
    : { kind: 'none' };
}

function block(
  lines: readonly string[],
  start: number,
  parts: { readonly language: Language; readonly from: number; readonly to: number; readonly body: number },
): Block {
  return {
    kind: 'block',
    language: parts.language,
    source: lines.slice(parts.from, parts.to).join('\n'),
    sourceLine: parts.from + 1,
    body: lines.slice(parts.body).join('\n'),
    bodyLine: parts.body + 1,
    whole: () => lines.slice(start).join('\n'),
    wholeLine: start + 1,
  };
}

function isCloser(line: string, mark: string): boolean {
  const text = line.trimEnd();
  return text === mark || (mark === '---' && text === '...');
}

function looksLikeFields(line: string): boolean {
  return /^\s*["']?[\w-]+["']?\s*[:=](?:\s|$)/.test(line);
}

function readBlock(block: Block, report: Report): FrontMatter | null {
  if (block.source.length > FRONT_MATTER_CHARACTERS_MAX) {
    addTooLarge(report, block.sourceLine, `The front matter has more than ${FRONT_MATTER_CHARACTERS_MAX} characters.`);
    return null;
  }
  const reading = readLanguage(block);
  if (reading.kind === 'no-map') {
    return { kind: 'none', fields: NO_FIELDS, body: block.whole(), bodyLine: block.wholeLine };
  }
  if (reading.kind === 'too-large') {
    addTooLarge(report, reading.line, reading.message);
    return null;
  }
  if (reading.kind === 'unreadable') {
    // Prose between two rulers is no front matter either, whatever a parser of fields says about it.
    if (block.language === 'yaml' && !block.source.split('\n').some(looksLikeFields)) {
      return { kind: 'none', fields: NO_FIELDS, body: block.whole(), bodyLine: block.wholeLine };
    }
    report.add('front-matter-unreadable', reading.line, reading.message, reading.fix);
    return null;
  }
  if (block.language === 'yaml' && reading.fields.length > 0 && reading.fields.every(isSentence)) {
    return { kind: 'none', fields: NO_FIELDS, body: block.whole(), bodyLine: block.wholeLine };
  }
  for (const note of reading.notes) report.add('field-unreadable', note.line, note.message, note.fix);
  return { kind: 'found', fields: createFields(reading.fields), body: block.body, bodyLine: block.bodyLine };
}

/** “Update: this post is about the old harbour.” between two rulers: a name that no system knows, and a sentence. */
function isSentence({ name, value }: Field): boolean {
  if (!/^\p{Lu}/u.test(name) || typeof value !== 'string' || !SENTENCE.test(value)) return false;
  return !START_NAMES.has(name.toLowerCase()) && !isVisibilityName(plainName(name)) && !OTHER_TEXTS.test(name);
}

const SENTENCE = /^(?!.*:\/\/)\S+(?:\s+\S+){3,}[.!?…]$/s;
/** Fields that are sentences, and what may keep an article from being published. */
const OTHER_TEXTS =
  /abstract|caption|copyright|deck|draft|excerpt|hidden|lead|licen[cs]e|private|publish|rights|spoiler|stage|standfirst|state|status|subtitle|teaser|visib/i;

function readLanguage({ language, source, sourceLine }: Block): FieldsReading {
  if (language === 'yaml') return readYamlFields(source, sourceLine);
  if (language === 'toml') return readTomlFields(source, sourceLine);
  if (language === 'json') return readJsonFields(source, sourceLine);
  const literal = readObjectLiteral(source, 0, new Map());
  const lineAt = (at: number) => sourceLine + source.slice(0, at).split('\n').length - 1;
  if (literal.kind === 'unreadable') {
    return {
      kind: 'unreadable',
      line: lineAt(literal.at),
      message: 'The front matter holds code, and code is never run.',
      fix: 'Write the fields as YAML between two lines of “---”.',
    };
  }
  const fields = literal.fields.map(({ name, value, start }) => ({ name, value, line: lineAt(start) }));
  return { kind: 'fields', fields, notes: [] };
}

/** Names with which a header without a fence may begin. */
const START_NAMES: ReadonlySet<string> = new Set(
  'title date author authors slug tags tag category categories summary description modified status layout lang keywords subject from to'.split(
    ' ',
  ),
);

/** A yes or no to publishing begins no sentence. */
function startsHeader(name: string, value: string): boolean {
  return START_NAMES.has(name.toLowerCase()) || (isVisibilityName(plainName(name)) && toBoolean(value) !== null);
}

function unfenced(lines: readonly string[], start: number): FrontMatter {
  const rest = lines.slice(start);
  const hexo = readHexoBlock(rest, start);
  if (hexo !== null) return hexo;
  const header =
    readNikolaHeader(rest, start + 1) ??
    readFranklinHeader(rest, start + 1) ??
    readPelicanHeader(rest, start + 1, startsHeader);
  if (header === null) return { kind: 'none', fields: NO_FIELDS, body: rest.join('\n'), bodyLine: start + 1 };
  return {
    kind: 'found',
    fields: createFields(header.fields),
    body: rest.slice(header.lineCount).join('\n'),
    bodyLine: start + 1 + header.lineCount,
  };
}

/** Hexo lets the opening fence out: `title: …` and so on, then `---`. */
function readHexoBlock(rest: readonly string[], start: number): FrontMatter | null {
  const [, name, value = ''] = /^([\w-]+):(?:\s+(.*)|)$/.exec(rest[0]?.trimEnd() ?? '') ?? [];
  if (name === undefined || !startsHeader(name, value)) return null;
  const close = rest.findIndex((line) => line.trimEnd() === '---');
  if (close === -1) return null;
  const source = rest.slice(0, close).join('\n');
  if (source.length > FRONT_MATTER_CHARACTERS_MAX) return null;
  const reading = readYamlFields(source, start + 1);
  if (reading.kind !== 'fields') return null;
  return {
    kind: 'found',
    fields: createFields(reading.fields),
    body: rest.slice(close + 1).join('\n'),
    bodyLine: start + close + 2,
  };
}

function addSplitProblem(report: Report, split: Extract<Split, { readonly kind: 'problem' }>): void {
  if (split.code === 'unclosed') {
    report.add(
      'front-matter-unclosed',
      split.line,
      `The front matter begins with “${split.name}” here and doesn't end.`,
      `Put a line with “${split.name}” alone after the last field.`,
    );
    return;
  }
  report.add(
    'front-matter-unreadable',
    split.line,
    `Front matter in “${split.name}” is not understood.`,
    'Write the fields as YAML (between “---” lines), TOML (between “+++” lines) or JSON (---json).',
  );
}

function addTooLarge(report: Report, line: number, message: string): void {
  report.add('front-matter-too-large', line, message, 'Move what is not about the article as a whole into its text.');
}
