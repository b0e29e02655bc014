/**
 * Settings that are program code: Docusaurus, VitePress, Astro, Eleventy, Nikola, Pelican. Code is never run. A name with a
 * plain text behind it is a field; of several of one name in JavaScript the one that lies in the fewest braces counts,
 * which is that of the site and not of a link in its menu.
 */

import { createFields, type Fields } from '../../lambda/model/fields.ts';
import { type CodeLanguage, parseCode } from '../../lambda/site/folder/readers/settings-code.ts';

const PYTHON = /^([A-Z][A-Z_]*)[ \t]*=[ \t]*u?(["'])([^"'\\\n]*)\2[ \t]*$/gm;
const JAVASCRIPT = /(?<![\w$.])(["']?)(\w+)\1[ \t]*:\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)[ \t]*(?=[,}\n])/g;

export function readCodeFields(text: string, language: CodeLanguage): Fields {
  const { bare, plain } = parseCode(text, language);
  if (language === 'python') {
    return createFields([...bare.matchAll(PYTHON)].map(([, name = '', , value = '']) => ({ name, value, line: null })));
  }
  const found = new Map<string, { readonly depth: number; readonly value: string }>();
  let depth = 0;
  let at = 0;
  for (const match of bare.matchAll(JAVASCRIPT)) {
    for (; at < match.index; at += 1) depth += Number(plain[at] === '{') - Number(plain[at] === '}');
    const [, , name = '', double, single, back] = match;
    const former = found.get(name);
    if (former !== undefined && former.depth <= depth) continue;
    found.set(name, { depth, value: double ?? single ?? back ?? '' });
  }
  return createFields([...found].map(([name, { value }]) => ({ name, value, line: null })));
}
