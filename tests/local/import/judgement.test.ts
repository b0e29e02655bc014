import { describe, expect, it } from 'vitest';
import { parseArticles } from '../../../lambda/article/parse.ts';
import { isError } from '../../../lambda/model/problem.ts';
import { parseSite } from '../../../lambda/site/parse-site.ts';
import { cleanMarkup, renderClean } from '../../../local/import/html/clean.ts';
import { findFault, type JudgedFile } from '../../../local/import/judgement.ts';
import { renderFrontMatter } from '../../../local/import/writing/front-matter.ts';
import { createRandom, type Random } from '../../simulation/random.ts';

const report = { leave: () => {} };
const CASES = 800;
/** What is empty, or looks so. */
const NOTHING = ['', ' ', '\u200B', '\uFFFE', '<p> </p>', '—'];
const TIME = '2004-01-01T00:20:00Z';
const WORDS = [
  ...[
    'tide',
    'Fish & Chips',
    'Ærø',
    '鰻',
    '😀',
    '100 %',
    'a, b; c',
    '{{ x }}',
    '[note]',
    '"said"',
    "it's",
    '\u200B',
    '#1',
  ],
  ...['2004-02-31', 'false', ': ', ' ', '', '<b>', '&lt;', '\\', '\uFFFE', '\u0085', '\uD800', '---', 'x'.repeat(301)],
];
const PIECES = [
  ...[
    '<p></p>',
    ' ',
    '\n\n',
    'Words &amp; more.',
    '<h1>Head</h1>',
    '<h2>Part</h2>',
    '<img src="a.jpg">',
    '<!--more-->',
  ],
  ...[
    '<time datetime="2004-02-31">then</time>',
    '<article>A</article>',
    '<p class="h-entry">B</p>',
    '---\n',
    '[gallery]',
  ],
  ...[
    '<ul><li>One<li>Two</ul>',
    '<pre>a\n  b</pre>',
    '{% raw %}',
    '![[a.png]]',
    '<div itemscope>C</div>',
    '<br>',
    '\u200B',
  ],
  ...['<i>'.repeat(501), 'y'.repeat(20_001), '<table><tr><td>1</table>', '<a href="/x">z</a>'],
];
const TIMES = [null, TIME, '2004-12-31T23:59:59', '1969-01-01T00:00:00Z', '2004-02-29T03:04:05+13:45'];
const PATHS = [null, '/2004/tide/', '/2004/tide.html', '/Ærø/', '/node_modules/x/', `/${'a-'.repeat(500)}/`];

/** A post of which at most one part is anything but plain, so that nothing else decides. */
function makeFile(random: Random): JudgedFile {
  const strange = random.pick(['title', 'id', 'names', 'count', 'summary', 'path', 'times', 'text', 'text', 'empty']);
  const word = (part: string): string =>
    strange === part ? random.pick(WORDS) : strange === 'empty' && part === 'title' ? random.pick(NOTHING) : 'Tide';
  const time = (usual: string | null) => (strange === 'times' ? random.pick(TIMES) : usual);
  const name = (at: number) => `${word('names')}${at}`;
  const isHeld = random.chance(0.1);
  const path = strange === 'path' ? random.pick(PATHS) : '/2004/tide/';
  const matter = renderFrontMatter(
    {
      ...{
        key: '',
        place: 'post 1',
        address: null,
        formerAddresses: [],
        slug: '',
        html: () => '',
        attachments: [],
        fields: {},
      },
      kind: random.pick(['post', 'page']),
      held: isHeld ? 'draft' : null,
      id: strange === 'id' ? random.pick([null, '42', 'tag:x,2004:y']) : 'https://example.org/?p=1',
      title: word('title'),
      published: time(TIME),
      updated: time(null),
      authors: [{ name: name(0), url: null }],
      categories: [name(1)],
      tags: Array.from({ length: strange === 'count' ? random.below(120) : 1 }, (_, at) => name(at)),
      image: random.chance(0.3) ? { url: 'https://example.org/a.jpg', alt: word('summary'), caption: null } : null,
      summary: random.chance(0.5) ? word('summary') : null,
      language: null,
    },
    { path, aliases: random.chance(0.5) ? ['/?p=1'] : [], report },
  );
  const pieces = Array.from({ length: 1 + random.below(3) }, () =>
    strange === 'empty' ? random.pick(NOTHING) : strange === 'text' ? random.pick(PIECES) : '<p>Words.</p>',
  );
  const text = renderClean(cleanMarkup(pieces.join(''), { place: 'post 1', report }));
  return { key: `_posts/2004-01-01-tide${random.chance(0.1) ? '.md' : '.html'}`, matter, text };
}

describe('the judgement of a file', () => {
  it('is that of the parser, which is not asked about plain ones', () => {
    const { site } = parseSite(Buffer.from('title: T\nurl: https://example.org/\n'), { url: null });
    if (site === null) throw new Error('the settings of this test hold an error');
    const codes = new Set<string>();
    for (let seed = 1; seed <= CASES; seed += 1) {
      const file = makeFile(createRandom(seed));
      const body = Buffer.from(`${file.matter}${file.text}\n`);
      const error = parseArticles({ key: file.key, body, site }).problems.find(isError);
      const expected = error === undefined ? null : `${error.code}: ${error.message}`;
      expect([seed, findFault(file, body, site)]).toEqual([seed, expected]);
      codes.add(error?.code ?? 'none');
    }
    expect([...codes].sort()).toEqual(['article-empty', 'field-invalid', 'limit-exceeded', 'none']);
  });
});
