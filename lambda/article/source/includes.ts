/**
 * Other files of the publication whose text an article takes in, as its system writes that: VitePress' `<!--@include: ./a.md-->`
 * and `<<< ./a.js`, MkDocs' `--8<-- "a.txt"`, Jekyll's `{% include_relative a.md %}` and `{% include a.md %}`, Hexo's
 * `{% include_code a.js %}`, and components that an MDX file imports from Markdown (`import Part from './_part.md'` and
 * `<Part />`). Pure: the files are read elsewhere.
 */

import { isFileKey } from '../../address/article-key.ts';

/** One place of a text that another file's text is to stand in. */
export interface Inclusion {
  readonly start: number;
  readonly end: number;
  /** Content keys at which the file may lie, the likeliest first. */
  readonly keys: readonly string[];
  /** What stands there instead, made of the text of the file. */
  readonly render: (text: string, key: string) => string;
}

/** In one text; what is more stays as it is written. */
const INCLUSIONS_MAX = 50;
const MAY_INCLUDE = /@include:|^<<<\s|-8<-|\{%-?[ \t]{0,9}include|^import\s/m;

/** In the order of the text. */
export function findInclusions(text: string, key: string): readonly Inclusion[] {
  if (!/\.(?:md|markdown|mdown|mkdn?|mdx|html?)$/i.test(key) || !MAY_INCLUDE.test(text)) return [];
  const found = [...ofVitePress(text, key), ...ofSnippets(text, key), ...ofJekyll(text, key), ...ofMdx(text, key)];
  let passed = 0;
  return found
    .filter(({ keys }) => keys.length > 0)
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      const isApart = start >= passed;
      if (isApart) passed = end;
      return isApart;
    })
    .slice(0, INCLUSIONS_MAX);
}

/** The text with those that are known; `textOf` gives null for what stays as it is written. */
export function putInclusions(
  text: string,
  inclusions: readonly Inclusion[],
  textOf: (inclusion: Inclusion) => { readonly key: string; readonly text: string } | null,
): string {
  let at = 0;
  const parts: string[] = [];
  for (const inclusion of inclusions) {
    const file = textOf(inclusion);
    if (file === null) continue;
    parts.push(text.slice(at, inclusion.start), inclusion.render(file.text, file.key));
    at = inclusion.end;
  }
  return parts.join('') + text.slice(at);
}

