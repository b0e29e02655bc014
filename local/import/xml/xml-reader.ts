/**
 * XML of any length, read as it comes. What a later reader could be led astray by is refused with its line: elements
 * that don't nest, an end in the middle, and declarations of entities, of which no export has need.
 */

import { Parser } from 'htmlparser2';
import { ImportFailure } from '../model/import-failure.ts';
import { countLines } from './text-chunks.ts';

export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
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

/** `where` is what messages call the file. */
export function createXmlReader(handler: XmlHandler, where: string): XmlReader {
  const openElements: string[] = [];
  let chunk = '';
  let chunkStart = 0;
  let linesBefore = 1;
  let isEnding = false;
  let hasRoot = false;
  let openedAt = -1;

  const line = (): number => linesBefore + countLines(chunk.slice(0, Math.max(0, parser.startIndex - chunkStart)));
  const fail = (what: string, fix: string): never => {
    throw new ImportFailure(`${where}:${line()}:`, what, fix);
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        openElements.push(name);
        openedAt = parser.startIndex;
        hasRoot = true;
        if (openElements.length > DEPTH_MAX) fail(`has elements nested more than ${DEPTH_MAX} deep.`, DAMAGED);
        handler.open(name, attributes);
      },
      ontext: (text) => handler.text(text),
      onclosetag(name, isImplied) {
        // An empty element (`<a/>`) is closed by the tag that opens it.
        if (isImplied && (isEnding || parser.startIndex !== openedAt)) {
          const end = `ends within <${name}>: the file was cut off.`;
          fail(isEnding ? end : `closes another element while <${name}> is open.`, isEnding ? CUT_OFF : DAMAGED);
        }
        openElements.pop();
        handler.close(name);
      },
      onprocessinginstruction(name, data) {
        if (/^!doctype$/i.test(name) && /\[|<!ENTITY/i.test(data)) {
          fail('declares entities of its own.', 'No export does that. Remove the DOCTYPE if you trust the file.');
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  return {
    line,
    write(text) {
      linesBefore += countLines(chunk);
      chunkStart += chunk.length;
      chunk = text;
      parser.write(text);
    },
    end() {
      isEnding = true;
      parser.end();
      if (!hasRoot) throw new ImportFailure(where, 'holds no XML.', 'Name the file that the old system has exported.');
    },
  };
}

const CUT_OFF = 'Download the export again, and compare its size. Nothing was written.';
const DAMAGED = 'Export again, without opening the file in an editor. Nothing was written.';
