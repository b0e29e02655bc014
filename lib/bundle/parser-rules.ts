/** What parsers and renderers bring along for others. */

import { isDeepStrictEqual } from 'node:util';
import { exchange, type Rule } from './rule.ts';

export const PARSER_RULES: readonly Rule[] = [
  { file: /[\\/]markdown-it[\\/]dist[\\/]markdown-it\.mjs$/, loader: 'js', rewrite: forgetTypography },
  { file: /[\\/]js-yaml[\\/].*\.mjs$/, loader: 'js', rewrite: markPure },
  { file: /[\\/]mime[\\/].*[\\/]standard\.js$/, loader: 'js', rewrite: packTypes },
  { file: /[\\/]feed[\\/]lib[\\/]feed\.js$/, loader: 'js', rewrite: leaveToWriters },
];

/** Rules for quotation marks and dashes, which must be asked for, and sets of rules that go by other names. */
function forgetTypography(text: string): string {
  const rules = exchange(text, /^\t\["(?:replacements|smartquotes)", \w+\],$/gm, '');
  return exchange(rules, /^\tzero: \{$[\s\S]*?^\t\}\n(?=\};$)/gm, '');
}

/** What stands at the top of the module is worked out only where it is used: calls and copies look as if they did more. */
function markPure(text: string): string {
  const variable = /^var (\w+) = (.*|.*\n(?:(?:[\t}].*)?\n)*?[\]})].*);$/gm;
  return exchange(text, variable, 'var $1 = /* @__PURE__ */ (() => ($2))();');
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

/** The package's writers, in place of which the publisher has its own (docs/decisions/007). */
function leaveToWriters(text: string): string {
  const failure = '(() => { throw new Error("The writers of the feed package are not in the bundle."); })()';
  return exchange(exchange(text, /^import .* from "xml-js";$/gm, ''), /\b\w+_default\(this\)/g, failure);
}
