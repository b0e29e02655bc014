import { expect, it } from 'vitest';
import { renderMarkdown } from '../../../../../lambda/article/markdown/markdown.ts';

const code = (text: string) =>
  renderMarkdown(`\`\`\`\n${text}\n\`\`\``, { docId: '' })
    .replace(/<[^>]+>/g, '')
    .replace(/\n$/, '');

it.each([
  ['let oar = 3 // [!code ++]', 'let oar = 3\n'],
  ['sail # [!code --]\nmast -- [!code warning]', 'sail\nmast\n'],
  ['// [!code highlight:2]\na\nb', 'a\nb\n'],
  ['  // highlight-next-line\n  a', '  a\n'],
  ['a {/* [!code focus] */}', 'a\n'],
  ['a <!-- [!code word:b c] -->', 'a\n'],
])('code loses the remarks for highlighters: %j', (text, shown) => {
  expect(code(text)).toBe(shown);
});

it.each(['a // [other]', 'a [!code ++]', '// [!code] is a mark'])('other remarks stay: %s', (text) => {
  expect(code(text)).toBe(`${text}\n`);
});
