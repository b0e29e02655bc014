/** The shape of a hostile input, with the outcome that it must have. */

export interface HostileInput {
  /** Family and number, or what is special about it: says where to look when it does harm. */
  readonly name: string;
  /** Key in the content store. */
  readonly key: string;
  readonly body: string | Uint8Array;
  readonly expected: Expected;
}

export type Expected =
  /** In the feeds, whatever else is warned of. */
  | { readonly kind: 'published' }
  /** Not in the feeds, and one of its problems has this code. */
  | { readonly kind: 'refused'; readonly code: string }
  /** No article at all, and no word about it. */
  | { readonly kind: 'ignored' };

export const PUBLISHED: Expected = { kind: 'published' };
export const IGNORED: Expected = { kind: 'ignored' };

export function refused(code: string): Expected {
  return { kind: 'refused', code };
}

/** A Markdown file of these front matter lines and this text. */
export function markdown(lines: readonly string[], text: string): string {
  return ['---', ...lines, '---', '', text, ''].join('\n');
}

/** Lines of YAML of which each names the list before it nine times: 9^9 values from nine lines. */
export const BILLION_LAUGHS: readonly string[] = [
  'a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]',
  ...[...'bcdefghi'].map((name, index) => {
    const before = String.fromCharCode('a'.charCodeAt(0) + index);
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
  }),
];
