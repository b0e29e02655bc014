/**
 * Posts in a form that is not read here. Their authors wait for them to be published, so each is told of: by the ending of its
 * name, or by where it lies. Data, and what only people who work on a site need, is none.
 */

import { isArticleKey, isContentFolder, isForOthers } from '../../address/article-key.ts';
import { createProblem, type Problem } from '../../model/problem.ts';

const PANDOC =
  'Convert each to Markdown (pandoc does it: pandoc -t gfm -o name.md), and leave the old file out of the folder.';

/** Of endings that pandoc doesn't read as they are. */
const OTHER_FIXES: Readonly<Record<string, string>> = {
  ...byEnding(
    'adoc asciidoc asc',
    'Convert each to Markdown (asciidoctor -b docbook5 -o - name.adoc | pandoc -f docbook -t gfm -o name.md), and leave the old file out of the folder.',
  ),
  ...byEnding(
    'qmd rmd rmarkdown',
    'Let Quarto make Markdown of each (quarto render name.qmd --to gfm), and leave the old file out of the folder.',
  ),
  ...byEnding(
    'doc pages',
    'Save each as name.docx in its program, convert that to Markdown (pandoc -t gfm -o name.md name.docx), and leave both out of the folder.',
  ),
  ...byEnding(
    'ipynb',
    'Let Jupyter make Markdown of each (jupyter nbconvert --to markdown name.ipynb), add a title and a date, and leave the old file out of the folder.',
  ),
  ...byEnding('mdoc markdoc svx', 'Name each .md: what only its program understands is left out then, with a warning.'),
  ...byEnding('smd', 'Name each .md, and write its fields as YAML between two lines of “---”.'),
  ...byEnding('njk liquid webc vto', 'Name each .md or .html: template code is left out then, with a warning.'),
};

function byEnding(endings: string, fix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, fix]));
}

/** By ending: what the form is called. */
const FORMS: Readonly<Record<string, string>> = {
  rst: 'reStructuredText',
  rest: 'reStructuredText',
  adoc: 'AsciiDoc',
  asciidoc: 'AsciiDoc',
  asc: 'AsciiDoc',
  org: 'Org',
  qmd: 'Quarto’s Markdown with code',
  rmd: 'R Markdown',
  rmarkdown: 'R Markdown',
  ipynb: 'the form of Jupyter notebooks',
  textile: 'Textile',
  wiki: 'a wiki’s markup',
  mediawiki: 'a wiki’s markup',
  creole: 'Creole',
  smd: 'SuperMD',
  mdoc: 'Markdoc',
  markdoc: 'Markdoc',
  svx: 'mdsvex',
  dj: 'Djot',
  djot: 'Djot',
  typ: 'Typst',
  tex: 'TeX',
  docx: 'the form of Word',
  doc: 'the form of Word',
  odt: 'the form of LibreOffice',
  rtf: 'rich text',
  pages: 'the form of Pages',
};

/** Forms of templates: posts are those that say what they are called, and when they were written. */
const TEMPLATES: Readonly<Record<string, string>> = { njk: 'Nunjucks', liquid: 'Liquid', webc: 'WebC', vto: 'Vento' };

/** Files that people who work on a site have there. */
const OTHER_NAMES = /^(?:conf|setup|requirements|index_template)\.|^(?:bibliography|references)\.tex$/i;

/** Folders of what articles refer to. */
const FILE_FOLDERS = /^(?:static|public|assets|files|downloads?|uploads?|attachments|images?|img|media)$/i;

/** Folders with an underscore in which no system keeps posts. */
const PROGRAM_FOLDERS =
  /^_(?:includes?|layouts?|sass|scss|data|site|templates?|static|build|partials?|snippets?|components?|themes?|assets?|plugins?|css|js|img|images?|files?|media|authors?|people|headers?|fragments?|shortcodes?|examples?|tests?|scripts?|config|generated|public|next|book|freeze|extensions?|references?|team|members?|staff)$/i;

/** Data as other programs edit it: a post is one that has a title, a date and a text. Settings and lists of data lie elsewhere. */
const DATA = /\.(?:ya?ml|toml)$/i;
const DATA_FOLDERS = /^(?:data|config|i18n|locales?|translations|settings|schemas?|workflows)$/i;

/** How much of a file's beginning is looked at. */
const FIELDS_CHARACTERS_MAX = 4_000;

/** Whether a file is looked at for being a post in such a form, whatever it holds. */
export function mayBeUnread(key: string): boolean {
  return !isArticleKey(key) && (formOf(key) !== null || folderOf(key) !== null || mayBeData(key));
}

/** Whether a file has the ending of a form that posts are written in, and that is not read. */
export function isUnreadForm(key: string): boolean {
  return Object.hasOwn(FORMS, endingOf(key));
}

