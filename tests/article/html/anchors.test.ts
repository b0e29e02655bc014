import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/content.ts';
import { TEST_SITE } from '../article-file.ts';

const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };

function html(text: string, kind: 'markdown' | 'html' = 'markdown'): string {
  return renderContent({ kind, text, firstLine: 1 }, context).html;
}

/** A heading, and a link to it in front. */
function linked(fragment: string, heading: string): string {
  return html(`[a](#${fragment})\n\n${heading}`).split('\n').slice(1).join('\n');
}

describe('a heading', () => {
  it.each([
    [
      'GitHub',
      'whats-new-in-20',
      '## What’s *new* in 2.0?',
      '<h2 id="whats-new-in-20">What’s <em>new</em> in 2.0?</h2>',
    ],
    ['GitHub, for the second of a name', 'ebb-1', '## Ebb\n\n## Ebb', '<h2>Ebb</h2>\n<h2 id="ebb-1">Ebb</h2>'],
    ['Kramdown', 'the-ebb', '## 2. The_ebb', '<h2 id="the-ebb">2. The_ebb</h2>'],
    ['a writer who keeps capitals', 'The_Ebb', '## The ebb', '<h2 id="The_Ebb">The ebb</h2>'],
    ['another script', '%D0%BE%D1%82%D0%BB%D0%B8%D0%B2', '## Отлив', '<h2 id="отлив">Отлив</h2>'],
  ])('has the id that a link leads to, as it is made by %s', (_, fragment, heading, named) => {
    expect(linked(fragment, heading)).toBe(named);
  });

  it('has no other id', () => {
    expect(html('## Ebb\n\n[a](#flow) [b](/posts/b/#ebb)')).toContain('<h2>Ebb</h2>');
    expect(linked('ebb"onclick', '## ebb"onclick')).toBe('<h2>ebb"onclick</h2>');
  });

  it.each([
    '<h2 id="ebb">The ebb <a class="headerlink" href="#ebb" title="Permalink">¶</a></h2>',
    '<h2 id="ebb"><a href="#ebb" aria-hidden="true">#</a> The ebb</h2>',
    '<h2 id="ebb">The ebb<a href="/posts/a/#ebb" class="hash-link">\u200B</a></h2>',
    '<h2 id="ebb"><a href="#ebb"><span>🔗</span></a>The ebb</h2>',
    '<h2>The ebb <a id="ebb" href="#ebb">§</a></h2>',
  ])('loses the sign by which it links to itself: %s', (heading) => {
    expect(html(heading, 'html')).toBe('<h2 id="ebb">The ebb</h2>');
  });

  it('is read in a time by its length, whatever it holds', () => {
    const begin = process.cpuUsage();
    expect(html(`<h2>${'<br>a'.repeat(49_900)}</h2>`, 'html').length).toBeGreaterThan(200_000);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(1_500);
  });

  it('keeps its other links', () => {
    const heading =
      '<h2><a href="https://example.org/posts/a/#ebb">The ebb</a> <a href="https://example.com/">#</a></h2>';
    expect(html(heading, 'html')).toBe(heading);
  });

  it('has the id that is written', () => {
    expect(html('## The ebb {#ebb .wide}\n\n[a](#ebb)')).toContain('<h2 id="ebb">The ebb</h2>');
    expect(html('## The ebb\n{: #ebb .wide}\n\nOne.')).toBe('<h2 id="ebb">The ebb</h2>\n<p>One.</p>');
    expect(html('## The ebb {#a"b}')).toBe('<h2>The ebb {#a"b}</h2>');
  });

  it('leaves an id to whoever has it', () => {
    expect(html('<b id="ebb">x</b>\n\n## Ebb\n\n[a](#ebb)')).toContain('<h2>Ebb</h2>');
  });
});

it('a place is named by an empty link, as in former times by its name', () => {
  expect(html('<a name="ebb"></a>\n\nOne <a id="flow"></a> two.')).toBe(
    '<a id="ebb"></a>\n<p>One <a id="flow"></a> two.</p>',
  );
  expect(html('<p><a name="ebb"></a></p><a name="a b">x</a>', 'html')).toBe('<a id="ebb"></a>x');
});
