import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function render(text: string) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'markdown', text, firstLine: 1 }, context);
}

const html = (text: string) => render(text).html;

describe('a tag', () => {
  it.each([
    ['{% github ann/boats %}', 'https://github.com/ann/boats'],
    ['{% github https://github.com/ann/boats no-readme %}', 'https://github.com/ann/boats'],
    ['{% stackblitz tide-1 %}', 'https://stackblitz.com/edit/tide-1'],
    ['{% codesandbox tide-1 %}', 'https://codesandbox.io/s/tide-1'],
    ['{% post https://dev.to/ann/boats-1a %}', 'https://dev.to/ann/boats-1a'],
    ['{% link https://dev.to/ann/boats-1a %}', 'https://dev.to/ann/boats-1a'],
  ])('of dev.to gives a link to what it shows: %s', (text, address) => {
    const { html: shown, problems } = render(text);
    expect(shown).toBe(`<p><a href="${address}">${address}</a></p>`);
    expect(problems).toEqual([]);
  });

  it('of dev.to gives a button', () => {
    expect(html('{% cta https://a.example/ %}Come aboard{% endcta %}')).toBe(
      '<p><a href="https://a.example/">Come aboard</a></p>',
    );
  });

  it('of Zenn gives a box without the name of its colour', () => {
    expect(html(':::message alert\nMind.\n:::')).toBe('<p>Mind.</p>');
    expect(html(':::note alert the watch\nMind.\n:::')).toBe('<p><strong>alert the watch</strong></p>\n<p>Mind.</p>');
  });
});

describe('a text with much code and one tag at its end', () => {
  it('takes time by its length', () => {
    const timeOf = (count: number) => {
      const started = process.cpuUsage();
      html(`${'Words `code` and more words here.\n\n'.repeat(count)}{{ page.url }}`);
      return process.cpuUsage(started).user / 1e6;
    };
    timeOf(500);
    expect(timeOf(8_000)).toBeLessThan(4 * timeOf(4_000) + 0.2);
  });
});
