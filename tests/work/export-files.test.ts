/** Exports of other programs in the content: read by nobody, public never, and told of. */

import { describe, expect, it } from 'vitest';
import { findExporter } from '../../lambda/article/media/export-file.ts';
import { assetKey } from '../../lambda/state/keys.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SECRET = 'sandpiper';
const WXR = `<?xml version="1.0"?>\n<!-- a comment -->\n<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:author><wp:author_email>${SECRET}@coast.example</wp:author_email></wp:author></channel></rss>`;
const GHOST = `{"db":[{"meta":{"version":"6.1.0"},"data":{"posts":[{"title":"x","html":"${SECRET}"}]}}]}`;
const SITE = 'title: Test\nid: test\n';

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

async function secretsOf(publication: TestPublication): Promise<readonly string[]> {
  return [...(await publication.documents())].filter(([, text]) => text.includes(SECRET)).map(([path]) => path);
}

async function problemsOf({ publisher }: TestPublication): Promise<readonly string[]> {
  return (await publisher.overview()).problems.map(({ code, path }) => `${code} ${path}`);
}

describe('an export', () => {
  const EXPORTS: Readonly<Record<string, string>> = {
    'old/site.WordPress.2026-11-30.xml': WXR,
    'old/blog.xml': `<feed xmlns:blogger='http://schemas.google.com/blogger/2018'><entry>${SECRET}</entry></feed>`,
    'old/feed.atom': `<feed><id>tag:blogger.com,1999:blog-1.archive</id><entry>${SECRET}</entry></feed>`,
    'old/ghost.json': GHOST,
    'old/large.json': GHOST.replace(SECRET, SECRET.repeat(150_000)),
    'old/outbox.json': `{"@context":"a","type":"OrderedCollection","orderedItems":[{"content":"${SECRET}"}]}`,
    'old/movable.txt': `AUTHOR: Ola\r\nTITLE: Mud\r\nSTATUS: Publish\r\nDATE: 01/02/2024 10:00:00 AM\r\n-----\r\nBODY:\r\nText.\r\n-----\r\nCOMMENT:\r\nEMAIL: ${SECRET}@coast.example\r\n`,
    'old/data/tweets.js': `window.YTD.tweets.part0 = [{"tweet":"${SECRET}"}]`,
  };

  it('is told of once each, and nothing of it is published', async () => {
    const publication = await publish(EXPORTS);
    expect(await problemsOf(publication)).toEqual(
      Object.keys(EXPORTS)
        .sort()
        .map((key) => `export-not-read ${key}`),
    );
    expect(await secretsOf(publication)).toEqual([]);
    expect((await publication.publisher.overview()).counts.published).toBe(0);
  });

  it('is not made public by an article that refers to it', async () => {
    const others = {
      'old/1001.post.delivers.csv': `email\n${SECRET}`,
      'old/members.csv': `id,email,name,note,subscribed_to_emails\n1,${SECRET}@coast.example,Ola,,true\n`,
      'old/list.csv': `email,active_subscription\n${SECRET},true\n`,
      'old/Posts 0a1b2c3d4e5f60718293a4b5c6d7e8f9.csv': `Name,Status\n${SECRET},Draft\n`,
      'old/all.zip': `PK\x03\x04${'\0'.repeat(26)}posts.csv${SECRET}`,
    };
    const links = Object.keys({ ...EXPORTS, ...others }).map(
      (key) => `[x](/${encodeURI(key)}) ![](/${encodeURI(key)})`,
    );
    const publication = await publish({ ...EXPORTS, ...others, 'a.md': `# A\n\n${links.join('\n')}\n` });
    expect(await secretsOf(publication)).toEqual([]);
    const told = (await problemsOf(publication)).filter((problem) => problem.startsWith('export-not-public'));
    expect(told).toHaveLength(links.length);
    await publication.put('site.yaml', `${SITE}icon: /old/blog.xml\n`);
    await publication.settle();
    expect(await secretsOf(publication)).toEqual([]);
  });

  it('that an older publisher made public is public no more', async () => {
    const publication = await publish({ 'old.xml': '<plain/>', 'a.md': '# A\n\n[x](old.xml)\n' });
    expect((await publication.documents()).has('old.xml')).toBe(true);
    await publication.put('old.xml', WXR);
    await publication.settle();
    expect(await secretsOf(publication)).toEqual([]);

    // As an older publisher left it: public, and with a note that says nothing of exports.
    const old = await publish({ 'old.xml': WXR, 'a.md': '# A\n\n[x](old.xml)\n' });
    const { version = '' } = (await old.content.inspect('old.xml')) ?? {};
    const put = await old.public.write('old.xml', new TextEncoder().encode(WXR));
    const note = JSON.parse(new TextDecoder().decode((await old.state.read(assetKey('old.xml')))?.body));
    const { exportOf, ...facts } = note.facts;
    const stale = { ...note, facts, publicVersion: version, siteVersion: put };
    await old.state.write(assetKey('old.xml'), new TextEncoder().encode(JSON.stringify(stale)));
    expect(exportOf).toBe('WordPress');
    await old.publisher.reconcileAll();
    await old.settle();
    expect(await secretsOf(old)).toEqual([]);
  });

  it('is told of no more once it is gone, or another file is there', async () => {
    const publication = await publish({ 'a.xml': WXR, 'b.xml': WXR });
    await publication.put('a.xml', null);
    await publication.put('b.xml', '<data/>');
    await publication.settle();
    expect(await problemsOf(publication)).toEqual([]);
  });

  it('is found by a comparison when its event was lost', async () => {
    const publication = await publish({});
    await publication.content.write('a.xml', new TextEncoder().encode(WXR));
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await problemsOf(publication)).toEqual(['export-not-read a.xml']);
  });
});

describe('findExporter', () => {
  it.each([
    ['data.xml', '<data/>'],
    ['rss.xml', '<rss version="2.0"><channel/></rss>'],
    ['data.json', '{"posts":[]}'],
    ['a.json', '{"title":"A","content_text":"“db”"}'],
    ['data/app.js', 'window.start()'],
    ['pictures.zip', 'PK\x03\x04 boat.jpg'],
    ['table.csv', 'name,mail\n'],
    ['a.md', WXR],
  ])('takes %s for none', (key, text) => {
    expect(findExporter(key, new TextEncoder().encode(text))).toBeNull();
  });
});
