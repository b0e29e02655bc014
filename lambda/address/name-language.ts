/**
 * The language that the name of a file tells: `index.de.md`, `post.pt-br.md`, as Hugo, Zola, Nikola, Grav and Docusaurus name
 * translations. An ending that could be one is not always: `socket.io.md` is not written in Ido.
 */

import { canonicalTag } from '../text/language.ts';

const NAMED = /^(.*[^/])\.([a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,2})(\.[^./]+)$/is;

export interface NamedLanguage {
  /** BCP 47, in its canonical spelling. */
  readonly tag: string;
  /** Content key of what it is a translation of, by its name. */
  readonly original: string;
  /** Nothing else can be meant: Hugo's `index.de.md`. */
  readonly isCertain: boolean;
}

/** Null where the name tells of no language that there is. */
export function nameLanguage(key: string): NamedLanguage | null {
  const [, name = '', ending = '', extension = ''] = NAMED.exec(key) ?? [];
  const tag = ending === '' ? null : canonicalTag(ending);
  if (tag === null || !isLanguage(tag)) return null;
  return { tag, original: name + extension, isCertain: /(?:^|\/)_?index$/i.test(name) };
}

const MARKDOWN = /\.(?:markdown|mdx)$/i;

/** What all translations of one text, and their original, have in common: its key, whichever kind of Markdown each is written in. */
export function familyName(key: string): string {
  return (nameLanguage(key)?.original ?? key).replace(MARKDOWN, '.md');
}

/** The keys that the original of a translation may have, that of its own kind first. */
export function originalKeys({ original }: Pick<NamedLanguage, 'original'>): readonly string[] {
  const [, name] = /^(.*)\.(?:md|markdown|mdx)$/is.exec(original) ?? [];
  const others = name === undefined ? [] : ['md', 'mdx', 'markdown'].map((ending) => `${name}.${ending}`);
  return [...new Set([original, ...others])];
}

let names: Intl.DisplayNames | undefined;

function isLanguage(tag: string): boolean {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names.of(tag.split('-', 1)[0] ?? '') !== undefined;
}
