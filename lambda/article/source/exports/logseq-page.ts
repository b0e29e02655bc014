/**
 * Pages of Logseq. A page begins with its properties (`key:: value`), then comes an outline. Which pages are public, a
 * page says itself (`public:: true`), unless the settings of the graph say so of all (`logseq/config.edn`).
 */

import { type Field, plainName, toBoolean } from '../../../model/fields.ts';
import { splitAtCommasOnly } from '../../fields/tags.ts';
import type { Properties } from './notion-page.ts';

/** A property in the first block of a page; in a page that is one outline, the block is a list item. */
const PROPERTY = /^(?:- | {2}|\t)?([^\s:,"#()[\]{}`]{1,60})::(?:\s+(.*)|)$/u;

/** Properties that only Logseq has. */
const OWN = /^(?:public|filters|template|template-including-parent|exclude-from-graph-view|collapsed)$/i;
/** Of a block and not of the page; or with another meaning than a field of the name. */
const RENAMED: Readonly<Record<string, string | null>> = { id: null, alias: 'aliases', url: 'link' };

/** A day of the journal, as Logseq names it. */
const JOURNAL = /(?:^|\/)journals\/(\d{4})_(\d{2})_(\d{2})\.(?:md|markdown)$/;
const PAGE = /(?:^|\/)pages\/[^/]+\.(?:md|markdown)$/;

export interface LogseqPage extends Properties {
  /** Whether it says that it is public; null where it doesn't say. */
  readonly isPublic: boolean | null;
  /** Whether it can be nothing else. */
  readonly isSure: boolean;
}

/** What is known of a page before it is read. */
export interface LogseqHints {
  /** Its folder has the settings of a graph beside it. */
  readonly isOfGraph: boolean;
  /** It has front matter, as other systems have it. */
  readonly hasMatter: boolean;
}

/** Reads a page by its own marks; null where nothing tells that it is one. */
export function readLogseqPage(
  key: string,
  body: string,
  firstLine: number,
  { isOfGraph, hasMatter }: LogseqHints,
): LogseqPage | null {
  const properties = takeProperties(body, firstLine);
  const isJournal = JOURNAL.test(key) && !hasMatter;
  const isWritten = properties.fields.length > 0 || isOutline(body);
  const isSure = isOfGraph || (isJournal && isWritten) || properties.fields.some(({ name }) => OWN.test(name));
  if (!isSure && !isJournal && !(PAGE.test(key) && isWritten && !hasMatter)) return null;
  const flag = properties.fields.find(({ name }) => plainName(name) === 'public')?.value ?? null;
  return {
    fields: [...dayOf(key), ...properties.fields.flatMap(rename)],
    body: properties.body,
    isPublic: flag === null ? null : toBoolean(flag) === true,
    isSure,
  };
}

function dayOf(key: string): readonly Field[] {
  const [whole, ...day] = JOURNAL.exec(key) ?? [];
  return whole === undefined ? [] : [{ name: 'date', value: day.join('-'), line: null }];
}

function rename(field: Field): readonly Field[] {
  const name = Object.hasOwn(RENAMED, field.name) ? RENAMED[field.name] : field.name;
  return name === null || name === undefined ? [] : [{ ...field, name }];
}

function takeProperties(body: string, firstLine: number): Properties {
  const lines = body.split('\n');
  const start = lines.findIndex((line) => line.trim() !== '');
  const fields: Field[] = [];
  for (let at = Math.max(start, 0); at < lines.length; at += 1) {
    const [, name, value = ''] = PROPERTY.exec(lines[at] ?? '') ?? [];
    // A second item of the outline begins another block.
    if (name === undefined || (fields.length > 0 && lines[at]?.startsWith('- '))) break;
    fields.push(toField(name, value.trim(), firstLine + at));
    lines[at] = '';
  }
  return { fields, body: lines.join('\n') };
}

/** `[[Baking]], #flour` are names of pages, and the marks around them none of the name. */
function toField(name: string, value: string, line: number): Field {
  const plain = value.replace(/#?\[\[(.+?)\]\]/g, '$1').replace(/(?<=^|,\s*)#(?=\S)/g, '');
  return splitAtCommasOnly({ name: name.toLowerCase(), value: plain, line });
}

/** Whether every line belongs to one outline: Logseq writes nothing else. */
function isOutline(body: string): boolean {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && /^- ?/.test(lines[0] ?? '') && lines.every((line) => /^(?:-(?:\s|$)|\s+\S)/.test(line));
}

/** Whether the settings of a graph make all of its pages public. Comments, strings and what is discarded say nothing. */
export function makesAllPagesPublic(edn: string): boolean {
  const bare = edn.replace(/"(?:[^"\\]|\\.)*"|;[^\n]*|#_\s*\S+/gs, (part) => (part.startsWith('"') ? '""' : ' '));
  return /(?:^|[\s{,]):(?:publishing\/)?all-pages-public\?[\s,]+true(?=[\s,}]|$)/.test(bare);
}
