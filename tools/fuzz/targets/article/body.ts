/** The body of an article: Markdown, or HTML or MDX where its first line says so. */

import fc from 'fast-check';
import { type Content, renderContent } from '../../../../lambda/article/content.ts';
import type { ContentSource } from '../../../../lambda/article/html/context.ts';
import { linkArticles } from '../../../../lambda/feed/entry/article-links.ts';
import type { NameHolder } from '../../../../lambda/state/name-state.ts';
import type { FuzzTarget } from '../../engine/target.ts';
import { countLines, judgeContent, judgeProblems } from '../../judges.ts';
import { articleSeeds, bytesOf, soupOf } from '../../seeds.ts';
import { FUZZ_SITE } from '../../site.ts';
import { HTML_WORDS, MARKDOWN_WORDS, MDX_WORDS } from '../../words.ts';

interface Outcome {
  readonly content: Content;
  /** With the links to other articles where those are, as far as they are. */
  readonly html: string;
  /** Its text when it is included in another article. */
  readonly again: string;
}

const CONTEXT = { key: 'posts/a.md', articleUrl: 'https://coast.example/paper/posts/a/', site: FUZZ_SITE };

export const target: FuzzTarget<Outcome> = {
  name: 'body',
  seeds: () => [
    ...articleSeeds(['.md']),
    ...articleSeeds(['.html']).map((body) => bytesOf(`html\n${new TextDecoder().decode(body)}`)),
    ...articleSeeds(['.mdx']).map((body) => bytesOf(`mdx\n${new TextDecoder().decode(body)}`)),
  ],
  dictionary: [...MARKDOWN_WORDS, ...HTML_WORDS, ...MDX_WORDS],
  inputs: fc.oneof(
    soupOf(MARKDOWN_WORDS),
    soupOf([...HTML_WORDS, ...MARKDOWN_WORDS], ['html\n']),
    soupOf([...MDX_WORDS, ...MARKDOWN_WORDS], ['mdx\n']),
  ),
  run(input) {
    const content = renderContent(sourceOf(new TextDecoder().decode(input)), CONTEXT);
    const { html } = linkArticles(content.html, content.links, CONTEXT.key, holdersOf);
    // Brackets, braces and colons are template code to whoever reads it first, and text to whoever reads it again.
    const text = html.replaceAll('{', '&#123;').replaceAll('[', '&#91;').replaceAll(':::', ':&#58;:');
    const again = renderContent({ kind: 'html', text, firstLine: 1 }, CONTEXT);
    return { content, html, again: linkArticles(again.html, again.links, CONTEXT.key, holdersOf).html };
  },
  judge: ({ content, html, again }, input) => [
    ...judgeContent(html),
    ...judgeProblems(content.problems, countLines(input)),
    ...(again === html ? [] : ['sanitised again it is something else']),
  ],
};

/** Half of all files are there, and are articles at addresses of their own. */
function holdersOf(name: string): readonly NameHolder[] {
  const isThere = name.length % 2 === 1;
  return isThere
    ? [{ key: `posts/${name}.md`, url: `https://coast.example/paper/there/${encodeURIComponent(name)}/`, id: '1' }]
    : [];
}

function sourceOf(input: string): ContentSource {
  const [kind = ''] = input.split('\n', 1);
  if (kind === 'html') return { kind, text: input.slice(5), firstLine: 2 };
  if (kind === 'mdx') return { kind: 'markdown', mdx: true, text: input.slice(4), firstLine: 2 };
  return { kind: 'markdown', text: input, firstLine: 1 };
}
