/**
 * Whether a text is a well-formed XML 1.0 document with namespaces, strictly, for documents without a document type.
 * Written apart from the publisher's writer and from the parsers that other tests read with.
 */

const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const PIECE = new RegExp(
  [
    String.raw`<!\[CDATA\[(?<data>[\s\S]*?)\]\]>`,
    '<!--(?<comment>(?:[^-]|-[^-])*)-->',
    String.raw`<\?(?<instruction>[A-Za-z][\w.-]*)(?:\s[\s\S]*?)?\?>`,
    String.raw`</(?<end>${NAME})\s*>`,
    String.raw`<(?<start>${NAME})(?<attributes>(?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
const ATTRIBUTE = new RegExp(String.raw`(?<name>${NAME})\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')`, 'g');

/** What is wrong with an XML document, the first fault only; nothing when it is well-formed. */
export function checkXml(bytes: Uint8Array): readonly string[] {
  const xml = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  try {
    readDocument(xml);
    return [];
  } catch (error) {
    if (error instanceof Fault) return [error.message];
    throw error;
  }
}

class Fault extends Error {}

interface OpenElement {
  readonly name: string;
  readonly prefixes: ReadonlySet<string>;
}

function readDocument(xml: string): void {
  const forbidden = FORBIDDEN.exec(xml);
  if (forbidden !== null) throw new Fault(`forbidden character ${JSON.stringify(forbidden[0])}`);
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')) throw new Fault('no declaration');
  const open: OpenElement[] = [];
  let roots = 0;
  for (PIECE.lastIndex = 0; PIECE.lastIndex < xml.length; ) {
    const at = PIECE.lastIndex;
    const groups = PIECE.exec(xml)?.groups;
    if (groups === undefined) throw new Fault(`markup that is none: ${JSON.stringify(xml.slice(at, at + 40))}`);
    const { start, end, attributes = '', empty, text, data, instruction } = groups;
    if (instruction?.toLowerCase() === 'xml' && at > 0) throw new Fault('a second declaration');
    if (text !== undefined) checkText(text, open.length);
    if (data !== undefined && open.length === 0) throw new Fault('character data outside the root');
    if (end !== undefined && open.pop()?.name !== end) throw new Fault(`</${end}> closes something else`);
    if (start === undefined) continue;
    if (open.length === 0) roots += 1;
    const element = openElement(start, attributes, open.at(-1)?.prefixes ?? new Set(['xml', '']));
    if (empty === '') open.push(element);
  }
  if (open.length > 0) throw new Fault(`<${open.at(-1)?.name}> is not closed`);
  if (roots !== 1) throw new Fault(`${roots} roots`);
}

function checkText(text: string, depth: number): void {
  if (depth === 0 && text.trim() !== '') throw new Fault('text outside the root');
  if (text.includes(']]>')) throw new Fault(']]> in text');
  checkReferences(text);
}

function openElement(name: string, attributes: string, outer: ReadonlySet<string>): OpenElement {
  const prefixes = new Set(outer);
  const names: string[] = [];
  for (const { groups } of attributes.matchAll(ATTRIBUTE)) {
    const attribute = groups?.name ?? '';
    checkReferences(groups?.double ?? groups?.single ?? '');
    if (names.includes(attribute)) throw new Fault(`${attribute} twice in <${name}>`);
    names.push(attribute);
    if (attribute.startsWith('xmlns:')) prefixes.add(attribute.slice(6));
  }
  for (const used of [name, ...names.filter((attribute) => !attribute.startsWith('xmlns'))]) {
    const prefix = used.includes(':') ? used.slice(0, used.indexOf(':')) : '';
    if (!prefixes.has(prefix)) throw new Fault(`the prefix ${prefix} is not declared`);
  }
  return { name, prefixes };
}

function checkReferences(text: string): void {
  const rest = text.replace(/&(?:amp|lt|gt|quot|apos|#(\d+)|#x([\da-f]+));/gi, (_, decimal?: string, hex?: string) => {
    const point = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : 0x20;
    if (point > 0x10ffff || FORBIDDEN.test(String.fromCodePoint(point))) throw new Fault(`a reference to ${point}`);
    return '';
  });
  if (rest.includes('&')) throw new Fault(`a bare & in ${JSON.stringify(text.slice(0, 40))}`);
}
