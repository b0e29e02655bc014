/** `addresses` in site.yaml gives articles the addresses of another system, and what was public leads to them. */

import { describe, expect, it } from 'vitest';
import { createTestPublication } from '../support/publication.ts';

const POST = '---\ntitle: Ebb\ndate: 2024-04-01\n---\nText.\n';
const KEY = '_posts/2024-04-01-Low.Water.md';
const AS_BEFORE = '2024-04-01-Low.Water/index.html';
const AS_JEKYLL = '2024/04/01/Low.Water.html';

async function publish(settings: string) {
  const publication = await createTestPublication({ files: { [KEY]: POST, 'site.yaml': `title: T\n${settings}` } });
  await publication.settle();
  return publication;
}

describe('addresses of another system', () => {
  it('have no redirects where nothing was public before', async () => {
    const documents = await (await publish('addresses: jekyll\n')).documents();
    expect(documents.get(AS_JEKYLL)).toContain('Ebb');
    expect(documents.has(AS_BEFORE)).toBe(false);
  });

  it('are led to from where an article was before, and its id stays', async () => {
    const publication = await publish('');
    const idOf = async () => JSON.parse((await publication.documents()).get('feed.json') ?? '').items[0].id;
    const id = await idOf();
    await publication.put('site.yaml', 'title: T\naddresses: jekyll\n');
    await publication.settle();
    const documents = await publication.documents();
    expect(documents.get(AS_JEKYLL)).toContain('<h1');
    expect(documents.get(AS_BEFORE)).toContain('https://example.org/2024/04/01/Low.Water.html');
    expect(documents.get('rss.xml')).toContain('<link>https://example.org/2024/04/01/Low.Water.html</link>');
    expect(await idOf()).toBe(id);

    // Later work on the article knows them still; so does another change of the settings.
    await publication.put(KEY, POST.replace('Text', 'Words'));
    await publication.put('site.yaml', 'title: T\n');
    await publication.settle();
    const later = await publication.documents();
    expect(later.get(AS_BEFORE)).toContain('Words');
    expect(later.get(AS_JEKYLL)).toContain('https://example.org/2024-04-01-Low.Water/');
  });

  it('are not taken from another article that is there by now', async () => {
    const publication = await publish('');
    await publication.put('site.yaml', 'title: T\naddresses: jekyll\n');
    await publication.put(
      'other.md',
      '---\ntitle: Other\ndate: 2024-05-01\npermalink: /2024-04-01-Low.Water/\n---\nFlood.\n',
    );
    await publication.settle();
    expect((await publication.documents()).get(AS_BEFORE)).toContain('Flood.');
  });
});
