/** What becomes of text that template code encloses, names or protects. */

import { describe, expect, it } from 'vitest';
import { renderContent } from '../../lambda/article/content.ts';
import { TEST_SITE } from '../article/article-file.ts';

function render(text: string) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1 }, context);
}

const html = (text: string) => render(text).html;

describe('text that goes with template code', () => {
  it.each([
    ['{% if a %}\nMind the *tide*, all.\n{% endif %}', '{% if %}', '4 words, “Mind the *tide*, all.”'],
    ['{% capture a %}Mind the tide.{% endcapture %}', '{% capture a %}', '3 words, “Mind the tide.”'],
    ['{% set a %}Mind the tide.{% endset %}{{ b }}', '{% set a %}', '3 words, “Mind the tide.”'],
    ['{{< pull "Mind the tide." >}}', '{{< pull >}}', '3 words, “Mind the tide.”'],
    ['{{< figure caption="Mind the tide." >}}', '{{< figure >}}', '3 words, “Mind the tide.”'],
    ['{% for a in b %}潮を見よ{% endfor %}', '{% for %}', '4 words, “潮を見よ”'],
  ])('is told of: %s', (text, code, amount) => {
    const { html: shown, problems } = render(`One.\n\n${text}\n\nTwo.`);
    expect(shown).toBe('<p>One.</p>\n<p>Two.</p>');
    expect(problems.at(-1)?.message).toBe(
      `The template code ${code} can't be rendered in a feed, so it was left out, with ${amount}.`,
    );
  });

  it('is told of once for each kind of code, all of it together', () => {
    const { problems } = render('{% if a %}Mind{% endif %}\n\n{% if b %}the tide{% endif %}');
    expect(problems.map(({ message }) => message.replace(/^.*with /, ''))).toEqual(['3 words, “Mind the tide”.']);
  });

  it('is not, where it is printed', () => {
    const { html: shown, problems } = render('{% capture a %}Mind the tide.{% endcapture %}\n\n{{ a }}');
    expect([shown, problems]).toEqual(['<p>Mind the tide.</p>', []]);
  });

  it('is text, where a value to be printed would hold paragraphs', () => {
    expect(html('A {{ never closed.\n\nMind the }} tide.')).toBe('<p>A {{ never closed.</p>\n<p>Mind the }} tide.</p>');
  });
});

describe('what is protected from template code', () => {
  it.each([
    ['an element', '<span v-pre>{{ a }} {.b}</span>', '<p><span>{{ a }} {.b}</span></p>'],
    ['a box', '::: v-pre\n{{ a }}\n:::', '<p>{{ a }}</p>'],
    ['a shortcode', '{{% raw %}}{{% a %}}{{% /raw %}}', '<p>{{% a %}}</p>'],
    ['a tag', '{% raw %}{{ a }}{% endraw %}', '<p>{{ a }}</p>'],
  ])('is shown: %s', (_, text, shown) => {
    const { html: whole, problems } = render(`${text}\n\nTwo {{ gone }}.`);
    expect(whole).toBe(`${shown}\n<p>Two .</p>`);
    expect(problems).toHaveLength(1);
  });
});
