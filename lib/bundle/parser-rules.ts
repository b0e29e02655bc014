/** What parsers and renderers bring along for others. */

import { isDeepStrictEqual } from 'node:util';
import { typeFromName } from '../../lambda/article/media/media-types.ts';
import { exchange, type Rule } from './rule.ts';

export const PARSER_RULES: readonly Rule[] = [
  { file: /[\\/]htmlparser2[\\/]dist[\\/](?:Tokenizer|Parser)\.js$/, loader: 'ts', rewrite: restoreEnums },
  {
    file: /[\\/]entities[\\/]dist[\\/](?:index|decode|internal[\\/]bin-trie-flags)\.js$/,
    loader: 'ts',
    rewrite: restoreEnums,
  },
  { file: /[\\/]markdown-it[\\/]dist[\\/]markdown-it\.mjs$/, loader: 'js', rewrite: shortenMarkdown },
  { file: /[\\/]js-yaml[\\/].*\.mjs$/, loader: 'js', rewrite: shortenYaml },
  { file: /[\\/]mime[\\/].*[\\/]standard\.js$/, loader: 'js', rewrite: packTypes },
  { file: /[\\/]image-size[\\/].*[\\/]types[\\/]index\.js$/, loader: 'js', rewrite: keepNamedPictures },
  { file: /[\\/]feed[\\/]lib[\\/]feed\.js$/, loader: 'js', rewrite: leaveToWriters },
];

/** TypeScript has made each an object of names and numbers. Of an enum, esbuild writes the numbers where the names stand. */
function restoreEnums(text: string): string {
  const compiled = /\bvar (\w+);\n\(function \(\1\) \{\n([\s\S]*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm;
  const enums = exchange(text, compiled, 'enum $1 {\n$2}');
  return exchange(enums, /^ +(\w+)\[\1\["(\w+)"\] = (\d+)\] = "\2";$/gm, '$2 = $3,');
}

/**
 * Rules for quotation marks and dashes, which must be asked for, and sets of rules that go by other names. Fields are
 * set and not defined, which is the same where no class above has them.
 */
function shortenMarkdown(text: string): string {
  const rules = exchange(text, /^\t\["(?:replacements|smartquotes)", \w+\],$/gm, '');
  const oneSet = exchange(rules, /^\tzero: \{$[\s\S]*?^\t\}\n(?=\};$)/gm, '');
  return exchange(oneSet, /\b_defineProperty\(\s*this,\s*(?:\/\*\*[\s\S]*?\*\/\s*)?"(\w+)",/g, '(this.$1 =');
}

/**
 * What stands at the top of the module is worked out only where it is used: calls and copies look as if they did more.
 * Of an error nobody is shown the lines around it.
 */
function shortenYaml(text: string): string {
  const withoutLines = exchange(text, /^\t+mark\.snippet = makeSnippet\(mark\);$/gm, '');
  const variable = /^var (\w+) = (.*|.*\n(?:(?:[\t}].*)?\n)*?[\]})].*);$/gm;
  return exchange(withoutLines, variable, 'var $1 = /* @__PURE__ */ (() => ($2))();');
}

/** Two thirds of the table are the same beginnings, quotation marks and brackets again and again. */
function packTypes(text: string): string {
  const [, table] = /^const types = (\{[\s\S]*?^\});$/m.exec(text) ?? [];
  if (table === undefined) throw new Error('It no longer begins with a table.');
  const types: Record<string, string[]> = new Function(`return ${table}`)();
  const kinds = Map.groupBy(Object.entries(types), ([type]) => type.slice(0, type.indexOf('/') + 1));
  const packed = [...kinds].map(([kind, members]) =>
    [kind, ...members.map(([type, endings]) => [type.slice(kind.length), ...endings].join(' '))].join('\n'),
  );
  const written = packed.join('\n\n');
  if (!isDeepStrictEqual(unpackTypes(written), types)) throw new Error('Its table can not be packed.');
  return `export default (${unpackTypes})(${JSON.stringify(written)});`;
}

/** Goes into the bundle as it is. */
function unpackTypes(packed: string): Record<string, string[]> {
  const types: Record<string, string[]> = {};
  for (const lines of packed.split('\n\n')) {
    const [kind, ...members] = lines.split('\n');
    for (const member of members) {
      const [type, ...endings] = member.split(' ');
      types[`${kind}${type}`] = endings;
    }
  }
  return types;
}

/** Sizes are asked for of pictures only, and a file is one by its beginning or name: others are none, `.icns` or `.tga`. */
function keepNamedPictures(text: string): string {
  const reader = /^ +\['([\w-]+)', \w+\],$/gm;
  exchange(text, reader, '');
  return text.replace(reader, (line, kind: string) => (typeFromName(kind.replace('-stream', '')) === null ? '' : line));
}

/** The package's writers, in place of which the publisher has its own (docs/decisions/007). */
function leaveToWriters(text: string): string {
  const failure = '(() => { throw new Error("The writers of the feed package are not in the bundle."); })()';
  return exchange(exchange(text, /^import .* from "xml-js";$/gm, ''), /\b\w+_default\(this\)/g, failure);
}
