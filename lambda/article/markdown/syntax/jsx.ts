/** Tags as JSX writes them: `<Box wide size={3} {...rest}>`. */

export interface JsxTag {
  /** '' for a fragment. */
  readonly name: string;
  readonly closes: boolean;
  readonly selfCloses: boolean;
  /** Values are what the source holds: `"…"`, `{…}`, or true for a bare name. */
  readonly attributes: Readonly<Record<string, string | true>>;
  /** The place behind it. */
  readonly end: number;
}

const TAG_CHARACTERS_MAX = 8_192;
const ATTRIBUTES_MAX = 100;

/** The tag that begins here, or null when there is none. */
export function parseJsxTag(text: string, start: number): JsxTag | null {
  const opening = /^<(\/?)([A-Za-z][\w.-]*)?(?=[\s/>])/.exec(text.slice(start, start + 100));
  if (opening === null) return null;
  const [written, slash, name = ''] = opening;
  const attributes: Record<string, string | true> = Object.create(null);
  let at = start + written.length;
  for (let count = 0; count < ATTRIBUTES_MAX; count += 1) {
    const rest = text.slice(at, start + TAG_CHARACTERS_MAX);
    const end = /^\s*(\/?)>/.exec(rest);
    if (end !== null) {
      return { name, closes: slash === '/', selfCloses: end[1] === '/', attributes, end: at + end[0].length };
    }
    const next = parseAttribute(text, at, rest, attributes);
    if (next === null) return null;
    at = next;
  }
  return null;
}

/** Reads one attribute and gives the place behind it. */
function parseAttribute(
  text: string,
  at: number,
  rest: string,
  attributes: Record<string, string | true>,
): number | null {
  const spread = /^\s+\{/.exec(rest);
  if (spread !== null) return endOfBraces(text, at + spread[0].length - 1);
  const [written, name, quoted, opener] =
    /^\s*([A-Za-z_:@][\w:.-]*)(?:\s*=\s*(?:("[^"]*"|'[^']*')|(\{)|[^\s"'{}>=`]+))?/.exec(rest) ?? [];
  if (written === undefined || name === undefined) return null;
  if (opener === undefined) {
    attributes[name] = quoted ?? (written.includes('=') ? `"${written.slice(written.indexOf('=') + 1).trim()}"` : true);
    return at + written.length;
  }
  const end = endOfBraces(text, at + written.length - 1);
  if (end !== null) attributes[name] = text.slice(at + written.length - 1, end);
  return end;
}

const EXPRESSION_CHARACTERS_MAX = 20_000;

/** The place behind the brace that closes the one that stands here; null when none does. Strings don't count. */
export function endOfBraces(text: string, start: number): number | null {
  const pattern = /[{}]|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
  const room = text.slice(start, start + EXPRESSION_CHARACTERS_MAX);
  let depth = 0;
  for (const { 0: token, index } of room.matchAll(pattern)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth === 0) return start + index + 1;
  }
  return null;
}

/** Docusaurus: `require('./a.png').default`, `useBaseUrl('/a.png')`. */
const FILE_CALL = /^(?:require|useBaseUrl)\(\s*(["'])([^"'\n]+)\1,?\s*\)(?:\.default)?$/;

/** The value of an attribute or expression when it is a plain string or number; null when it would have to be computed. */
export function plainValue(written: string | true | undefined, names: ReadonlyMap<string, string>): string | null {
  if (written === undefined || written === true) return null;
  const inner = written.startsWith('{') ? written.slice(1, -1).trim() : written;
  const [, double, single, back] = /^(?:"([^"]*)"|'([^']*)'|`([^`$]*)`)$/s.exec(inner) ?? [];
  const text = double ?? single ?? back ?? FILE_CALL.exec(inner)?.[2];
  if (text !== undefined) return text;
  if (/^-?\d+(?:\.\d+)?$/.test(inner)) return inner;
  return names.get(inner.replace(/\.(?:src|default)$/, '')) ?? null;
}
