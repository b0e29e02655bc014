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
      'blocks/blocked-users-0001.html':
        '<html><head><title>Ola blocked users, page 1</title></head><body><section><h3>Ola blocked users, page 1</h3><p>whimbrel</p></section></body></html>',
      'profile/memberships.html':
        '<html><head><style>header, section[data-field=subtitle] { display: none; }</style></head><body><section><h3>Memberships</h3><p>phalarope</p></section></body></html>',
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

  it('of Notion in HTML publishes the pages whose table of properties does not say otherwise', async () => {
    const row = (name: string, cell: string) =>
      `<tr class="property-row"><th><span class="icon property-icon"><svg></svg></span>${name}</th><td>${cell}</td></tr>`;
    const page = (title: string, rows: string, text: string) =>
      `<html><head><title>${title}</title></head><body><article class="page sans"><header><h1 class="page-title">${title}</h1><table class="properties"><tbody>${rows}</tbody></table></header><div class="page-body"><p>${text}</p></div></article></body></html>`;
    const value = (word: string) => `<span class="selected-value">${word}</span>`;
    const tags = row('Tags', value('sea') + value('mud'));
    const publication = await publish({
      [`Open ${ID}.html`]: page(
        'Open',
        tags + row('Date', '<time>@January 2, 2024</time>') + row('Public', '<div class="checkbox checkbox-on"></div>'),
        'For all.',
      ),
      [`Half ${ID}.html`]: page(
        'Half',
        row('Status', '<span class="status-value"><div class="status-dot"></div>Draft</span>'),
        'avocet',
      ),
      [`Mine ${ID}.html`]: page('Mine', row('Published?', '<div class="checkbox checkbox-off"></div>'), 'bittern'),
      [`Idea ${ID}.html`]: page('Idea', row('Stage', value('Idea')), 'godwit'),
    });
    expect(await leaked(publication)).toEqual([]);
    const documents = await publication.documents();
    expect(JSON.parse(documents.get('feed.json') ?? '').items).toMatchObject([
      {
        title: 'Open',
        date_published: '2024-01-02T00:00:00Z',
        tags: ['sea', 'mud'],
        content_html: expect.stringMatching(/^(?!.*Public).*<p>For all/s),
      },
    ]);
    expect(await codesOf(publication)).toEqual([]);
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

const HEAD = 'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url';
const LIST = [
  HEAD,
  '1001.open,2022-05-01T10:00:00.000Z,true,,,newsletter,everyone,"Open, at last",On mud,',
  '1002.half,,false,,,newsletter,everyone,Half,,',
  '1003.paid,2022-05-02T10:00:00.000Z,true,,,newsletter,only_paid,Paid,,',
  '1004.founders,2022-05-02T10:00:00.000Z,true,,,newsletter,founding,Founders,,',
  '1005.some,2022-05-02T10:00:00.000Z,true,,,adhoc_email,everyone,Some,,',
  '1006.about,2022-05-03T10:00:00.000Z,true,,,page,everyone,About,,',
  '1007,2022-05-04T10:00:00.000Z,TRUE,,,podcast,everyone,Heard,,https://cdn.example/heard.mp3',
].join('\n');
const POSTS = {
  'posts/1001.open.html': '<h2>A start</h2><p>For all.</p>',
  'posts/1002.half.html': '<p>avocet</p>',
  'posts/1003.paid.html': '<p>bittern</p>',
  'posts/1004.founders.html': '<p>godwit</p>',
  'posts/1005.some.html': '<p>whimbrel</p>',
  'posts/1006.about.html': '<p>Who we are.</p>',
  'posts/1007.heard.html': '<p>Listen.</p>',
  'posts/1008.unlisted.html': '<p>phalarope</p>',
};

describe('an export of Substack', () => {
  it.each(['posts.csv', 'posts/posts.csv'])('publishes what %s calls published for everyone', async (list) => {
    const publication = await publish({ ...POSTS, [list]: LIST });
    expect(await leaked(publication)).toEqual([]);
    expect(await codesOf(publication)).toEqual(['publishing-unclear']);
    const documents = await publication.documents();
    const { items } = JSON.parse(documents.get('feed.json') ?? '');
    expect(items).toMatchObject([
      {
        title: 'Heard',
        date_published: '2022-05-04T10:00:00Z',
        attachments: [{ url: 'https://cdn.example/heard.mp3' }],
      },
      { title: 'Open, at last', summary: 'On mud', url: 'https://example.org/posts/open/' },
    ]);
    expect(items[1].content_html).toContain('A start');
    expect([...documents.keys()]).toEqual(
      expect.arrayContaining(['posts/about/index.html', 'posts/1001.open/index.html']),
    );
  });

  it('publishes nothing new without its list, or with one that can’t be read', async () => {
    const lost = await publish(POSTS);
    expect(await codesOf(lost)).toEqual(['publishing-unclear']);
    const broken = await publish({ ...POSTS, 'posts.csv': `${LIST}\n1009.x,"no end` });
    expect(await codesOf(broken)).toEqual(['folder-file-unclear']);
    for (const publication of [lost, broken]) {
      expect(await leaked(publication)).toEqual([]);
      expect((await publication.publisher.overview()).counts.published).toBe(0);
    }
  });

  it('obeys its list whenever it comes, and however it changes', async () => {
    const publication = await publish(POSTS);
    await publication.put('posts.csv', LIST);
    await publication.settle();
    expect((await publication.documents()).get('rss.xml')).toContain('For all.');
    await publication.put(
      'posts.csv',
      LIST.replace('true,,,newsletter,everyone,"Open', 'true,,,newsletter,only_paid,"Open'),
    );
    await publication.settle();
    expect([...(await publication.documents()).values()].join()).not.toContain('For all.');
  });

  it('keeps its list from the public, and other tables and names as they were', async () => {
    const publication = await publish({
      'posts.csv': LIST,
      'data/posts.csv': 'bird,count\nknot,7\n',
      'a.md': '# A\n\n[one](posts.csv) [two](data/posts.csv)\n',
      'posts/2021.html': '<html><body><h1>A year</h1><p>Whole.</p></body></html>',
      '1001.open.html': '<p>Alone.</p>',
    });
    const documents = await publication.documents();
    expect([documents.has('posts.csv'), documents.has('data/posts.csv')]).toEqual([false, true]);
    expect(documents.get('rss.xml')).toContain('Whole.');
  });

  it('holds back a text of which a part is behind a wall', async () => {
    const wall = '<div class="paywall-jump" data-component-name="PaywallToDOM"></div>';
    const publication = await publish({
      'posts.csv': LIST,
      'posts/1001.open.html': `<p>For all.</p>${wall}<p>avocet</p>`,
      'ghost.html': '<p>For all.</p><!--members-only--><p>bittern</p>',
    });
    expect(await leaked(publication)).toEqual([]);
    expect(await codesOf(publication)).toEqual(['publishing-unclear']);
  });
});

describe('a graph of Logseq', () => {
  const GRAPH = { 'g/pages/A.md': 'Prose, and no outline: avocet', 'g/pages/B.md': 'public:: false\n\n- bittern\n' };

  it('is public as a whole where its settings say so, but for what says otherwise', async () => {
    const config = '{:meta/version 1\n :publishing/all-pages-public? true}';
    const publication = await publish({ ...GRAPH, 'g/logseq/config.edn': config });
    expect(await leaked(publication)).toEqual(['avocet']);
    await publication.put('g/logseq/config.edn', '{:meta/version 1}');
    await publication.put('g/pages/C.md', 'godwit');
    await publication.settle();
    expect(await leaked(publication)).toEqual(['avocet']);
    expect(await codesOf(publication)).toContain('publishing-unclear-public');
  });

  it('is private as a whole where they say nothing, with what it keeps of older versions', async () => {
    const publication = await publish({
      ...GRAPH,
      'g/logseq/config.edn': '{:meta/version 1}',
      'g/logseq/bak/pages/B/2023-01-05T10_00_00.000Z.Desktop.md': '- whimbrel\n',
    });
    expect(await leaked(publication)).toEqual([]);
    expect(await codesOf(publication)).toEqual([]);
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
