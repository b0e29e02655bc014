/**
 * Texts on which a careless parser takes time or memory that grows faster than they do: repeated openings, deep
 * nesting, huge tables, near misses of a regular expression. Each is close to the size that is still accepted.
 */

import { type Expected, type HostileInput, markdown, PUBLISHED, refused } from './hostile-input.ts';

const EXCESS = refused('limit-exceeded');

/** Times the most that is accepted. */
const TOO_MANY = 1.06;

/** Patterns that are repeated about as often as is still accepted. */
type Repetition = readonly [piece: string, most: number];

const MARKDOWN: readonly Repetition[] = [
  ['[', 19_900],
  ['![', 19_900],
  ['[a](', 19_900],
  ['[a][', 9_990],
  ['[]()', 19_900],
  ['](', 261_000],
  ['*', 29_800],
  ['*a ', 29_900],
  ['**a *b ', 9_960],
  ['_a_', 14_900],
  ['a**b', 14_900],
  ['`', 29_800],
  ['`a``b', 9_980],
  ['~~', 14_900],
  ['<', 99_900],
  ['<a', 99_900],
  ['<a ', 100_000],
  ['<!--', 99_900],
  ['<?', 99_900],
  ['<![CDATA[', 9_990],
  ['</', 99_900],
  ['&', 49_900],
  ['&#', 49_900],
  ['&amp', 49_900],
  ['\\', 522_000],
  ['$', 522_000],
  ['$a$$', 130_000],
  ['==', 261_000],
  ['^a', 261_000],
  ['http://', 9_960],
  ['www.', 130_000],
  ['a@', 261_000],
  ['mailto:a@b', 52_200],
  ['{{', 24_900],
  ['{%', 49_900],
  ['{% raw %}', 50_000],
  ['{{<', 25_000],
  ['[[', 9_990],
  ['![[a|', 9_980],
  ['[^1]', 1_990],
  [':smile:', 74_600],
  ['- ', 261_000],
  ['> ', 261_000],
  ['1. ', 174_000],
  ['# ', 261_000],
  ['|', 49_900],
  ['| a ', 49_900],
  ['> a\n', 19_900],
  ['- a\n', 19_900],
  ['# a\n', 19_900],
  ['[^1]: a\n\n', 1_990],
  ['[a]: b\n', 19_900],
  ['```\n', 9_990],
  ['a\n---\n', 9_960],
  ['import a\n', 19_900],
  ['<div>\n', 1_990],
  ['<details>\n\n', 1_990],
  ['\t', 522_000],
  [' ', 522_000],
  ['\n', 19_900],
  ['a ', 261_000],
];

const HTML: readonly Repetition[] = [
  ['<p ', 86_900],
  ['<p a=', 65_300],
  ['<p a="', 80_000],
  ['<', 99_900],
  ['<p>', 99_600],
  ['<![CDATA[', 43_200],
  ['<math>', 497],
  ['<table>', 499],
  ['<table><tr><td>', 166],
  ['<b><i>', 248],
  ['<a href="x">', 1_990],
  ['</p>', 99_900],
  ['</div></p>', 49_900],
  ['<li>', 99_900],
  ['<br>', 99_900],
  ['<img src=a>', 998],
  ['&lt;', 130_000],
  ['&#x', 174_000],
  ['&NotEqualTilde;', 34_800],
  ['&nosuchentity;', 37_300],
];

/** These are accepted up to the size of a file. */
const HARMLESS_MARKDOWN: readonly Repetition[] = [
  ['\u00a0', 300_000],
  ['é', 300_000],
  ['👩‍👧', 54_546],
];

const HARMLESS_HTML: readonly Repetition[] = [
  ['<!--', 99_900],
  ['<!-- a --', 58_000],
  ['<script>', 1_990],
  ['<style>', 1_990],
  ['<title>', 1_990],
  ['<svg>', 498],
];

