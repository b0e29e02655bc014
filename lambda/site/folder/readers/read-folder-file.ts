/**
 * The entry point: the bytes of a folder file become what it says, as rules. One that can't be read for good leaves open whether
 * the articles under it may be published: then nothing new of them is, and the doubt tells why.
 */

import { readJsonFields } from '../../../article/source/front-matter/json-fields.ts';
import { readTomlFields } from '../../../article/source/front-matter/toml-fields.ts';
import { readYamlFields } from '../../../article/source/front-matter/yaml-fields.ts';
import { createFields, type FieldsReading } from '../../../model/fields.ts';
import { decodeSource } from '../../../text/source-text.ts';
import { readFolderFields, rulesOf } from '../folder-fields.ts';
import { FOLDER_FILE_BYTES_MAX, type FolderFileKind, kindOf, placeOf, siteFolderOf } from '../folder-file.ts';
import type { FolderFile } from '../folder-rules.ts';
import {
  type FolderSource,
  frontMatterOf,
  leaveOpen,
  type Reading,
  type Said,
  unprefixed,
  withFields,
} from '../folder-source.ts';
import { readTagLabels } from '../tag-labels.ts';
import { readDirectoryData } from './directory-data.ts';
import { HUGO_NAMES, readHugoConfig, readSection } from './hugo.ts';
import { readIgnoreList } from './ignore-list.ts';
import { JEKYLL_NAMES, readJekyllConfig } from './jekyll.ts';
import { readGraphSettings } from './logseq.ts';
import { readMkdocsConfig } from './mkdocs.ts';
import { readNikolaHeaderFile } from './nikola.ts';
import { readVaultSettings } from './obsidian.ts';
import { peopleOfSection, readPeopleFile, withListNamed } from './people-file.ts';
import { readSettingsCode } from './settings-code.ts';
import { readSubstackList } from './substack.ts';

export { readOriginal } from './nikola.ts';

const READERS: Readonly<Record<FolderFileKind, (source: FolderSource) => Said>> = {
  meta: (source) =>
    withFields(source, source.fields(), (fields) => {
      const read = readFolderFields(fields.values());
      return { rules: rulesOf(source.folder, read), doubt: read.doubt };
    }),
  section: (source) =>
    withFields(source, frontMatterOf(source), (fields) => {
      const said = readSection(source.folder, fields);
      return { ...said, rules: [...said.rules, ...peopleOfSection(source.key, fields)] };
    }),
  data: readDirectoryData,
  header: readNikolaHeaderFile,
  config: ofSite((source) => withFields(source, source.fields(), readJekyllConfig, JEKYLL_NAMES)),
  hugo: ofSite((source) => withFields(source, source.fields(), readHugoConfig, HUGO_NAMES)),
  mkdocs: ofSite(readMkdocsConfig),
  quartz: ofSite(readSettingsCode),
  pelican: ofSite(readSettingsCode),
  program: ofSite(readSettingsCode),
  vitepress: ofSite(readSettingsCode),
  obsidian: readVaultSettings,
  substack: readSubstackList,
  logseq: readGraphSettings,
  people: (source) => readPeopleFile(source.key, /\.mdx?$/i.test(source.key) ? frontMatterOf(source) : source.fields()),
  tags: (source) => readTagLabels(source.key, source.fields()),
  ignored: readIgnoreList,
};

/** The settings of a site are about its own folder. */
function ofSite(read: (source: FolderSource) => Said): (source: FolderSource) => Said {
  return (source) => {
    const { rules, doubt } = read({ ...source, folder: '' });
    const folder = siteFolderOf(source.key);
    return { rules: rules.map((rule) => ({ ...rule, under: folder + rule.under })), doubt };
  };
}

/** @throws TypeError when the key is not that of a folder file */
export function readFolderFile(key: string, body: Uint8Array, version: string): FolderFile {
  const kind = kindOf(key);
  if (kind === null) throw new TypeError(`Not a folder file: ${key}`);
  const { rules, doubt } = readBody(kind, key, body);
  return { version, ...(rules.length > 0 && { rules }), ...(doubt !== null && { doubt }) };
}

const NOTHING: Said = { rules: [], doubt: null };

function readBody(kind: FolderFileKind, key: string, body: Uint8Array): Said {
  const { folder } = placeOf(key);
  const isHarmless = kind === 'tags';
  if (body.byteLength > FOLDER_FILE_BYTES_MAX) {
    const message = `it has more than ${FOLDER_FILE_BYTES_MAX / 1024} kB`;
    return isHarmless ? NOTHING : leaveOpen(key, { line: null, message, fix: 'Make the file smaller.' });
  }
  const source = decodeSource(body);
  if (source.kind === 'unreadable') {
    const message = `its text is not valid ${source.encoding}`;
    return isHarmless ? NOTHING : leaveOpen(key, { line: source.line, message, fix: 'Save the file as UTF-8.' });
  }
  const { text } = source;
  const read = kind === 'people' ? withListNamed(text, key) : text;
  return READERS[kind]({ key, folder, text, fields: () => readingOf(readLanguage(key, read)) });
}

function readLanguage(key: string, text: string): FieldsReading {
  if (/\.json$/i.test(key)) return readJsonFields(text, 1);
  return /\.toml$/i.test(key) ? readTomlFields(text, 1) : readYamlFields(text, 1);
}

function readingOf(reading: FieldsReading): Reading {
  if (reading.kind === 'fields') return { fields: createFields(reading.fields) };
  if (reading.kind === 'no-map') return { fields: null };
  const fix = reading.kind === 'unreadable' ? reading.fix : 'Make the file smaller.';
  return { doubt: { line: reading.line, message: unprefixed(reading.message), fix } };
}
