/** Files in the content that are called as documents of the publisher: what an old site leaves behind. */

import { describe, expect, it } from 'vitest';
import { isOwnFile } from '../../lambda/address/own-documents.ts';
import { createPublisher } from '../../lambda/publish.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { assetLane, pageLane } from '../../lambda/work/protocol/lanes.ts';
import { createTestPublication, createTestQueue, readTexts, type TestPublication } from '../support/publication.ts';

const PICKS = 'feeds:\n  - { name: picks, title: Picks, tags: [sea] }\n';
const FILES = {
  'site.yaml': `title: Test\nid: test\npageSize: 10\n${PICKS}`,
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `a${index}.md`,
      `---\ntitle: A${index}\ndate: ${new Date(Date.UTC(2025, 0, index)).toISOString()}\ntags: [sea]\n---\nText.\n`,
    ]),
  ),
};

async function publish(): Promise<TestPublication> {
  const publication = await createTestPublication({
    files: FILES,
    wrap: (store, name) => (name === 'public' ? createVariantStore(store) : store),
  });
  await publication.settle();
  return publication;
}

async function put(publication: TestPublication, key: string, text: string | null): Promise<void> {
  await publication.put(key, text);
  await publication.settle();
}

describe('a file that is called as a document of the publisher', () => {
  it('leaves every document as it is when it comes, changes and goes', async () => {
    const publication = await publish();
    const before = await readTexts(publication.public);
    const documents = [...before.keys()];
    const names = documents.filter((path) => !/^a\d/.test(path));
    expect(names).toEqual(expect.arrayContaining(['rss.xml', 'rss.xml.gz', '404.html.br', 'tags/sea/feed.json']));
    expect(names.filter((path) => path.startsWith('archive/')).length).toBeGreaterThan(3);
    // robots.txt is one that the content may have.
    const own = names.filter((path) => !/^robots\.txt/.test(path));
    expect(own.filter((path) => !isOwnFile(path))).toEqual([]);
    for (const path of own) await publication.put(path, 'Of an old site.');
    await publication.settle();
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await readTexts(publication.public)).toEqual(before);
    for (const path of own) await publication.put(path, null);
    await publication.settle();
    expect(await readTexts(publication.public)).toEqual(before);
  });

  it('is not put in place because an article or the settings name it', async () => {
    const publication = await publish();
    const before = (await publication.documents()).get('feedwright.css');
    for (const key of ['feedwright.css', 'rss.xml', 'tags/sea/atom.xml']) await publication.put(key, 'Of an old site.');
    await publication.put(
      'notes/b.md',
      '# B\n\n![](../feedwright.css) [a](/rss.xml) ![](%72ss.xml) ![](/tags/sea/atom.xml)\n',
    );
    await put(publication, 'site.yaml', `${FILES['site.yaml']}icon: rss.xml\n`);
    const after = await publication.documents();
    expect(after.get('feedwright.css')).toBe(before);
    expect([...after].filter(([, text]) => text.includes('Of an old site.'))).toEqual([]);
  });

  it('takes no document of a feed that the settings do not define any more', async () => {
    const publication = await publish();
    await put(publication, 'site.yaml', 'title: Test\nid: test\npageSize: 10\n');
    expect((await publication.documents()).get('picks/rss.xml')).toContain('<title>Test: picks</title>');
    await put(publication, 'picks/rss.xml', 'Of an old site.');
    await put(publication, 'picks/rss.xml', null);
    expect((await publication.documents()).get('picks/rss.xml')).toContain('<title>Test: picks</title>');
  });
});