/** Null where it is none. @param head the file's first bytes */
export function findUnread(key: string, head: Uint8Array): Problem | null {
  const form = formOf(key);
  const ending = endingOf(key);
  const isTemplate = Object.hasOwn(TEMPLATES, ending);
  if (form !== null && !isTemplate) return tell(key, `is in ${form}`, OTHER_FIXES[ending] ?? PANDOC);
  const folder = folderOf(key);
  const text = new TextDecoder().decode(head.subarray(0, FIELDS_CHARACTERS_MAX));
  if (form === null && folder === null)
    return mayBeData(key) && isDataOfPost(text) ? tell(key, 'is data of a post', DATA_FIX) : null;
  if (!isPost(text, key)) return null;
  if (form !== null) return tell(key, `is a template in ${form}`, OTHER_FIXES[ending] ?? PANDOC);
  const fix = `Rename the folder so that it begins with a letter, or keep them in “_posts”; “permalink” in site.yaml gives them their addresses.`;
  return tell(
    key,
    `lies in “${folder}”, and a folder with an underscore holds no articles here but those of known names`,
    fix,
  );
}

function tell(path: string, what: string, fix: string): Problem {
  const message = `This file ${what}: it is not read, and nothing of it is published.`;
  return createProblem('format-not-read', { path, line: null, message, fix });
}

function formOf(key: string): string | null {
  const parts = key.split('/');
  const name = parts.pop() ?? '';
  if (/^[._]/.test(name) || OTHER_NAMES.test(name) || isForOthers(name)) return null;
  if (!parts.every(isContentFolder) || parts.some((part) => FILE_FOLDERS.test(part))) return null;
  if (/^contents(?:\+[\w-]+)?\.lr$/i.test(name)) return 'Lektor’s form';
  const ending = endingOf(name);
  const forms = Object.hasOwn(TEMPLATES, ending) ? TEMPLATES : FORMS;
  return Object.hasOwn(forms, ending) ? (forms[ending] ?? null) : null;
}

function endingOf(key: string): string {
  return /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
}

/** A folder with an underscore of which nobody knows that it holds no articles: a collection of Jekyll's. */
function folderOf(key: string): string | null {
  if (!/\.(?:md|markdown|html)$/i.test(key)) return null;
  const folders = key.split('/').slice(0, -1);
  const unknown = folders.filter((folder) => !isContentFolder(folder));
  const [only = ''] = unknown;
  if (unknown.length !== 1 || !only.startsWith('_') || PROGRAM_FOLDERS.test(only)) return null;
  return isArticleKey(
    `${folders
      .filter((folder) => folder !== only)
      .concat(key.split('/').at(-1) ?? '')
      .join('/')}`,
  )
    ? only
    : null;
}

const DATA_FIX =
  'Write its text into a file named .md, and its other fields between two lines of “---” in front of that.';

/** At the top of a folder lie settings. */
function mayBeData(key: string): boolean {
  const parts = key.split('/');
  const name = parts.pop() ?? '';
  if (!DATA.test(name) || parts.length === 0 || /^[._]/.test(name) || isForOthers(name)) return false;
  return parts.every((part) => isContentFolder(part) && !DATA_FOLDERS.test(part) && !FILE_FOLDERS.test(part));
}

function isDataOfPost(text: string): boolean {
  const has = (names: string, value: string) =>
    new RegExp(`^["']?(?:${names})["']?\\s*[:=]\\s*${value}`, 'im').test(text);
  return (
    has('title|headline', '\\S') &&
    has('date|published|created|pubdate', '["\']?\\d{4}-\\d{2}') &&
    has('body|content|text|markdown', '(?:[|>][-+]?\\d*\\s*\\n\\s+)?\\S+\\s+\\S')
  );
}

/** So many words without a date are more than a part of a page. */
const WORDS_MIN = 60;

/** It says what it is called, and when it was written, or its name does; or it is long. */
function isPost(text: string, key: string): boolean {
  const fields = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[1] ?? '';
  if (!/^["']?title["']?\s*:\s*\S/im.test(fields) || /^(?:published\s*:\s*false|draft\s*:\s*true)\b/im.test(fields))
    return false;
  return (
    /^["']?(?:date|published|created|pubdate)["']?\s*:\s*\S/im.test(fields) ||
    /\/\d{4}-\d{1,2}-\d{1,2}-[^/]+$/.test(key) ||
    (folderOf(key) !== null && text.split(/\s+/).length >= WORDS_MIN)
  );
}

/** Whether parsed JSON looks like a post, by names that none of ours are. Lists in a folder of data are data. */
export function looksLikePost(value: unknown, key: string): boolean {
  const [first] = Array.isArray(value) ? (/(?:^|\/)data\//i.test(key) ? [] : value) : [value];
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return false;
  const texts = Object.entries(first).flatMap(([name, inner]) =>
    typeof inner === 'string' ? [[name, inner] as const] : [],
  );
  const has = (names: RegExp, content: RegExp) => texts.some(([name, text]) => names.test(name) && content.test(text));
  return (
    has(/^(?:title|headline|subject)$/i, /\S/) &&
    has(/date|time|published|created|posted/i, /^\d{4}-\d{2}|^\w{3},? \d|^\d{10,13}$/) &&
    has(/^(?:content|body|html|text|markdown|post|article|description_html|body_html|rendered)$/i, /\S\s+\S/)
  );
}

export function jsonNotRead(path: string): Problem {
  const message =
    'This file is JSON that looks like a post, under names that are not read: nothing of it is published.';
  const fix = 'Name its fields as JSON Feed does: “title”, “date_published”, and “content_html” or “content_text”.';
  return createProblem('format-not-read', { path, line: null, message, fix });
}
