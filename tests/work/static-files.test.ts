/** Files that are public by their names alone. */

import { describe, expect, it } from 'vitest';
import { isArticleKey } from '../../lambda/address/article-key.ts';
import { isStaticFile, STATIC_BEGINNINGS, staticType } from '../../lambda/address/static/static-file.ts';
import { createTestPublication } from '../support/publication.ts';

const SITE = 'title: Test\nid: test\n';
const NAMES = [
  ...['CNAME', 'ads.txt', 'app-ads.txt', 'humans.txt', 'llms.txt', 'security.txt', 'sellers.json', 'BingSiteAuth.xml'],
  ...[
    'google0123456789abcdef.html',
    'yandex_0123abcd.html',
    'pinterest-0123a.html',
    'favicon.ico',
    'apple-touch-icon.png',
  ],
  ...['.well-known/security.txt', '.well-known/apple-app-site-association', '.well-known/acme-challenge/x-1_y'],
];

async function publish(files: Readonly<Record<string, string>>) {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

describe('a static file', () => {
  it.each(NAMES)('%s is copied as it is, and is no article', async (name) => {
    expect([isStaticFile(name), isArticleKey(name)]).toEqual([true, false]);
    const publication = await publish({ [name]: '# Title\n\nText <b>of</b> mine.\n' });
    expect((await publication.documents()).get(name)).toBe('# Title\n\nText <b>of</b> mine.\n');
    const { counts, problems } = await publication.publisher.overview();
    expect(counts).toMatchObject({ published: 0, broken: 0 });
    expect(problems.filter(({ path }) => path === name)).toEqual([]);
  });

  it('changes with its file, and goes with it', async () => {
    const publication = await publish({ 'ads.txt': 'one' });
    await publication.put('ads.txt', 'two');
    await publication.settle();
    expect((await publication.documents()).get('ads.txt')).toBe('two');
    await publication.put('ads.txt', null);
    await publication.settle();
    expect((await publication.documents()).has('ads.txt')).toBe(false);
  });

  it('whose event was lost is published by the next comparison', async () => {
    const publication = await publish({});
    await publication.content.write('CNAME', Buffer.from('tides.example\n'));
    await publication.publisher.reconcile();
    await publication.settle();
    expect((await publication.documents()).get('CNAME')).toBe('tides.example\n');
  });

  it('whose removal was lost goes with the next comparison, and with it its compressed copies', async () => {
    const names = ['CNAME', 'humans.txt', '.well-known/security.txt', `.well-known/${'x'.repeat(200)}/y`];
    const publication = await publish(Object.fromEntries(names.map((name) => [name, 'mine '.repeat(400)])));
    const before = await publication.documents();
    for (const name of names) expect(before.has(name), name).toBe(true);
    for (const name of names) await publication.content.remove(name);
    await publication.publisher.reconcile();
    await publication.settle();
    const after = await publication.documents();
    const left = [...after.keys()].filter((path) => names.some((name) => path.startsWith(name)));
    expect(left).toEqual([]);
  });

  it('has a name of which the comparison looks for the beginning', () => {
    for (const name of NAMES)
      expect(
        STATIC_BEGINNINGS.filter((each) => name.startsWith(each)),
        name,
      ).toHaveLength(1);
  });

  it('that was taken down is not public', async () => {
    const takedowns = JSON.stringify({ takedowns: [{ key: 'ads.txt', at: '2026-01-01T00:00:00Z' }] });
    const publication = await publish({ '.takedowns.json': takedowns, 'ads.txt': 'one' });
    expect((await publication.documents()).has('ads.txt')).toBe(false);
  });

  it('never takes the place of a document of ours, and an export is none', async () => {
    const publication = await publish({
      'rss.xml': 'mine',
      'BingSiteAuth.xml': '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>',
    });
    const documents = await publication.documents();
    expect(documents.get('rss.xml')).toContain('<channel>');
    expect(documents.get('BingSiteAuth.xml')).toBeUndefined();
  });

  it.each([
    ...['notes/ads.txt', 'notes/.well-known/x', '.well-known/.secret', '.well-known/a/.secret', '.well-known/'],
    ...['.env', '.git/config', 'google.html', 'google12.html', 'CNAME.txt', 'readme.txt', 'node_modules/CNAME'],
  ])('is not what is called %s', (name) => {
    expect(isStaticFile(name)).toBe(false);
  });

  it('has a type, also where its name has no ending', () => {
    expect(staticType('.well-known/apple-app-site-association')).toBe('application/json');
    expect(staticType('CNAME')).toBe('text/plain; charset=utf-8');
    expect(staticType('.well-known/security.txt')).toBeNull();
    expect(staticType('notes/x')).toBeNull();
  });
});
