/**
 * XML of any length, read as it comes, from mark to mark: most of an export is text that nothing has to be looked for in.
 * What a later reader could be led astray by is refused with its line: elements that don't nest, an end in the middle, and
 * declarations of entities, of which no export has need.
 */

import { decodeXML } from 'entities';
import { ImportFailure } from '../model/import-failure.ts';
import { countLines } from './text-chunks.ts';

export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** A text may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

export interface XmlReader {
  write(text: string): void;
  /** Says that nothing follows. */
  end(): void;
  /** Of what is read right now, from 1. */
  line(): number;
}

/** Elements inside one another: exports have six, XHTML in feeds some dozens. */
const DEPTH_MAX = 500;
const TAG_CHARACTERS_MAX = 1024 * 1024;
/** The longest reference is `&#1114111;`, or one with zeros in front. */
const REFERENCE_CHARACTERS_MAX = 40;
/** Comments, CDATA sections and processing instructions: where they begin and end. */
const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
type EndMark = (typeof SECTIONS)[number][1];
const ATTRIBUTE = /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

/** `where` is what messages call the file. */
export function createXmlReader(handler: XmlHandler, where: string): XmlReader {
  const openElements: string[] = [];
  /** What was given, from which all before `at` is read. */
  let given = '';
  let at = 0;
  /** Lines begun before `countedTo`. */
  let [lines, countedTo] = [1, 0];
  /** Of the section that is read right now. */
  let endMark: EndMark | null = null;
  let hasRoot = false;

  const line = (): number => {
    lines += countLines(given.slice(countedTo, at));
    countedTo = at;
    return lines;
  };
  const fail = (what: string, fix: string): never => {
    throw new ImportFailure(`${where}:${line()}:`, what, fix);
  };
  const tell = (to: number): void => {
    const text = given.slice(at, to);
    if (text !== '') handler.text(text.includes('&') ? decodeXML(text) : text);
    at = to;
  };

  /** Reads on within a section; false where more is needed. */
  const passSection = (mark: EndMark): boolean => {
    const end = given.indexOf(mark, at);
    // Two characters of the mark may be there already.
    const to = end === -1 ? Math.max(at, given.length - 2) : end;
    if (mark === ']]>' && to > at) handler.text(given.slice(at, to));
    at = end === -1 ? to : end + mark.length;
    if (end !== -1) endMark = null;
    return end !== -1;
  };

  /** Where the tag at `at` ends; -1 where that is not there yet. */
  const findTagEnd = (): number => {
    const marks = /["'>]/g;
    marks.lastIndex = at;
    for (let found = marks.exec(given); found !== null; found = marks.exec(given)) {
      if (found[0] === '>') return found.index;
      const end = given.indexOf(found[0], found.index + 1);
      if (end === -1) return -1;
      marks.lastIndex = end + 1;
    }
    return -1;
  };

  const open = (end: number): void => {
    const isEmpty = given[end - 1] === '/';
    const inside = given.slice(at + 1, isEmpty ? end - 1 : end);
    const nameEnd = inside.search(/[\s/]/);
    const name = nameEnd === -1 ? inside : inside.slice(0, nameEnd);
    openElements.push(name);
    hasRoot = true;
    if (openElements.length > DEPTH_MAX) fail(`has elements nested more than ${DEPTH_MAX} deep.`, DAMAGED);
    handler.open(name, nameEnd === -1 ? NO_ATTRIBUTES : readAttributes(inside.slice(nameEnd)));
    if (!isEmpty) return;
    openElements.pop();
    handler.close(name);
  };

  /** An end tag of an element that was never opened means nothing. */
  const close = (end: number): void => {
    const name =
      given
        .slice(at + 2, end)
        .trim()
        .split(/\s/, 1)[0] ?? '';
    const last = openElements.at(-1);
    if (last !== name) {
      if (openElements.includes(name)) fail(`closes another element while <${last}> is open.`, DAMAGED);
      return;
    }
    openElements.pop();
    handler.close(name);
  };

  /** Reads a declaration, a tag or the start of a section; false where more is needed. */
  const passMark = (isLast: boolean): boolean => {
    for (const [start, mark] of SECTIONS) {
      if (given.startsWith(start, at)) {
        endMark = mark;
        at += start.length;
        return true;
      }
      if (!isLast && given.length - at < start.length && start.startsWith(given.slice(at))) return false;
    }
    const kind = given[at + 1] ?? '';
    if (/[\s>]/.test(kind)) {
      tell(at + 1);
      return true;
    }
    const isTag = kind !== '!';
    const end = isTag && kind !== '/' ? findTagEnd() : given.indexOf('>', at);
    if (end === -1) {
      if (given.length - at > TAG_CHARACTERS_MAX) fail('has a tag without an end.', DAMAGED);
      return false;
    }
    if (kind === '/') close(end);
    else if (isTag) open(end);
    else if (/^<!doctype\b.*(?:\[|<!ENTITY)/is.test(given.slice(at, end)))
      fail('declares entities of its own.', 'No export does that. Remove the DOCTYPE if you trust the file.');
    at = end + 1;
    return true;
  };

  const read = (isLast: boolean): void => {
    while (at < given.length) {
      if (endMark !== null) {
        if (!passSection(endMark)) return;
        continue;
      }
      const start = given.indexOf('<', at);
      if (start === -1) {
        const reference = isLast ? -1 : given.indexOf('&', Math.max(at, given.length - REFERENCE_CHARACTERS_MAX));
        tell(reference === -1 ? given.length : reference);
        return;
      }
      tell(start);
      if (!passMark(isLast)) return;
    }
  };

  return {
    line,
    write(text) {
      line();
      given = given.slice(at) + text;
      [at, countedTo] = [0, 0];
      read(false);
    },
    end() {
      read(true);
      at = given.length;
      const last = openElements.at(-1);
      if (last !== undefined) fail(`ends within <${last}>: the file was cut off.`, CUT_OFF);
      if (!hasRoot) throw new ImportFailure(where, 'holds no XML.', 'Name the file that the old system has exported.');
    },
  };
}

/** The first of two with one name counts. */
function readAttributes(text: string): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? bare ?? '';
    if (!Object.hasOwn(attributes, name)) attributes[name] = value.includes('&') ? decodeXML(value) : value;
  }
  return attributes;
}

const CUT_OFF = 'Download the export again, and compare its size. Nothing was written.';
const DAMAGED = 'Export again, without opening the file in an editor. Nothing was written.';
