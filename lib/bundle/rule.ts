/** A rule changes a file of one package on its way into the bundle, and nothing of what the publisher calls. */

export interface Rule {
  readonly file: RegExp;
  readonly loader: 'js' | 'json' | 'ts';
  /** The text that goes into the bundle in place of the file's own. */
  readonly rewrite: (text: string, path: string) => string | Promise<string>;
}

/** Exchanges every part of a text that a pattern finds, and fails where it finds none: the package has changed. */
export function exchange(text: string, pattern: RegExp, replacement: string): string {
  if (text.search(pattern) === -1) throw new Error(`No part of it is as lib/bundle expects: ${pattern}.`);
  return text.replace(pattern, replacement);
}

/** A module that offers the same functions and classes, none of which works. */
export function leaveOut(text: string): string {
  const functions = [...text.matchAll(/^export (?:const|(?:async )?function) (\w+)/gm)].map(([, name]) => name);
  const classes = [...text.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
  if (functions.length + classes.length === 0) throw new Error('It offers nothing that lib/bundle could leave out.');
  const failure = (name = '') => `throw new Error('${name} is not in the bundle.')`;
  return [
    ...functions.map((name) => `export const ${name} = () => { ${failure(name)}; };`),
    ...classes.map((name) => `export class ${name} { constructor() { ${failure(name)}; } }`),
  ].join('\n');
}

/** A module whose classes lack these methods, which nothing else in it may call. */
export function leaveOutMethods(text: string, names: readonly string[]): string {
  const code = text.replace(/^ *\/\*\*[\s\S]*?\*\/$/gm, '');
  const shorter = names.reduce(
    (rest, name) =>
      exchange(
        rest,
        new RegExp(`^ {4}(?:/\\*.*\\*/ )?(?:static |async )*${name}\\(.*\\) \\{$[\\s\\S]*?^ {4}\\}$`, 'gm'),
        '',
      ),
    code,
  );
  for (const name of names) {
    if (shorter.includes(`.${name}(`)) throw new Error(`Something in it calls ${name}, which lib/bundle leaves out.`);
  }
  return shorter;
}
