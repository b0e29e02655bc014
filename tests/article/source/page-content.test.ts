import { describe, expect, it } from 'vitest';
import { parseText } from '../article-file.ts';

function read(html: string, key = 'a.html') {
  const { articles, problems } = parseText(key, html);
  const left = problems.filter(({ code }) => code === 'markup-left-out');
  return { text: articles[0]?.contentHtml.replace(/<[^>]*>/g, '').trim(), told: left.map(({ message }) => message) };
}

const page = (body: string) => `<!doctype html><html><head><title>Ebb</title></head><body>${body}</body></html>`;

describe('an HTML page', () => {
  it.each(['article', 'main'])('is its <%s>', (name) => {
    const chrome =
      '<nav><p>Home, and all that is there besides.</p></nav><footer><p>Written by who wrote it.</p></footer>';
    expect(read(page(`${chrome}<${name}><p>Mind the tide.</p></${name}><p>Bye.</p>`))).toEqual({
      text: 'Mind the tide.',
      told: [],
    });
  });

  it('tells of paragraphs beside it, where they are many', () => {
    const { text, told } = read(page('<p>Before it, some good words.</p><main><p>Mind the tide.</p></main>'));
    expect(text).toBe('Mind the tide.');
    expect(told).toEqual([
      'The article is what stands in <main>, so text beside it was left out: 5 words, “Before it, some good words.”.',
    ]);
  });

  it('is all of its body where an element is only named', () => {
    const named = '<p>The <article> element, the <main> element and the <body>.</p>';
    expect(read(page(`<p>One.</p>${named}<p>Two.</p>`))).toEqual({
      text: 'One.The &lt;article&gt; element, the &lt;main&gt; element and the &lt;body&gt;.Two.',
      told: [],
    });
  });

  it('goes on behind an attribute or a script without an end', () => {
    expect(read(page('<p class="a>One.</p>\n\n<p>Two "three" four.</p>')).text).toBe('One.\n\nTwo "three" four.');
    expect(read('<html><head><script>\nlet a;\n</head><body><p>One.</p></body></html>').text).toBe('One.');
  });
});

describe('a fragment of HTML', () => {
  it('is all of its text', () => {
    expect(read('<p>One.</p><article><p>Two.</p></article><p>Three.</p>')).toEqual({
      text: 'One.Two.Three.',
      told: [],
    });
  });

  it('is its one element where nothing stands beside that', () => {
    const { articles } = parseText(
      'a.html',
      '---\ntags: [a]\n---\n<nav>Home</nav>\n<article><h1>Ebb</h1><p>Two.</p></article>',
    );
    expect([articles[0]?.title, articles[0]?.contentHtml]).toEqual(['Ebb', '<p>Two.</p>']);
  });
});

describe('a first heading', () => {
  it.each(['title', 'headline', 'subject'])('stays where the field %s says another title', (name) => {
    for (const [key, heading] of [
      ['a.md', '# Flow'],
      ['a.html', '<h1>Flow</h1>'],
    ] as const) {
      const { articles } = parseText(key, `---\n${name}: Ebb\n---\n\n${heading}\n\nText.`);
      expect([articles[0]?.title, articles[0]?.contentHtml]).toEqual(['Ebb', expect.stringContaining('<h1>Flow</h1>')]);
    }
  });
});