describe('a file where something else is', () => {
  it('leaves the page of an article at its name', async () => {
    const publication = await publish();
    await put(publication, 'about.md', '---\ntitle: About\npermalink: /readme.html\n---\nUs.\n');
    const page = (await publication.documents()).get('readme.html');
    expect(page).toContain('About');
    for (const text of ['Of those who work here.', null]) {
      await put(publication, 'readme.html', text);
      expect((await publication.documents()).get('readme.html')).toBe(page);
    }
    await put(publication, 'readme.html.gz', 'Of an old site.');
    expect([...(await publication.documents()).keys()].filter((path) => path.startsWith('readme'))).toEqual([
      'readme.html',
      'readme.html.br',
      'readme.html.gz',
    ]);
  });

  it('leaves the former address of an article when it goes', async () => {
    const publication = await publish();
    await publication.put('plan.pdf', '%PDF-1.4');
    await put(publication, 'plan.md', '---\ntitle: Plan\naliases: [/plan.pdf]\n---\n[Plan](plan.pdf)\n');
    expect((await publication.documents()).get('plan.pdf')).toBe('%PDF-1.4');
    await put(publication, 'plan.pdf', null);
    await put(publication, 'plan.pdf', null);
    expect((await publication.documents()).get('plan.pdf')).toContain('http-equiv="refresh"');
  });

  it('is put in place although a redirect was about to be written when it came', async () => {
    let meanwhile: (() => Promise<unknown>) | null = null;
    const publication = await createTestPublication({
      files: { 'site.yaml': 'title: Test\nid: test\n', 'a.md': '# A\n\n[Plan](plan.pdf)\n' },
      wrap: (store, name) =>
        name !== 'public'
          ? store
          : {
              ...store,
              async write(key, body, options) {
                const isRedirect = key === 'plan.pdf' && options?.headers?.metadata?.redirect !== undefined;
                if (isRedirect) await meanwhile?.();
                return store.write(key, body, options);
              },
            },
    });
    await publication.settle();
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('plan.pdf', '%PDF-1.4');
      await publication.publisher.articleWork([{ key: 'plan.pdf' }, { key: 'a.md' }]);
    };
    await put(publication, 'site.yaml', 'title: Test\nid: test\nredirects: { /plan.pdf: /plans/ }\n');
    expect((await publication.documents()).get('plan.pdf')).toBe('%PDF-1.4');
  });

  it('is put in place although a redirect was about to be removed when it came', async () => {
    let meanwhile: (() => Promise<unknown>) | null = null;
    const publication = await createTestPublication({
      files: {
        'site.yaml': 'title: Test\nid: test\n',
        'a.md': '# A\n\n[Plan](plan.pdf)\n',
      },
      wrap: (store, name) =>
        name !== 'public'
          ? store
          : {
              ...store,
              async remove(key, options) {
                if (key === 'plan.pdf') await meanwhile?.();
                return store.remove(key, options);
              },
            },
    });
    await publication.settle();
    meanwhile = async () => {
      meanwhile = null;
      await publication.content.write('plan.pdf', new TextEncoder().encode('%PDF-1.4'));
      // Others work off all that is told of it, but for the page, whose turn is this one.
      const others = createPublisher({ ...publication.ports, queue: createTestQueue() });
      await others.articleWork([{ key: 'plan.pdf' }, { key: 'a.md' }]);
      await others.laneWork(assetLane('plan.pdf'), [{ lane: assetLane('plan.pdf'), key: null }]);
    };
    await publication.public.write('plan.pdf', new TextEncoder().encode('A redirect that was.'));
    await publication.publisher.laneWork(pageLane('/plan.pdf'), [{ lane: pageLane('/plan.pdf'), key: null }]);
    await publication.settle();
    expect((await publication.documents()).get('plan.pdf')).toBe('%PDF-1.4');
  });

  it('is no compressed copy of another', async () => {
    const publication = await publish();
    await publication.put('chart.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await put(publication, 'c.md', '# C\n\n![A chart](chart.svg) [packed](chart.svg.gz)\n');
    const before = await readTexts(publication.public);
    expect(before.has('chart.svg.gz')).toBe(true);
    for (const text of ['Packed otherwise.', null]) {
      await put(publication, 'chart.svg.gz', text);
      expect(await readTexts(publication.public)).toEqual(before);
    }
  });
});

describe('an asset that can not be put in place', () => {
  it('holds up no article that does not show it', async () => {
    const publication = await createTestPublication({
      files: {
        'site.yaml': 'title: Test\nid: test\n',
        'pic.png': 'a',
        'a.md': '# A\n\n![](pic.png)\n',
        'b.md': '# B\n\nText.\n',
      },
      wrap: (store, name) =>
        name !== 'public'
          ? store
          : {
              ...store,
              async write(key, body, options) {
                if (key === 'pic.png') throw new Error('No room.');
                return store.write(key, body, options);
              },
            },
    });
    const outcomes = await publication.publisher.articleWork([{ key: 'site.yaml' }, { key: 'a.md' }, { key: 'b.md' }]);
    expect(outcomes.map(({ key, change }) => [key, change])).toEqual([
      ['a.md', 'failed'],
      ['b.md', 'published'],
      ['site.yaml', 'none'],
    ]);
  });
});
