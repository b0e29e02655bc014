/**
 * Eleventy's data of a folder or of one template: JSON, or JavaScript that gives an object. Code is never run: where it
 * names a field that could hold an article back, nobody knows whether it does.
 */

import { readObjectLiteral } from '../../../article/source/front-matter/object-literal.ts';
import { createFields, type Fields, isMap } from '../../../model/fields.ts';
import { type FolderFields, readFolderFields, rulesOf } from '../folder-fields.ts';
import { besideOf, placeOf } from '../folder-file.ts';
import type { Doubt } from '../folder-rules.ts';
import { type FolderSource, leaveOpen, type Said, withFields } from '../folder-source.ts';

const HOLDING_NAME = /\b(?:draft|eleventyExcludeFromCollections|published|publish|private|visibility|status)\b/;
const HOLDING_DATA = new RegExp(`permalink|${HOLDING_NAME.source}`);
/** An address that is no plain text may be `false` for some, where the code can say no, or leaves it to another file. */
const COMPUTED_ADDRESS = /\bpermalink\b(?!["']?\s*:\s*(?:"[^"]*"|'[^']*'|`[^`$]*`)\s*[,}\n])/;
const NAMED_ADDRESS = /\bpermalink["']?\s*:\s*(?!(?:false|true|null|undefined)\b)[a-z_$]/i;
const NO = /\bfalse\b|&&|!|==|\b(?:require|import|await)\b/;

export function readDirectoryData(source: FolderSource): Said {
  if (/\.json$/i.test(source.key)) {
    // A file of articles may be called after its folder, too.
    if (/^\s*\[|"(?:content_html|content_text|items)"\s*:/.test(source.text)) return { rules: [], doubt: null };
    return withFields(source, source.fields(), (fields) => say(source.key, fields), HOLDING_DATA);
  }
  const code = source.text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');
  const start = /(?:module\.exports\s*=|export\s+default)\s*(?=\{)/.exec(source.text);
  const at = start === null ? -1 : start.index + start[0].length;
  const literal = at < 0 ? null : readObjectLiteral(source.text, at, new Map());
  if (literal?.kind === 'object' && !(NAMED_ADDRESS.test(code) && NO.test(code))) {
    return say(source.key, createFields(literal.fields.map(({ name, value }) => ({ name, value, line: null }))));
  }
  const named = HOLDING_NAME.exec(code)?.[0] ?? (COMPUTED_ADDRESS.test(code) && NO.test(code) ? 'permalink' : null);
  return named === null ? { rules: [], doubt: null } : leaveOpen(source.key, doubtOf(named), 'unsaid');
}

function doubtOf(name: string): Doubt {
  return {
    line: null,
    message: `it is code that names “${name}”, and code is never run`,
    fix: 'Write “draft: false” into each article that is to be public; or put JSON in its place (name.11tydata.json).',
  };
}

/** A folder's data are named after it, or a template's after that. */
function say(key: string, fields: Fields): Said {
  const read = withComputed(readFolderFields(fields.values()), fields);
  const { folder, folderName } = placeOf(key);
  const beside = besideOf(key);
  const isOfFolder = beside === `${folder}${folderName}`;
  return { rules: rulesOf(isOfFolder ? folder : beside, read), doubt: read.doubt };
}

function withComputed(read: FolderFields, fields: Fields): FolderFields {
  const computed = fields.get('eleventycomputed')?.value ?? null;
  if (read.doubt !== null || computed === null || !isMap(computed)) return read;
  const address = computed.get('permalink');
  const named = [...computed.keys()].find((name) => ['draft', 'eleventyexcludefromcollections'].includes(name));
  const isOpen = named !== undefined || (typeof address === 'string' && /\bfalse\b/.test(address));
  return isOpen ? { ...read, doubt: doubtOf(named ?? 'permalink') } : read;
}