/** Structures that grow in two directions. */
const SHAPES: Readonly<Record<string, readonly [string, string, Expected]>> = {
  'a table of many columns': ['md', markdown(['title: T'], table(2_000, 2)), PUBLISHED],
  'a table of many rows': ['md', markdown(['title: T'], table(3, 5_000)), PUBLISHED],
  'a wide and long table': ['md', markdown(['title: T'], table(200, 200)), PUBLISHED],
  'a table of short rows': ['md', markdown(['title: T'], `${table(5_000, 1)}${'| a\n'.repeat(5_000)}`), EXCESS],
  'quotes a thousand deep': ['md', markdown(['title: T'], `${'>'.repeat(1_000)} deep`), PUBLISHED],
  'lists a thousand deep': [
    'md',
    markdown(['title: T'], Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')),
    PUBLISHED,
  ],
  'lists and quotes in turn': ['md', markdown(['title: T'], `${'> - '.repeat(2_000)}deep`), PUBLISHED],
  'emphasis a thousand deep': [
    'md',
    markdown(['title: T'], `${'*a **b '.repeat(2_000)}c${'** *'.repeat(2_000)}`),
    PUBLISHED,
  ],
  'footnotes that name each other': [
    'md',
    markdown(
      ['title: T'],
      `a[^0]\n\n${Array.from({ length: 500 }, (_, i) => `[^${i}]: x[^${(i + 1) % 500}]`).join('\n\n')}`,
    ),
    PUBLISHED,
  ],
  'definitions used often': [
    'md',
    markdown(['title: T'], `[a]: /${'x'.repeat(2_000)}\n\n${'[a]'.repeat(20_000)}`),
    EXCESS,
  ],
  'one word of a megabyte': ['md', markdown(['title: T'], 'x'.repeat(1_000_000)), EXCESS],
  'a JSON text of quotes': ['json', JSON.stringify({ title: 'T', content_html: '"'.repeat(250_000) }), PUBLISHED],
  'a first line of blanks in MDX': [
    'mdx',
    `export const meta = { title: 'T' };\n\n${'\t'.repeat(500_000)}x`,
    PUBLISHED,
  ],
  'a language of dots': [
    'md',
    markdown(['title: T', `lang: ${JSON.stringify(`${'.'.repeat(60_000)}\n.`)}`], 'a'),
    PUBLISHED,
  ],
  'a state of nothing but signs': [
    'md',
    markdown(['title: T', `status: a${'-'.repeat(60_000)}b`], 'a'),
    refused('status-unknown'),
  ],
  'properties without an end': ['md', `${'(a:: '.repeat(19_000)}\n`, PUBLISHED],
  'more than a megabyte': ['md', markdown(['title: T'], 'word '.repeat(250_000)), refused('article-too-large')],
  'elements 400 deep': [
    'html',
    `<title>T</title><body>${'<div>'.repeat(400)}deep${'</div>'.repeat(400)}</body>`,
    PUBLISHED,
  ],
  'elements a hundred thousand deep': ['html', `<title>T</title><body>${'<div>'.repeat(100_000)}deep`, EXCESS],
  'an attribute of half a megabyte': ['html', `<title>T</title><p title="${'x'.repeat(500_000)}">a</p>`, PUBLISHED],
  'ten thousand attributes': [
    'html',
    `<title>T</title><p ${Array.from({ length: 10_000 }, (_, i) => `a${i}=x`).join(' ')}>a</p>`,
    PUBLISHED,
  ],
  'two thousand images': [
    'html',
    `<title>T</title>${'<img src="https://a.example/a.png" alt="">'.repeat(2_000)}`,
    EXCESS,
  ],
  'ten thousand links': [
    'html',
    `<title>T</title><p>${'<a href="https://a.example/">a</a> '.repeat(10_000)}</p>`,
    PUBLISHED,
  ],
  'a source set of thousands': [
    'html',
    `<title>T</title><img alt="" src="https://a.example/a.png" srcset="${Array.from({ length: 5_000 }, (_, i) => `a.png ${i + 1}w`).join(', ')}">`,
    PUBLISHED,
  ],
  'a source set of commas': [
    'html',
    `<title>T</title><img alt="" src="https://a.example/a.png" srcset="${','.repeat(16_000)}">`,
    PUBLISHED,
  ],
  'misnested formatting': ['html', `<title>T</title>${'<b><p><i></b>'.repeat(5_000)}a`, EXCESS],
  'front matter marks': ['md', '---\n'.repeat(50_000), refused('article-empty')],
  'a plain text of one letter lines': ['txt', `Title\n\n${'a\n'.repeat(100_000)}`, EXCESS],
  'a plain text of one letter paragraphs': ['txt', `Title\n\n${'a\n\n'.repeat(170_000)}`, PUBLISHED],
  'a plain text of blanks in lines': ['txt', `Title\n\n${`${' '.repeat(200)}a\n`.repeat(2_000)}`, PUBLISHED],
  'a plain text of colons': ['txt', `${'a: b\n'.repeat(20_000)}`, PUBLISHED],
  'a link list of 5,000 in plain text': [
    'txt',
    `Title\n\n${'See https://a.example/?q=(((((( and more.\n'.repeat(5_000)}`,
    PUBLISHED,
  ],
  'a captured text that shows nothing, twenty thousand times': [
    'md',
    markdown(
      ['title: T'],
      `a{% capture a %}${'[x]: y\n'.repeat(2_800)}{% endcapture %}${'{{a|markdownify}}'.repeat(20_000)}`,
    ),
    PUBLISHED,
  ],
  'twenty thousand values, each unknown and on its line': [
    'md',
    markdown(['title: T'], `a\n${Array.from({ length: 19_900 }, (_, i) => `{{ a${i} }}\n`).join('')}`),
    PUBLISHED,
  ],
  'twenty thousand components, each unknown and on its line': [
    'mdx',
    markdown(['title: T'], `a\n\n${Array.from({ length: 19_900 }, (_, i) => `<A${i} />\n`).join('')}`),
    PUBLISHED,
  ],
  'a heading of fifty thousand lines': ['html', `<title>T</title><h2>${'<br>a'.repeat(49_900)}</h2>`, PUBLISHED],
  'listings without an end': ['html', `<title>T</title><p>${'[sourcecode]'.repeat(42_000)}[/code]</p>`, PUBLISHED],
};

/** Around a repetition: near misses of patterns that could once be read in many ways. */
type Miss = readonly [extension: string, before: string, piece: string, most: number, after: string];

const ODD_BLANK = '\u2003';
const FENCE = '```';

const MISSES: readonly Miss[] = [
  ['md', '<a', ` a=${ODD_BLANK}b`, 80_000, '"'],
  ['md', 'Text <a', ` a=${ODD_BLANK}b`, 80_000, '"'],
  ['md', '* TOC\n<a', ` a=${ODD_BLANK}b`, 80_000, '"\n{:toc}'],
  ['md', '##a', '\t', 500_000, '\u2028'],
  ['md', '# ', ' ', 1_900, '\u2028'],
  ['md', '[audio', ' ', 500_000, 'x'],
  ['md', '[audio', '=http://u', 9_990, '\n'],
  ['md', `${FENCE}\n`, '{% raw %}', 50_000, `\n${FENCE}`],
  ['md', `${FENCE}\n`, '{{</*', 24_900, `\n${FENCE}`],
  ['md', '*', ' ', 500_000, 'a\nb\n{:toc}'],
  ['md', '{% highlight go %}', ' ', 500_000, 'x{% endhighlight %}'],
  ['md', '[a](', '0', 500_000, ')'],
  ['mdx', '<p>', '*', 29_800, ''],
  ['html', '<img alt="" src="a.png" srcset="h', '0', 15_000, ' a)]">'],
  ['html', '<p>[audio', '=http://u', 50_000, '</p>'],
  ['md', 'a {: ', '.a ', 150, '!'],
  ['md', '## a {', ' .a', 150, '!}'],
  ['md', 'x {:', ' ', 480_000, '!'],
  ['md', ':a[', '[x](y)', 80, ' :b'],
  ['md', '', ':a[[x][x]', 1_900, ''],
  ['md', '::a[b]{', 'a="b" ', 80_000, ''],
  ['md', '::a\n---\n', 'x\n', 19_000, ''],
  ['md', `${FENCE}{note}\n`, ':a: b\n', 19_000, FENCE],
  ['md', `${FENCE}\n`, '// [!code ', 19_000, `\n${FENCE}`],
  ['md', '| a |\n|', ' - ', 150_000, '!\n'],
  ['md', '', '**，', 14_000, ''],
  ['mdx', '{', '/*', 29_000, ''],
  ['html', '<math>', '<msup><mi>a</mi>', 900, ''],
  ['html', '<math>', '<mrow>', 1_900, ''],
  ['html', '<math>', '<mfenced><mi>a</mi>', 1_900, ''],
  ['html', '<pre>', '<div>', 450, ''],
  ['html', '<table class="lntable">', '<tr><td class="lntd"><pre>1</pre></td><td>', 900, ''],
  ['txt', '2020-01-01', '\u00a0', 300_000, 'x'],
  ['txt', 'May 3, 2020', '\u00a0', 300_000, '**a / b'],
];

function nearMisses(share: number): readonly HostileInput[] {
  return MISSES.map(([extension, before, piece, most, after], index) => {
    const text = `${before}${piece.repeat(most * share)}${after}`;
    const bodies: Readonly<Record<string, string>> = {
      html: `<title>Growth</title><body><p>Text.</p>${text}`,
      txt: `Growth\n\n${text}\n\nText.`,
    };
    return {
      name: `${Math.floor(most * share)} times ${JSON.stringify(piece)} after ${JSON.stringify(before)}`,
      key: `growth/misses/${index}.${extension}`,
      body: bodies[extension] ?? markdown(['title: Growth'], `Text.\n\n${text}\n\nText.`),
      expected: PUBLISHED,
    };
  });
}

/** As much as is accepted, multiplied by `share`. */
export function repetitions(share: number): readonly HostileInput[] {
  return [
    ...[...MARKDOWN, ...HARMLESS_MARKDOWN].map((each) => repeatInMarkdown(each, share, PUBLISHED)),
    ...[...HTML, ...HARMLESS_HTML].map((each) => repeatInHtml(each, share, PUBLISHED)),
    ...nearMisses(share),
  ];
}

/** A little more than is accepted, and what grows in two directions. */
export const EXCESSES: readonly HostileInput[] = [
  ...MARKDOWN.map((each) => repeatInMarkdown(each, TOO_MANY, EXCESS)),
  ...HTML.map((each) => repeatInHtml(each, TOO_MANY, EXCESS)),
  ...Object.entries(SHAPES).map(([name, [extension, body, expected]], index) => ({
    name,
    key: `growth/shapes/${index}.${extension}`,
    body,
    expected,
  })),
];

function repeatInMarkdown([piece, most]: Repetition, share: number, expected: Expected): HostileInput {
  const body = markdown(['title: Growth'], `Text.\n\n${piece.repeat(most * share)}`);
  return {
    ...describe(piece, most * share),
    key: `growth/markdown/${nameOf(piece)}-${expected.kind}.md`,
    body,
    expected,
  };
}

function repeatInHtml([piece, most]: Repetition, share: number, expected: Expected): HostileInput {
  const body = `<title>Growth</title><body><p>Text.</p>${piece.repeat(most * share)}`;
  return {
    ...describe(piece, most * share),
    key: `growth/html/${nameOf(piece)}-${expected.kind}.html`,
    body,
    expected,
  };
}

function describe(piece: string, count: number): { readonly name: string } {
  return { name: `${Math.floor(count)} times ${JSON.stringify(piece)}` };
}

function nameOf(piece: string): string {
  return Buffer.from(piece).toString('hex');
}

function table(columns: number, rows: number): string {
  const row = `|${' a |'.repeat(columns)}\n`;
  return `${row}|${' - |'.repeat(columns)}\n${row.repeat(rows)}`;
}
