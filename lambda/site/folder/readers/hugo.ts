/** Hugo and Zola: the front matter of a section, what it hands down, and what the settings of a site leave out. */

import { LANGUAGES_FIELD } from '../../../article/fields/folder-fields.ts';
import { type FieldMap, type Fields, type FieldValue, isMap, toBoolean } from '../../../model/fields.ts';
import { throughFolders } from '../../../text/path-pattern.ts';
import { fieldsIn, readFolderFields, rulesOf, textsIn } from '../folder-fields.ts';
import type { Doubt, FolderRule } from '../folder-rules.ts';
import type { Said } from '../folder-source.ts';
import { mountsIn, readMounts, sourceOfMount } from './hugo-mounts.ts';
import { programFolderRules } from './program-folders.ts';
import { zoneRules } from './zone-rules.ts';

/** What a section says of the pages in it: that it is a draft itself, and what cascades down. */
export function readSection(folder: string, fields: Fields): Said {
  const draft = fields.get('draft');
  const isDraft = draft === undefined ? false : toBoolean(draft.value);
  const isPrivate = toBoolean(fields.get('private')?.value ?? null) === true;
  const isNo = ['published', 'publish'].some((name) => toBoolean(fields.get(name)?.value ?? null) === false);
  const cascade = readCascade(folder, fields.get('cascade')?.value ?? null);
  if (isDraft === null && draft?.value !== null) {
    const message = '“draft” is neither true nor false';
    const doubt = { line: draft?.line ?? null, message, fix: 'Write “draft: true” or “draft: false”.' };
    return { rules: [...cascade.rules, { under: folder, hold: 'new' }], doubt };
  }
  const isHeld = isDraft === true || isPrivate || isNo;
  return {
    rules: [...cascade.rules, ...(isHeld ? [{ under: folder, hold: 'always' } as const] : [])],
    doubt: cascade.doubt,
  };
}

/** `cascade`: a map of fields, or a list of such maps, each for the pages that its target names. */
function readCascade(folder: string, cascade: FieldValue): Said {
  const maps = (Array.isArray(cascade) ? cascade : [cascade]).filter((each): each is FieldMap => isMap(each));
  const said = maps.map((map): Said => {
    const targets = [map.get('target') ?? null].flat().filter((each): each is FieldMap => isMap(each));
    if (targets.length > 0 && !targets.some(isOfPages)) return { rules: [], doubt: null };
    const read = readFolderFields([...fieldsIn(map), ...fieldsIn(map.get('params') ?? null)]);
    const isEverywhere = targets.length === 0 || targets.some((target) => !target.has('path'));
    if (isEverywhere) return { rules: rulesOf(folder, read), doubt: read.doubt };
    const only = targets.flatMap((target) => textsIn(target.get('path') ?? null)).flatMap(pathsOfTarget);
    // Of what a target names, a section hands down to what lies in it alone.
    const rules = rulesOf(folder, read, only).map((rule) => (folder === '' ? rule : { ...rule, ofWholeKey: true }));
    return { rules, doubt: read.doubt };
  });
  return { rules: said.flatMap(({ rules }) => rules), doubt: said.find(({ doubt }) => doubt !== null)?.doubt ?? null };
}

