/**
 * The title that an author gave a block of code, mostly the name of the file it belongs to. Systems write it behind the
 * language: `title="a.js"` (Docusaurus, MkDocs, Hugo, Astro), `filename=` (Nextra), `:title=a.js` (Gatsby), `[a.js]` (Nuxt), `js:a.js` (Zenn),
 * and Hexo as bare words, `ruby a.rb https://… source`.
 */

import type { MarkdownIt, StateCore } from 'markdown-it';
import { escapeAttribute, escapeText } from '../../../../text/characters.ts';

export interface CodeTitle {
  readonly title: string;
  /** Where the whole file is, and the words that lead there; null where none is named. */
  readonly source: { readonly url: string; readonly text: string } | null;
}

export function addCodeTitles(parser: MarkdownIt): void {
  // Before lists of attributes are read: of those, only the language stays.
  parser.core.ruler.after('block', 'code_titles', ({ tokens }: StateCore) => {
    for (const token of tokens) if (token.type === 'fence') token.meta = { title: readTitle(token.info) };
  });
  const renderFence = parser.renderer.rules.fence;
  if (renderFence === undefined) return;
  parser.renderer.rules.fence = (tokens, index, options, environment, renderer) => {
    const code = renderFence(tokens, index, options, environment, renderer);
    const title = tokens[index]?.meta?.title as CodeTitle | null | undefined;
    return title === null || title === undefined ? code : `${titledCode(title, code.trimEnd())}\n`;
  };
}

/** A block of code as HTML below its title. */
export function titledCode({ title, source }: CodeTitle, code: string): string {
  const link = source && ` <a href="${escapeAttribute(source.url)}">${escapeText(source.text)}</a>`;
  return `<figure>\n<figcaption>${escapeText(title)}${link ?? ''}</figcaption>\n${code}\n</figure>`;
}

const INFO_CHARACTERS_MAX = 1_000;
const NAMED = /(?:^|[\s{,:])(?:title|filename|file|caption)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))/;
/** Words without a name are a title only where they are the name of a file: others are switches of a highlighter. */
const FILE_NAME = /^(?:[\w@.-]+\/)*[\w@.-]*\w\.[a-z]\w{0,9}$/i;

function readTitle(info: string): CodeTitle | null {
  const written = info.slice(0, INFO_CHARACTERS_MAX);
  const named = NAMED.exec(written);
  const title = (named?.[1] ?? named?.[2] ?? named?.[3] ?? '').trim();
  if (title !== '') return { title, source: null };
  const bracketed = /(?<=\s)\[([^\]]+)\]/.exec(written)?.[1] ?? '';
  if (FILE_NAME.test(bracketed)) return { title: bracketed, source: null };
  // Zenn and Qiita: `js:src/a.js`.
  const behind = /^[\w+#-]+:(\S+)/.exec(written.trim())?.[1] ?? '';
  if (FILE_NAME.test(behind)) return { title: behind, source: null };
  const [, name = '', url, ...text] = written.trim().split(/\s+/);
  if (!FILE_NAME.test(name)) return null;
  return { title: name, source: url?.match(/^https?:\/\//) ? { url, text: text.join(' ') || 'link' } : null };
}
