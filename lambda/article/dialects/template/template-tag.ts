/** How one piece of template code is written: Hugo's `{{< >}}` and `{{% %}}`, Liquid's (Jekyll, Hexo, Eleventy) `{% %}` and `{{ }}`. */

export interface TemplateTag {
  /** Hugo's shortcodes, Liquid's tags, and expressions whose value is printed. */
  readonly kind: 'shortcode' | 'tag' | 'output';
  /** `figure`, `endraw`; for an output the expression. */
  readonly name: string;
  /** What follows the name. */
  readonly rest: string;
  /** `{{< /highlight >}}`: what closes a shortcode. */
  readonly closes: boolean;
  /** From where to where in the text it stands. */
  readonly start: number;
  readonly end: number;
}

const DELIMITERS = [
  { open: '{{<', close: '>}}', kind: 'shortcode' },
  { open: '{{%', close: '%}}', kind: 'shortcode' },
  { open: '{{{', close: '}}}', kind: 'output' },
  { open: '{{', close: '}}', kind: 'output' },
  { open: '{%', close: '%}', kind: 'tag' },
] as const;

/** Template code longer than this is taken for text. */
const TAG_CHARACTERS_MAX = 8_192;

/** Where a string next stands in a text, from a place that never goes back; -1 when nowhere. */
export type Finder = (sought: string, from: number) => number;

/** Remembers what it found, so that a text full of beginnings without ends is searched once and not once for each. */
export function createFinder(text: string): Finder {
  const found = new Map<string, number>();
  return (sought, from) => {
    const known = found.get(sought);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const place = text.indexOf(sought, from);
    found.set(sought, place);
    return place;
  };
}

/** The piece of template code that begins here, or null if none does or it has no end. */
export function parseTag(text: string, start: number, find: Finder): TemplateTag | null {
  const delimiter = DELIMITERS.find(({ open }) => text.startsWith(open, start));
  if (delimiter === undefined) return null;
  const from = start + delimiter.open.length;
  const length = find(delimiter.close, from) - from;
  if (length < 0 || length > TAG_CHARACTERS_MAX) return null;
  // A value to be printed holds no paragraphs, save in marks of its own.
  const written = text.slice(from, from + length);
  if (delimiter.kind === 'output' && !/["'`]/.test(written) && /\n[ \t]*\n/.test(written)) return null;
  // `-` and `~` at the edges trim white space around the tag, nothing else.
  const inner = written.replace(/^[-~]|[-~/]$/g, '').trim();
  const place = { start, end: from + length + delimiter.close.length };
  if (delimiter.kind === 'output') return { kind: 'output', name: inner, rest: '', closes: false, ...place };
  const [, slash, name = '', rest = ''] = /^(\/?)\s*([^\s/"'=(]*)\s*(.*)$/s.exec(inner) ?? [];
  return { kind: delimiter.kind, name, rest, closes: slash === '/', ...place };
}

export interface TagArguments {
  readonly positional: readonly string[];
  readonly named: Readonly<Record<string, string | undefined>>;
}

/**
 * `"a.png" 'alt' width=100 lang:js` → two positional arguments and two named ones; commas between them don't count, and
 * neither do Zola's brackets around them.
 */
export function parseArguments(text: string): TagArguments {
  const positional: string[] = [];
  const named: Record<string, string> = Object.create(null);
  const pattern =
    /(?:([\w-]+)(?:\s*=\s*|:(?!\/\/)\s*))?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|([^\s,"'`]\S*))/gs;
  const inner = text.startsWith('(') ? text.slice(1).replace(/\)\s*$/, '') : text;
  for (const [, name, double, single, back, bare] of inner.matchAll(pattern)) {
    const value = (double ?? single)?.replace(/\\(["'\\])/g, '$1') ?? back ?? bare?.replace(/,$/, '') ?? '';
    if (name === undefined) positional.push(value);
    else named[name.toLowerCase()] = value;
  }
  return { positional, named };
}
