import { expect, it } from 'vitest';
import { parseOne } from '../../article-file.ts';

const html = (text: string) => parseOne('a.md', text).contentHtml;

it.each([
  ['{# a #} {# b #} {# c #} {# d #} Text <!-- private -->', '<p>Text </p>'],
  ['{% a %} {% b %} {% c %} {% d %} {% e %} Text <!-- private -->', '<p>Text </p>'],
  ['One.\n\n{# a #}     Two.', '<p>One.</p>\n<p>Two.</p>'],
  ['- One\n  {# a #} two', '<ul>\n<li>One\ntwo</li>\n</ul>'],
  ['One {# a #} two', '<p>One  two</p>'],
  ['One {>> private <<} two', '<p>One  two</p>'],
  ['One {/* private */} two', '<p>One  two</p>'],
  ['Of `{/* shown */}` and {>> no end', '<p>Of <code>{/* shown */}</code> and {&gt;&gt; no end</p>'],
  ['    {# shown #}', '<pre><code>{# shown #}\n</code></pre>'],
])('a line that begins with code which shows nothing is no code: %s', (text, shown) => {
  expect(html(text).trim()).toBe(shown);
});

it('takes a time by its length', () => {
  expect(html(`${'{# a #} '.repeat(30_000)}Text`)).toBe('<p>Text</p>');
});