const COMMENT = /^([ \t]*)<!--\s*@include:\s*([^\s{}#<>]+)(#[\w-]+)?\s*(?:\{(\d*)(?:,(\d*))?\})?\s*-->[ \t]*$/gm;
const SNIPPET = /^([ \t]*)<<<[ \t]+([^\s{}#<>]+)(#[\w-]+)?[ \t]*(?:\{[^}\n]*\})?[ \t]*(?:\[[^\]\n]*\])?[ \t]*$/gm;

function ofVitePress(text: string, key: string): readonly Inclusion[] {
  const included = [...text.matchAll(COMMENT)].map((match): Inclusion => {
    const [, indent = '', path = '', region, first, last] = match;
    const lines = first === undefined ? null : ([first, last ?? first] as const);
    return {
      ...spanOf(match),
      keys: keysOf(path, key),
      render: (file) => indented(withoutFrontMatter(linesOf(regionOf(file, region), lines)).trim(), indent),
    };
  });
  const shown = [...text.matchAll(SNIPPET)].map((match): Inclusion => {
    const [, indent = '', path = '', region] = match;
    return {
      ...spanOf(match),
      keys: keysOf(path, key),
      render: (file, from) => indented(fenced(regionOf(file, region).trimEnd(), from), indent),
    };
  });
  return [...included, ...shown];
}

const ONE_SNIPPET = /^([ \t]*)-{1,}8<-{1,}[ \t]+["']([^"'\n]+)["'][ \t]*$/gm;

function ofSnippets(text: string, key: string): readonly Inclusion[] {
  return [...text.matchAll(ONE_SNIPPET)].map((match): Inclusion => {
    const [, indent = '', written = ''] = match;
    const [path = '', first, last] = written.split(':');
    const isName = first !== undefined && !/^\d*$/.test(first);
    return {
      ...spanOf(match),
      keys: [...keysOf(`/${path.replace(/^\/+/, '')}`, key), ...keysOf(path, key), ...keysOf(`/docs/${path}`, key)],
      render: (file) => {
        const section = isName
          ? sectionOf(file, first)
          : linesOf(file, first === undefined ? null : [first, last ?? first]);
        return indented(withoutMarks(section).trimEnd(), indent);
      },
    };
  });
}

const TAG = /\{%-?[ \t]{0,9}include(_relative|_code)?[ \t]([^%{}\n]{0,500})%\}/g;

function ofJekyll(text: string, key: string): readonly Inclusion[] {
  return [...text.matchAll(TAG)].map((match): Inclusion => {
    const [, kind, inner = ''] = match;
    const written = inner.replace(/-$/, '').trim();
    if (kind === '_code') return codeOfHexo(match, written, key);
    const [path = ''] = written.split(/\s/, 1);
    // What Jekyll's folder of parts has beside texts makes the page around them.
    const isText = kind === undefined && /\.(?:md|markdown)$/i.test(written);
    const keys = isText ? keysOf(`/_includes/${path}`, key) : kind === undefined ? [] : keysOf(path, key);
    return { ...spanOf(match), keys, render: (file) => withoutFrontMatter(file).trim() };
  });
}

/** `{% include_code A title lang:js from:3 to:9 a.js %}`. */
function codeOfHexo(match: RegExpExecArray, written: string, key: string): Inclusion {
  const words = written.split(/\s+/);
  const path = words.pop() ?? '';
  const value = (name: string) => words.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
  const title = words.filter((word) => !/^(?:lang|from|to):|"/.test(word)).join(' ');
  return {
    ...spanOf(match),
    keys: keysOf(`/downloads/code/${path}`, key),
    render: (file, from) => {
      const code = fenced(linesOf(file, [value('from'), value('to')]).trimEnd(), from);
      return `\n${title === '' ? code : code.replace('\n', ` title="${title}"\n`)}\n`;
    },
  };
}

/** The text is gone through once for each. */
const MDX_PARTS_MAX = 50;

const IMPORT = /^import\s+([A-Z]\w*)\s+from\s+["']([^"'\n]+\.mdx?)["'];?[ \t]*$/gm;

function ofMdx(text: string, key: string): readonly Inclusion[] {
  return [...text.matchAll(IMPORT)].slice(0, MDX_PARTS_MAX).flatMap(([, name = '', path = '']) => {
    const component = new RegExp(`^[ \\t]*<${name}(?:\\s[^<>]*)?(?:/>|>\\s*</${name}>)[ \\t]*$`, 'gm');
    const keys = keysOf(path.replace(/^@site\//, '/'), key);
    return [...text.matchAll(component)].map(
      (match): Inclusion => ({
        ...spanOf(match),
        keys,
        render: (file) => `\n${withoutFrontMatter(file).trim()}\n`,
      }),
    );
  });
}

function spanOf(match: RegExpExecArray): Pick<Inclusion, 'start' | 'end'> {
  return { start: match.index, end: match.index + match[0].length };
}

/** From the folder of the article, or from the root of the site, which may be a folder above it. */
function keysOf(path: string, key: string): readonly string[] {
  const folders = key.split('/').slice(0, -1);
  const isFromRoot = /^(?:\/|@\/|~\/)/.test(path);
  const bases = isFromRoot
    ? ['', ...(folders[0] === undefined ? [] : [`${folders[0]}/`])]
    : [folders.map((each) => `${each}/`).join('')];
  return bases.flatMap((base) => joined(base, path.replace(/^(?:@|~)?\/+/, '')) ?? []);
}

function joined(base: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of (base + path).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  const key = parts.join('/');
  return isFileKey(key) ? key : null;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/, '');
}

/** Lines by number, from 1; either end may be left open. */
function linesOf(text: string, span: readonly [first: string, last: string] | null): string {
  if (span === null) return text;
  const [first, last] = span;
  return text
    .split('\n')
    .slice(first === '' ? 0 : Number(first) - 1, last === '' ? undefined : Number(last))
    .join('\n');
}

/** Between `#region name` and its end, however the language writes a remark. */
function regionOf(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  const lines = text.split('\n');
  const start = lines.findIndex((line) => new RegExp(`#\\s*region\\s+${name.slice(1)}\\b`, 'i').test(line));
  const end = lines.findIndex((line, index) => index > start && /#?\s*end\s?region/i.test(line));
  return start === -1 ? text : lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

function sectionOf(text: string, name: string): string {
  const lines = text.split('\n');
  const mark = (kind: string) => lines.findIndex((line) => line.includes(`--8<-- [${kind}:${name}]`));
  const [start, end] = [mark('start'), mark('end')];
  return start === -1 ? '' : lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

function withoutMarks(text: string): string {
  return text.replace(/^.*--8<-- \[(?:start|end):[\w-]+\].*(?:\n|$)/gm, '');
}

function fenced(text: string, key: string): string {
  const language = /\.([a-z\d+]{1,10})$/i.exec(key)?.[1] ?? '';
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([mark]) => mark.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function indented(text: string, indent: string): string {
  return indent === '' ? text : text.replace(/^(?=.)/gm, indent);
}
