/**
 * Settings that are program code, of which a list says what is left out: VitePress, Docusaurus, Quartz, Pelican, Sphinx,
 * Eleventy. Code is never run. A list of plain texts is read; where the name of such a list stands with anything else,
 * nobody knows what is left out.
 */

import { stateWord, visibilityOfWord } from '../../../article/fields/visibility/state-words.ts';
import { isReadable } from '../../../text/path-pattern.ts';
import type { FolderRule } from '../folder-rules.ts';
import type { FolderSource, Said } from '../folder-source.ts';
import { type Generator, programFolderRules } from './program-folders.ts';
import { zoneRules } from './zone-rules.ts';

export type CodeLanguage = 'javascript' | 'python';

interface Program {
  readonly file: RegExp;
  /** Whose files these are, where that has folders of its own. */
  readonly generator?: Generator;
  readonly language: CodeLanguage;
  /** The names of such lists, with the patterns of paths that an item stands for. */
  readonly lists: Readonly<Record<string, (item: string, code: Code) => readonly string[]>>;
}

/** From the folder of the articles, which is the one that is published or lies in it. */
const inContent = (item: string) => [item, `content/${item}`];
/** Each plugin has a folder of its own. */
const inEachFolder = (item: string) => [item, `*/${item}`];
/** VitePress's pages may lie in a folder of their own. */
const fromSources = (item: string, { plain }: Code) => (/\bsrcDir\b/.test(plain) ? inEachFolder(item) : [item]);
const byName = (item: string) => [item, `**/${item}`];