/** A page, whatever else; a target may name kinds by a pattern. */
function isOfPages(target: FieldMap): boolean {
  const [kind = 'page'] = textsIn(target.get('kind') ?? null);
  return /page|[*?[]/.test(kind);
}

/** Targets are paths below the content folder, without endings; the folder may be the one that is published, or in it. */
function pathsOfTarget(path: string): readonly string[] {
  // `{/notes,/notes/**}` has its slashes within.
  const plain = path.replace(/(^|[{,])\/+/g, '$1').replace(/\/+$/, '');
  return [plain, `${plain}.*`].flatMap((each) => [each, `content/${each}`]);
}

/** What of the settings is about articles. */
export const HUGO_NAMES = /ignoreFiles|cascade|ignored_content|mounts/i;

/** Hugo's `ignoreFiles`, regular expressions of paths, its mounts, and a cascade over the whole site; Zola's `ignored_content`. */
export function readHugoConfig(fields: Fields): Said {
  const sources = mountsIn(fields)
    .flatMap(sourceOfMount)
    .map((source) => `${source}/`);
  const parts = [readCascade('', fields.get('cascade')?.value ?? null), readIgnored(fields), readMounts(fields)];
  return {
    rules: [
      ...parts.flatMap(({ rules }) => rules),
      // A mount makes content of any folder.
      ...programFolderRules('hugo').filter(({ under }) => !sources.some((source) => source.startsWith(under))),
      ...readLanguages(fields),
      ...zoneRules(fields.get('timezone')?.value ?? null),
    ],
    doubt: parts.find(({ doubt }) => doubt !== null)?.doubt ?? null,
  };
}

/** `languages`: a map by tag, each perhaps with a folder of its own (`contentDir`). */
function readLanguages(fields: Fields): readonly FolderRule[] {
  const languages = fields.get('languages')?.value ?? null;
  if (!isMap(languages) || languages.size === 0) return [];
  const [main] = textsIn(fields.get('defaultcontentlanguage')?.value ?? fields.get('defaultlanguage')?.value ?? null);
  const named = [...languages].map(([name, about]) => [withHyphen(name), about] as const);
  const tags = new Set([...(main === undefined ? [] : [main]), ...named.map(([tag]) => tag)]);
  const folders = named.flatMap(([tag, about]) => {
    const [folder = ''] = isMap(about) ? textsIn(about.get('contentdir') ?? null) : [];
    const under = folder.replace(/^\.?\/+|\/+$/g, '');
    const places = [under, under.replace(/^content\//, '')].filter((place) => place !== '' && place !== 'content');
    return tag === main ? [] : [...new Set(places)].map((place) => ({ under: `${place}/`, fields: { language: tag } }));
  });
  return [{ under: '', fields: { [LANGUAGES_FIELD]: [...tags].join(' ') } }, ...folders];
}

/** Names of fields are kept without hyphens: `ptbr`, `zhhans`. */
function withHyphen(name: string): string {
  return name.replace(/^([a-z]{2})([a-z]{2}|[a-z]{4})$/, '$1-$2');
}

function readIgnored(fields: Fields): Said {
  const ignored = textsIn(fields.get('ignorefiles')?.value ?? null);
  const patterns = ignored.map(patternsOfExpression);
  const only = patterns.flatMap((each) => each ?? []);
  const globs = textsIn(fields.get('ignoredcontent')?.value ?? null).flatMap((each) => [each, `content/${each}`]);
  const left = [...only, ...globs.flatMap(throughFolders)];
  const rules: readonly FolderRule[] = left.length === 0 ? [] : [{ under: '', only: left, hold: 'always' }];
  const unread = ignored[patterns.indexOf(null)];
  if (unread === undefined) return { rules, doubt: null };
  const doubt: Doubt = {
    line: fields.get('ignorefiles')?.line ?? null,
    message: `“ignoreFiles” holds an expression that is not understood: ${unread}`,
    fix: 'Write a simpler one, such as "\\\\.private\\\\.md$" or "notes/.*".',
  };
  return { rules: [...rules, { under: '', hold: 'new' }], doubt };
}

/** So many alternatives name few files each. */
const ALTERNATIVES_MAX = 100;
const GROUP = /(?<!\\)\((?:\?:)?([^()\\]*(?:\\.[^()\\]*)*)\)(?![*+?{])/;

/**
 * An expression as patterns of paths; null where it has no such form. It matches anywhere in the path of a file on the
 * machine of the author, of which only the end is known here: where it says how a path begins, every folder may be meant.
 */
function patternsOfExpression(expression: string): readonly string[] | null {
  const anyCase = expression.startsWith('(?i)');
  let open = [anyCase ? expression.slice('(?i)'.length) : expression];
  while (open.some((each) => GROUP.test(each)) && open.length <= ALTERNATIVES_MAX) {
    open = open.flatMap((each) => {
      const [group, inner] = GROUP.exec(each) ?? [];
      if (group === undefined || inner === undefined) return [each];
      return inner.split('|').map((choice) => each.replace(group, () => choice));
    });
  }
  if (open.length > ALTERNATIVES_MAX) return null;
  const patterns = open.flatMap((each) => each.split('|')).map((each) => patternsOfAlternative(each, anyCase));
  return patterns.includes(null) ? null : patterns.flatMap((each) => each ?? []);
}

const CLASSES: Readonly<Record<string, string>> = { d: '[0-9]', w: '[a-zA-Z0-9_]' };
/** An escaped sign, a class of characters, any characters, any one, and what is plain; nothing else has a form as a pattern. */
const TOKEN = /\\([^\w])|((?:\\[dw]|\[[^\]\\]+\])\+?)|(\.\*|\.\+)|(\.)|([\w\-/ ~#@,%&=!:]|[^\x00-\x7f])|(.)/gsu;

function patternsOfAlternative(expression: string, anyCase: boolean): readonly string[] | null {
  const [, begins = '', inner = '', ends = ''] = /^(\^?)(.*?)(\$?)$/s.exec(expression) ?? [];
  const tokens = [...inner.matchAll(TOKEN)];
  if (tokens.length === 0 || tokens.some(([, , , , , , other]) => other !== undefined)) return null;
  const written = tokens
    .map(([, escaped, kind, any, one, plain]) => {
      if (kind !== undefined) return classOf(kind);
      if (any !== undefined) return '*';
      if (one !== undefined) return '?';
      const text = escaped ?? plain ?? '';
      return anyCase && /\p{L}/u.test(text) ? `[${text.toLowerCase()}${text.toUpperCase()}]` : escapeGlob(text);
    })
    .join('');
  const open = `${begins === '' ? '*' : ''}${written}${ends === '' ? '*' : ''}`;
  // What a star of theirs matches may hold slashes, and what comes before or after may be folders.
  return [open, `**/${open.replace(/^\/+/, '')}`].flatMap((each) => [
    each,
    ...(each.includes('/') ? [each.replaceAll('*', '**')] : []),
  ]);
}

/** Several of a class are one, and then anything. */
function classOf(written: string): string {
  const one = written.replace(/\+$/, '');
  return (CLASSES[one.slice(1)] ?? one) + (one === written ? '' : '*');
}

function escapeGlob(text: string): string {
  return text.replace(/[*?[\]{}!\\]/g, '\\$&');
}
