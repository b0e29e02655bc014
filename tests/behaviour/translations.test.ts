/** Translations that are told apart by the name of their file: language, address and the links between them. */

import { describe, expect, it } from 'vitest';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SITE = 'title: Coast\nid: test\nurl: https://example.org/\n';
const post = (title: string, more = ''): string =>
  `---\ntitle: ${title}\ndate: 2026-05-01\n${more}---\nText of ${title}.\n`;

describe('the name of a file tells the language', () => {
  it.each([
    ['of a bundle', { 'posts/trip/index.de.md': post('Reise') }, 'de', '/de/posts/trip/'],
    ['with a region', { 'posts/trip/index.pt-br.md': post('Viagem') }, 'pt-BR', '/pt-br/posts/trip/'],
    ['beside its original', { 'home.fr.md': post('Chez'), 'home.md': post('Home') }, 'fr', '/fr/home/'],
    ['beside another translation', { 'home.fr.md': post('Chez'), 'home.de.md': post('Heim') }, 'fr', '/fr/home/'],
    ['of the site', { 'home.en.md': post('Home'), 'home.fr.md': post('Chez') }, 'en', '/home/'],
    [
      'that site.yaml lists',
      { 'site.yaml': `${SITE}languages: [fr]\n`, 'home.fr.md': post('Chez') },
      'fr',
      '/fr/home/',
    ],
    [
      'that Hugo lists',
      { 'home.pt-br.md': post('Casa'), 'hugo.toml': '[languages.en]\nweight = 1\n[languages.pt-br]\nweight = 2\n' },
      'pt-BR',
      '/pt-br/home/',
    ],
    [
      'below the pattern of the site',
      { 'site.yaml': `${SITE}permalink: /:year/:title/\n`, 'home.fr.md': post('Chez'), 'home.md': post('Home') },
      'fr',
      '/fr/2026/home/',
    ],
  ])('%s', async (_, files: Readonly<Record<string, string>>, language, path) => {
    const [key = ''] = Object.keys(files).filter((name) => name.endsWith('.md'));
    const [shown] = (await readRecord(await publish(files), key))?.shown ?? [];
    expect([shown?.entry.language, shown?.entry.url]).toEqual([language, `https://example.org${path}`]);
  });

  it.each([
    ['socket.io.md', '/socket.io/'],
    ['v1.2.md', '/v1.2/'],
    ['notes.no.md', '/notes.no/'],
    ['app.old.md', '/app.old/'],
  ])('and not in %s', async (key, path) => {
    const publication = await publish({ [key]: post('One'), 'socket.md.txt': 'x', 'notes-a.md': post('Two') });
    const [shown] = (await readRecord(publication, key))?.shown ?? [];
    expect([shown?.entry.language, shown?.entry.url]).toEqual([null, `https://example.org${path}`]);
  });

  it.each([
    ['es/home.md', 'languages: [es]\n', {}, 'es'],
    ['i18n/pt-br/home.md', '', {}, 'pt-BR'],
    ['content/de/home.md', '', { 'hugo.toml': '[languages.de]\ncontentDir = "content/de"\n' }, 'de'],
    ['it/home.md', '', {}, null],
  ])('and a folder: %s', async (key, settings, files, language) => {
    const publication = await publish({ 'site.yaml': SITE + settings, ...files, [key]: post('Casa') });
    expect((await readRecord(publication, key))?.shown[0]?.entry.language).toBe(language);
  });
});

describe('a translation', () => {
  const ORDERS = [
    ['home.md', 'home.fr.md'],
    ['home.fr.md', 'home.md'],
    ['home.fr.mdx', 'home.en.md'],
    ['home.markdown', 'home.fr.mdx'],
    ['home.fr.mdx', 'home.md'],
  ];

  it.each(ORDERS)('is one whichever comes first: %s, then %s', async (...order) => {
    const publication = await publish({});
    for (const key of order) {
      await publication.put(key, post(key));
      await publication.settle();
    }
    const documents = await publication.documents();
    const links = (path: string) =>
      [...(documents.get(path) ?? '').matchAll(/<link rel="alternate" hreflang="(.*?)" href="(.*?)">/g)].map(
        ([, language, url]) => `${language} ${url}`,
      );
    const all = ['en https://example.org/home/', 'fr https://example.org/fr/home/'];
    expect(links('home/index.html')).toEqual(all);
    expect(links('fr/home/index.html')).toEqual(all);
    expect(documents.get('home/index.html')).toContain('lang="fr" href="/fr/home/">français</a>');
  });

  it('keeps its id, dates and old address when its original comes and goes', async () => {
    const publication = await publish({ 'home.fr.md': post('Chez') });
    const before = (await readRecord(publication, 'home.fr.md'))?.shown[0]?.entry;
    expect(before?.url).toBe('https://example.org/home.fr/');
    await publication.put('home.md', post('Home'));
    await publication.settle();
    const after = (await readRecord(publication, 'home.fr.md'))?.shown[0]?.entry;
    expect(after).toMatchObject({ id: before?.id, published: before?.published, updated: before?.updated });
    expect(after?.url).toBe('https://example.org/fr/home/');
    expect((await publication.documents()).get('home.fr/index.html')).toContain('https://example.org/fr/home/');
    await publication.put('home.md', null);
    await publication.settle();
    const last = (await readRecord(publication, 'home.fr.md'))?.shown[0]?.entry;
    expect([last?.url, last?.id]).toEqual([before?.url, before?.id]);
  });

  it('shares slug and canonical address with its original', async () => {
    const shared = 'slug: parcel\n';
    const canonical = 'canonical_url: https://elsewhere.example/parcel\n';
    const publication = await publish({
      'a/index.md': post('Parcel', shared),
      'a/index.es.md': post('Paquete', shared),
      'b/index.en.md': post('Other', canonical),
      'b/index.es.md': post('Otro', canonical),
    });
    const keys = ['a/index.md', 'a/index.es.md', 'b/index.en.md', 'b/index.es.md'];
    const records = await Promise.all(keys.map((key) => readRecord(publication, key)));
    expect(records.flatMap((record) => record?.problems ?? [])).toEqual([]);
    expect(records.map((record) => record?.shown[0]?.entry.url)).toEqual([
      'https://example.org/parcel/',
      'https://example.org/es/parcel/',
      'https://elsewhere.example/parcel',
      'https://elsewhere.example/parcel',
    ]);
    expect(new Set(records.map((record) => record?.shown[0]?.entry.id)).size).toBe(4);
  });

  it('that is not public has no link', async () => {
    const publication = await publish({ 'home.md': post('Home'), 'home.fr.md': post('Chez', 'draft: true\n') });
    expect((await publication.documents()).get('home/index.html')).not.toContain('hreflang');
    await publication.put('home.fr.md', post('Chez'));
    await publication.settle();
    expect((await publication.documents()).get('home/index.html')).toContain('hreflang="fr"');
    await publication.put('home.fr.md', null);
    await publication.settle();
    expect((await publication.documents()).get('home/index.html')).not.toContain('hreflang');
  });
});

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

async function readRecord({ state }: TestPublication, key: string): Promise<ArticleRecord | null> {
  return (await readJson<ArticleRecord>(state, recordKey(key)))?.value ?? null;
}
