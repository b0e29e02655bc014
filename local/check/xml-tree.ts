/**
 * A document in XML 1.0 with namespaces, as a tree, read strictly: what is not well-formed is refused with its line. For
 * documents without a DOCTYPE, which feeds have none of.
 */

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Empty for an element that is in none. */
  readonly namespace: string;
  /** By name as written; declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text right in it, without that of its children. */
  readonly text: string;
}

/** Says what is wrong, and in which line. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

interface OpenElement {
  readonly written: string;
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly prefixes: ReadonlyMap<string, string>;
  text: string;
}

const DEPTH_MAX = 200;
const PLAIN_NAME = String.raw`[\p{L}_][\p{L}\p{N}_.-]*`;
const NAME = `${PLAIN_NAME}(?::${PLAIN_NAME})?`;
const TOKEN = new RegExp(
  [
    '<!--(?:(?!--)[^])*-->',
    String.raw`<!\[CDATA\[([^]*?)\]\]>`,
    String.raw`<\?(${PLAIN_NAME})(?:\s[^]*?)?\?>`,
    String.raw`</(${NAME})\s*>`,
    String.raw`<(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`,
    '([^<]+)',
  ].join('|'),
  'uy',
);
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'gu');
/** Characters that no document may hold, whichever way they are written (XML 1.0, 2.2). */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** Gives the root. Throws an `XmlError` for a document that is not well-formed. */
export function parseXml(source: string): XmlElement {
  const reader = createReader(source);
  const forbidden = FORBIDDEN.exec(source);
  if (forbidden !== null) throw reader.error(forbidden.index, 'holds a character that XML has no place for');
  let place = 0;
  while (place < source.length) {
    TOKEN.lastIndex = place;
    const token = TOKEN.exec(source);
    if (token === null) throw reader.error(place, 'is not well-formed');
    reader.take(token, place);
    place = TOKEN.lastIndex;
  }
  return reader.end();
}

interface Reader {
  take(token: RegExpExecArray, place: number): void;
  end(): XmlElement;
  error(place: number, what: string): XmlError;
}

function createReader(source: string): Reader {
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  const error = (place: number, what: string): XmlError =>
    new XmlError(`line ${source.slice(0, place).split('\n').length} ${what}`);

  function addText(text: string, place: number): void {
    const parent = open.at(-1);
    if (parent === undefined) throw error(place, 'has text outside of the root');
    parent.text += text;
  }

  function begin(written: string, attributesText: string, place: number): void {
    const parent = open.at(-1);
    if (parent === undefined && root !== null) throw error(place, 'begins a second root');
    if (open.length >= DEPTH_MAX) throw error(place, 'lies too deep');
    const all = new Map<string, string>();
    for (const [, name = '', double, single] of attributesText.matchAll(ATTRIBUTE)) {
      if (all.has(name)) throw error(place, `has the attribute ${name} twice`);
      all.set(name, decode(double ?? single ?? '', place));
    }
    const prefixes = declare(all, parent?.prefixes ?? new Map([['xml', XML_NAMESPACE]]));
    const attributes = new Map([...all].filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:')));
    for (const name of attributes.keys()) if (name.includes(':')) resolve(name, prefixes, place);
    open.push({ written, ...resolve(written, prefixes, place), attributes, prefixes, children: [], text: '' });
  }

  function finish(written: string, place: number): void {
    const element = open.pop();
    if (element === undefined || element.written !== written) throw error(place, `ends ${written}, which is not open`);
    const { name, namespace, attributes, children, text } = element;
    const done: XmlElement = { name, namespace, attributes, children, text };
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  }

  function resolve(
    written: string,
    prefixes: ReadonlyMap<string, string>,
    place: number,
  ): { readonly name: string; readonly namespace: string } {
    const [prefix, name] = written.includes(':') ? written.split(':') : ['', written];
    const namespace = prefixes.get(prefix ?? '');
    if (namespace === undefined && prefix !== '') throw error(place, `has a prefix that nothing declares: ${prefix}`);
    return { name: name ?? '', namespace: namespace ?? '' };
  }

  function decode(text: string, place: number): string {
    return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+))?(;?)/g, (whole, decimal, hex, name = '', end = '') => {
      const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : null;
      const known = code === null ? ENTITIES.get(name) : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
      if (known === undefined || end === '') throw error(place, `has a reference to nothing: ${whole}`);
      if (FORBIDDEN.test(known)) throw error(place, `refers to a character that XML has no place for: ${whole}`);
      return known;
    });
  }

  return {
    error,
    take([, cdata, instruction, closed, opened, attributes = '', selfClosed, text], place) {
      if (cdata !== undefined) addText(cdata, place);
      else if (text !== undefined) {
        if (text.includes(']]>')) throw error(place, 'has “]]>” in a text');
        if (open.length > 0 || text.trim() !== '') addText(decode(text, place), place);
      } else if (closed !== undefined) finish(closed, place);
      else if (opened !== undefined) {
        begin(opened, attributes, place);
        if (selfClosed === '/') finish(opened, place);
      } else if (instruction?.toLowerCase() === 'xml' && place > 0) {
        throw error(place, 'has an XML declaration, which may only be the very first thing');
      }
    },
    end() {
      const unclosed = open.at(-1);
      if (unclosed !== undefined) throw error(source.length, `leaves ${unclosed.written} open`);
      if (root === null) throw error(0, 'has no element');
      return root;
    },
  };
}

function declare(
  attributes: ReadonlyMap<string, string>,
  around: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [...attributes].flatMap(([name, value]): [string, string][] =>
    name === 'xmlns' ? [['', value]] : name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [],
  );
  return own.length === 0 ? around : new Map([...around, ...own]);
}