const PROGRAMS: readonly Program[] = [
  { file: /(?:^|\/)\.vitepress\//, language: 'javascript', lists: { srcExclude: fromSources } },
  {
    file: /(?:^|\/)docusaurus\./,
    generator: 'docusaurus',
    language: 'javascript',
    lists: { exclude: inEachFolder },
  },
  {
    file: /(?:^|\/)quartz\./,
    generator: 'quartz',
    language: 'javascript',
    lists: { ignorePatterns: inContent },
  },
  {
    file: /(?:^|\/)(?:pelicanconf|publishconf)\./,
    generator: 'pelican',
    language: 'python',
    lists: { ARTICLE_EXCLUDES: inContent, IGNORE_FILES: byName },
  },
  { file: /(?:^|\/)conf\./, language: 'python', lists: { exclude_patterns: byName } },
];

/** Quartz publishes then what says so itself, and nothing else. */
const EXPLICIT = /\bExplicitPublish\s*\(/;
/** Pelican: of articles that state none. */
const DEFAULT_STATUS = /\bDEFAULT_METADATA\s*=\s*(?:\{|dict\()[^})]*\bstatus['"]?\s*[:=]\s*['"]([\w-]+)['"]/;
/** Settings that Nikola's file has and Sphinx's does not; both files are called conf.py. */
const NIKOLA = /^(?:BLOG_TITLE|POSTS|COMPILERS)\s*=/m;
/** Pelican and Nikola. */
const ZONE = /^TIMEZONE\s*=\s*["']([\w+/-]+)["']\s*$/m;
/** Nikola reads what holds back an article under other names then. */
const MAPPED = /\bMETADATA_(?:VALUE_)?MAPPING\s*=\s*\{(?:(?!\n\s*\n|\n\}|\n[A-Z])[\s\S])*?\b(?:status|draft|private)\b/;

export function readSettingsCode({ key, text }: FolderSource): Said {
  const program = PROGRAMS.find(({ file }) => file.test(key));
  if (program === undefined) return { rules: [], doubt: null };
  const code = parseCode(text, program.language);
  const found = Object.entries(program.lists).map(([name, patternsOf]) => ({
    name,
    lists: listsOf(code, name, program.language).map((list) => (list?.every(isReadable) === true ? list : null)),
    patternsOf,
  }));
  const only = found.flatMap(({ lists, patternsOf }) =>
    lists.flatMap((list) => (list ?? []).flatMap((item) => withMark(item, (each) => patternsOf(each, code)))),
  );
  const generator = NIKOLA.test(code.bare) ? 'nikola' : program.generator;
  const status = DEFAULT_STATUS.exec(code.bare)?.[1] ?? '';
  const rules: readonly FolderRule[] = [
    ...(only.length === 0 ? [] : [{ under: '', only, hold: 'always' } as const]),
    ...(EXPLICIT.test(code.plain) ? [{ under: '', hold: 'unsaid' } as const] : []),
    ...(visibilityOfWord(stateWord(status)) === 'draft' ? [{ under: '', fields: { status } }] : []),
    ...(generator === undefined ? [] : programFolderRules(generator)),
    ...(program.language === 'python' ? zoneRules(ZONE.exec(code.bare)?.[1] ?? null) : []),
  ];
  const named = found.find(({ lists }) => lists.includes(null))?.name ?? MAPPED.exec(code.bare)?.[0].split(/\W/)[0];
  if (named === undefined) return { rules, doubt: null };
  const doubt = {
    line: null,
    message: `it is code that names “${named}”, and code is never run`,
    fix: 'Write that list as plain texts (["private/**"]); or write “draft: false” into each article that is to be public.',
  };
  return { rules: [...rules, { under: '', hold: 'unsaid' }], doubt };
}

function withMark(item: string, patternsOf: (item: string) => readonly string[]): readonly string[] {
  return item.startsWith('!') ? patternsOf(item.slice(1)).map((each) => `!${each}`) : patternsOf(item);
}

interface Code {
  /** Without comments. */
  readonly bare: string;
  /** Also without what is in quotation marks, but for names of fields. Of the same length. */
  readonly plain: string;
}

const TOKENS = {
  javascript: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  python: /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
};

/** Code without comments, and without the texts in it. */
export function parseCode(text: string, language: CodeLanguage): Code {
  const blank = (token: string) => token.replace(/[^\n]/g, ' ');
  const isComment = (token: string) => /^(?:\/\/|\/\*|#)/.test(token);
  const bare = text.replace(TOKENS[language], (token) => (isComment(token) ? blank(token) : token));
  const plain = bare.replace(TOKENS[language], (token) => (/^["']\w+["']$/.test(token) ? token : blank(token)));
  return { bare, plain };
}

/** What stands at each place where a list is named; null for what is no list of plain texts. */
function listsOf({ bare, plain }: Code, name: string, language: CodeLanguage): readonly (readonly string[] | null)[] {
  const places = [...plain.matchAll(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))];
  const begins = language === 'python' ? /(?::[^=\n]*)?[ \t]*=\s*[[(]/y : /["']?\s*[:=]\s*\[/y;
  // A bundler's settings have the same names, with expressions.
  const paths = places.filter(({ index }) => !/^["']?\s*:\s*\//.test(bare.slice(index + name.length)));
  return paths.map(({ index }) => {
    begins.lastIndex = index + name.length;
    return begins.test(plain) ? readTexts(bare, begins.lastIndex, language) : null;
  });
}

const TEXT = /\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*(,?)/y;
/** After the list: it is a part of something else. */
const GOES_ON = {
  javascript: /\s*(?:[.+?|&*([]|\bas\s+any\b)/y,
  python: /[ \t]*(?:[.+*%([]|(?:if|for|or|and)\b)/y,
};

function readTexts(code: string, start: number, language: CodeLanguage): readonly string[] | null {
  const texts: string[] = [];
  let at = start;
  for (let isMore = true; isMore; ) {
    TEXT.lastIndex = at;
    const match = TEXT.exec(code);
    if (match === null) break;
    const [whole, double, single, back, comma] = match;
    texts.push(double ?? single ?? back ?? '');
    at += whole.length;
    isMore = comma === ',';
  }
  const end = /\s*[\])]/y;
  end.lastIndex = at;
  if (!end.test(code)) return null;
  const goesOn = GOES_ON[language];
  goesOn.lastIndex = end.lastIndex;
  return goesOn.test(code) ? null : texts;
}
