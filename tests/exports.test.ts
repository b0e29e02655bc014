/** Folders that are exports of other programs, put into the content as they are: nothing private gets out. */

import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from './support/publication.ts';

const PRIVATE = ['avocet', 'bittern', 'godwit', 'whimbrel', 'phalarope'];
const ID = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SITE = { 'site.yaml': 'title: Shore\nid: shore\n' };

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { ...SITE, ...files } });
  await publication.settle();
  return publication;
}

/** The private words that stand in some public document, or in its path. */
async function leaked(publication: TestPublication): Promise<readonly string[]> {
  const all = [...(await publication.documents())].flat().join('\n');
  return PRIVATE.filter((word) => all.includes(word));
}

async function codesOf({ publisher }: TestPublication): Promise<readonly string[]> {
  return (await publisher.overview()).problems.map(({ code }) => code).sort();
}

function entry(marks: string, text: string): string {
  return `<html><body><article class="h-entry">${marks}<div class="e-content"><p>${text}</p></div></article></body></html>`;
}

describe('an export put into the content', () => {
  it('of Medium publishes its posts, and no draft, list or page about the person', async () => {
    const publication = await publish({
      'posts/2021-02-03_Open-0a1b2c3d4e5f.html': entry('<h1 class="p-name">Open</h1>', 'For all.'),
      'posts/draft_Half-0a1b2c3d4e5f.html': entry('<h1 class="p-name">Half</h1>', 'avocet'),
      'posts/renamed.html':
        '<article class="h-entry"><section data-field="body" class="e-content">bittern</section></article>',
      'lists/Mine.html':
        '<article class="h-entry"><h1 class="p-name">godwit</h1><section data-field="lists"></section></article>',
      'ips/ips-0001.html':
        '<html><head><title>Ola’s IP history, page 1</title></head><body><section><h3>Ola’s IP history, page 1</h3><p>whimbrel</p></section></body></html>',
    });
    expect(await leaked(publication)).toEqual([]);
    expect((await publication.documents()).get('rss.xml')).toContain('For all.');
    expect((await publication.publisher.overview()).counts).toMatchObject({ published: 1, drafts: 2, broken: 0 });
  });

  it('of Notion publishes the pages that do not say otherwise', async () => {
    const publication = await publish({
      [`Blog ${ID}/Open ${ID}.md`]: '# Open\n\nStatus: Published\nDate: May 1, 2022\n\nFor all.\n',
      [`Blog ${ID}/Half ${ID}.md`]: '# Half\n\nStatus: Draft\nTags: a\n\navocet\n',
      [`Blog ${ID}/Mine ${ID}.md`]: '# Mine\n\nPublished: No\n\nbittern\n',
      [`Blog ${ID}.csv`]: 'Name,Status\nOpen,Published\ngodwit,Draft\n',
      [`Blog ${ID}.md`]: `# Blog\n\n[All](Blog%20${ID}.csv)\n`,
    });
    expect(await leaked(publication)).toEqual([]);
    expect(await codesOf(publication)).toEqual(['date-missing', 'export-not-public']);
    const paths = [...(await publication.documents()).keys()];
    expect(paths).toEqual(expect.arrayContaining(['Blog/Open/index.html', `Blog ${ID}/Open ${ID}/index.html`]));
  });

  it('of Logseq publishes the pages that say that they are public', async () => {
    const publication = await publish({
      'pages/Open.md': 'public:: true\ndate:: 2022-05-01\n\n- For all.\n',
      'pages/Mine.md': 'public:: false\n\n- avocet\n',
      'pages/Other.md': '- bittern\n',
      'journals/2022_05_01.md': '- godwit\n',
      'journals/2022_05_02.md': '-\n',
    });
    expect(await leaked(publication)).toEqual([]);
    expect(await codesOf(publication)).toEqual(['publishing-unclear']);
    expect((await publication.publisher.overview()).counts).toMatchObject({ published: 1, drafts: 3 });
  });
});

describe('what is public, and now found not to say so', () => {
  const FILES = {
    'pages/Other.md': '- whimbrel\n',
    'journals/2022_05_01.md': '- godwit\n',
    'list.html': '<main><p class="h-entry">phalarope</p><p class="h-entry">avocet</p></main>',
  };

  it('goes on with a warning, until it says that it is not', async () => {
    const publication = await publish(
      Object.fromEntries(Object.keys(FILES).map((key) => [key, '---\ntitle: A\n---\nA text.'])),
    );
    expect((await publication.publisher.overview()).counts.published).toBe(3);
    for (const [key, text] of Object.entries(FILES)) await publication.put(key, text);
    await publication.settle();
    expect((await leaked(publication)).toSorted()).toEqual(['avocet', 'godwit', 'phalarope', 'whimbrel']);
    const codes = (await codesOf(publication)).filter((code) => code !== 'date-missing');
    expect(codes).toEqual(['page-is-no-article', 'publishing-unclear-public']);
    await publication.put('pages/Other.md', 'public:: false\n- whimbrel\n');
    await publication.settle();
    expect(await leaked(publication)).not.toContain('whimbrel');
  });

  it('is held back where it is new, and told of once', async () => {
    const publication = await publish({ ...FILES, 'pages/More.md': '- bittern\n' });
    expect(await leaked(publication)).toEqual([]);
    const { problems } = await publication.publisher.overview();
    expect(problems.map(({ code }) => code)).toEqual(['page-is-no-article', 'publishing-unclear']);
    expect(problems[1]?.message).toContain('2 files');
  });
});
