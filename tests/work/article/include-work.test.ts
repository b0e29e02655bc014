import { describe, expect, it } from 'vitest';
import { findInclusions } from '../../../lambda/article/source/includes.ts';
import { createPublisher } from '../../../lambda/publish.ts';
import { recordKey } from '../../../lambda/state/keys.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'url: https://example.org/';
const article = (...lines: readonly string[]) => `---\ntitle: A\ndate: 2026-01-01\n---\n${lines.join('\n')}`;

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

/** Title and text of each entry. */
async function entriesOf(publication: TestPublication): Promise<readonly string[]> {
  await publication.settle();
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
  return items.map(({ title, content_html }: Record<string, string>) => `${title}: ${content_html ?? ''}`);
}

describe('the text of another file', () => {
  it.each([
    ['posts/a.md', '<!--@include: ./part.md-->', 'posts/part.md', 'Within *it*.', '<p>Within <em>it</em>.</p>'],
    ['a.md', '<!--@include: ./part.md{2,2}-->', 'part.md', 'One.\nTwo.\nThree.', '<p>Two.</p>'],
    ['a.md', '<!--@include: ./part.md-->', 'part.md', '---\nlayout: x\n---\nWithin.', '<p>Within.</p>'],
    ['a.md', '<<< ./x.js', 'x.js', 'let a = 1;\n', '<pre><code class="language-js">let a = 1;\n</code></pre>'],
    [
      'a.md',
      '<<< ./x.js#b',
      'x.js',
      'let a;\n// #region b\nlet b;\n// #endregion b\n',
      '<pre><code class="language-js">let b;\n</code></pre>',
    ],
    ['docs/a.md', '--8<-- "words.txt"', 'words.txt', 'Words.', '<p>Words.</p>'],
    ['a.md', '--8<-- "words.txt:2:2"', 'words.txt', 'One.\nTwo.', '<p>Two.</p>'],
    ['a.md', '``` py\n--8<-- "x.py"\n```', 'x.py', 'a = 1\n', '<pre><code class="language-py">a = 1\n</code></pre>'],
    ['_posts/2026-01-01-a.md', '{% include_relative parts/x.md %}', '_posts/parts/x.md', 'Within.', '<p>Within.</p>'],
    ['_posts/2026-01-01-a.md', '{% include parts/x.md %}', '_includes/parts/x.md', 'Within.', '<p>Within.</p>'],
    [
      '_posts/2026-01-01-a.md',
      '<div>\n    {% capture x %}{% include x.md %}{% endcapture %}\n    {{ x | markdownify }}\n</div>',
      '_includes/x.md',
      'Within *it*.\n\n- One',
      '<div>\n<p>Within <em>it</em>.</p>\n<ul>\n<li>One</li>\n</ul>\n\n</div>',
    ],
    [
      'source/_posts/a.md',
      '{% include_code The tide lang:js from:2 to:3 sea/x.js %}',
      'source/downloads/code/sea/x.js',
      'one();\ntwo();\nthree();\n',
      '<figure>\n<figcaption>The tide</figcaption>\n<pre><code class="language-js">two();\nthree();\n</code></pre>\n</figure>',
    ],
    ['blog/a.mdx', "import Part from './_part.md'\n\n<Part />", 'blog/_part.md', 'Within.', '<p>Within.</p>'],
    [
      'blog/a.mdx',
      'import Part from \'@site/blog/_part.mdx\';\n\n<Part name="b"></Part>',
      'blog/_part.mdx',
      'Within.',
      '<p>Within.</p>',
    ],
  ])('comes into %s by %j', async (key, line, file, text, html) => {
    const publication = await publish({ [file]: text, [key]: article(line) });
    expect(await entriesOf(publication)).toEqual([`A: ${html}`]);
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });

  it('comes in when it arrives, changes and goes, and the file is no article as long as it does', async () => {
    const publication = await publish({ 'a.md': article('<!--@include: ./part.md-->') });
    expect(await entriesOf(publication)).toEqual(['A: ']);
    await publication.put('part.md', 'Within.');
    expect(await entriesOf(publication)).toEqual(['A: <p>Within.</p>']);
    await publication.put('part.md', 'Within it.');
    expect(await entriesOf(publication)).toEqual(['A: <p>Within it.</p>']);
    await publication.put('a.md', article('Alone.'));
    expect(await entriesOf(publication)).toEqual(
      expect.arrayContaining(['A: <p>Alone.</p>', 'Part: <p>Within it.</p>']),
    );
    await publication.put('a.md', article('<!--@include: ./part.md-->'));
    expect(await entriesOf(publication)).toEqual(['A: <p>Within it.</p>']);
    await publication.put('part.md', null);
    expect(await entriesOf(publication)).toEqual(['A: ']);
  });

  it.each([
    ['is no article any more', 'Alone.', '<!--@include: ./part.md-->', ['A: <p>Within.</p>']],
    ['is an article again', '<!--@include: ./part.md-->', 'Alone.', ['A: <p>Alone.</p>', 'Part: <p>Within.</p>']],
  ])('%s although the run died that should have told it', async (_, before, after, entries) => {
    const publication = await publish({ 'part.md': 'Within.', 'a.md': article(before) });
    await publication.put('a.md', article(after));
    const sendArticleWork = async (): Promise<never> => {
      throw new Error('The process dies.');
    };
    const dying = { ...publication.ports, queue: { ...publication.ports.queue, sendArticleWork } };
    expect(await createPublisher(dying).articleWork([{ key: 'a.md' }])).toMatchObject([{ change: 'failed' }]);
    // The event comes again.
    expect((await entriesOf(publication)).toSorted()).toEqual(entries);
    expect(new TextDecoder().decode((await publication.state.read(recordKey('a.md')))?.body)).not.toContain('untold');
  });

  it.each([
    ['the first', 'a.md', 'b.md'],
    ['the last', 'b.md', 'a.md'],
  ])('is that of the first by key where files take in one another, also if %s came later', async (_, later, before) => {
    const inclusion = (key: string) => `Of ${key}.\n\n<!--@include: ./${key === 'a.md' ? 'b' : 'a'}.md-->`;
    const publication = await publish({ [before]: inclusion(before) });
    await publication.put(later, inclusion(later));
    expect(await entriesOf(publication)).toEqual(['A: <p>Of a.md.</p>\n<p>Of b.md.</p>']);
    await publication.put('a.md', null);
    expect(await entriesOf(publication)).toEqual(['B: <p>Of b.md.</p>']);
  });

  it('stays an article where it says that it is one', async () => {
    const post = '---\ntitle: B\ndate: 2026-01-02\n---\nOf its own.';
    const publication = await publish({ 'b.md': post, 'a.md': article('<!--@include: ./b.md-->') });
    expect(await entriesOf(publication)).toEqual(['B: <p>Of its own.</p>', 'A: <p>Of its own.</p>']);
  });

  it('comes in with what it takes in itself, and not in circles', async () => {
    const files = { 'b.md': 'B <!-- -->\n\n<!--@include: ./c.md-->', 'c.md': 'C\n\n<!--@include: ./b.md-->' };
    const publication = await publish({ ...files, 'a.md': article('<!--@include: ./b.md-->') });
    expect(await entriesOf(publication)).toEqual(['A: <p>B </p>\n<p>C</p>']);
  });

  it.each([
    ['a draft', 'part.md', '---\ndraft: true\n---\nSecret.'],
    ['scheduled', 'part.md', '---\ndate: 2031-01-01\n---\nSecret.'],
    ['of a word that nobody knows', 'part.md', '---\nstatus: moonlit\n---\nSecret.'],
    ['in a folder of drafts', '_drafts/part.md', 'Secret.'],
    ['of a program', '.env', 'Secret.'],
    ['outside', '../part.md', 'Secret.'],
  ])('does not come in where it is %s', async (_, file, text) => {
    const publication = await publish({
      [file.replace('../', '')]: text,
      'a.md': article(`<!--@include: ./${file}-->`, 'Text.'),
    });
    expect((await entriesOf(publication)).join()).not.toContain('A: <p>Secret');
  });

  it('does not come in where a folder file holds it back', async () => {
    const files = { 'x/_index.md': '---\ndraft: true\n---\n', 'x/part.md': 'Secret.' };
    const publication = await publish({ ...files, 'a.md': article('<!--@include: ./x/part.md-->', 'Text.') });
    expect((await entriesOf(publication)).join()).not.toContain('Secret');
  });
});

describe('places of other texts', () => {
  it('are none within one another', () => {
    const found = findInclusions('-8<- "{% include_relative a %}{% include_relative b %}"', 'posts/a.md');
    expect(found).toHaveLength(1);
  });

  it.each(['{% include ', '{%include_code a ', '{% include x.md'])(
    'are found in a time by the length of the text: %s',
    (start) => {
      const started = process.cpuUsage();
      findInclusions(start + ' '.repeat(400_000), 'posts/a.md');
      findInclusions(start.repeat(20_000), 'posts/a.md');
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
    },
  );
});
