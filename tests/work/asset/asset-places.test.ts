import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'url: https://example.org/';
const article = (...lines: readonly string[]) => `---\ntitle: A\ndate: 2026-01-01\n---\n${lines.join('\n')}`;
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

async function contentOf(publication: TestPublication): Promise<string> {
  await publication.settle();
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
  return items[0]?.content_html;
}

async function missingOf(publication: TestPublication): Promise<readonly string[]> {
  const { problems } = await publication.publisher.overview();
  return problems.map(({ code, message }) => `${code}: ${message}`);
}

const isPublic = async (publication: TestPublication, key: string) => (await publication.documents()).has(key);

describe('a file that lies elsewhere', () => {
  it('is shown from where it is, and is public there', async () => {
    const text = article('![A](/img/a.png?v=2) [b](/files/b.pdf)');
    const publication = await createTestPublication({ files: { 'site.yaml': SITE, 'content/posts/a.md': text } });
    await publication.put('static/img/a.png', PICTURE);
    await publication.put('static/files/b.pdf', 'x');
    expect(await contentOf(publication)).toBe(
      '<p><img src="https://example.org/static/img/a.png?v=2" alt="A"> <a href="https://example.org/static/files/b.pdf">b</a></p>',
    );
    expect(await missingOf(publication)).toEqual([]);
    expect(await isPublic(publication, 'static/img/a.png')).toBe(true);
  });

  it('is found when it comes after the article, at either place, and when it moves', async () => {
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE, 'a.md': article('![A](/img/a.png)') },
    });
    expect(await contentOf(publication)).toContain('src="https://example.org/img/a.png"');
    expect(await missingOf(publication)).toEqual([
      'asset-missing: The article refers to img/a.png, which is not there.',
    ]);
    await publication.put('public/img/a.png', PICTURE);
    expect(await contentOf(publication)).toContain('src="https://example.org/public/img/a.png"');
    await publication.put('img/a.png', PICTURE);
    expect(await contentOf(publication)).toContain('src="https://example.org/img/a.png"');
    await publication.put('img/a.png', null);
    expect(await contentOf(publication)).toContain('src="https://example.org/public/img/a.png"');
    await publication.put('public/img/a.png', null);
    await publication.put('static/img/a.png', PICTURE);
    expect(await contentOf(publication)).toContain('src="https://example.org/static/img/a.png"');
    expect([await isPublic(publication, 'public/img/a.png'), await missingOf(publication)]).toEqual([false, []]);
  });

  it('is the image of the article, and its sound, too', async () => {
    const text = '---\ntitle: A\ndate: 2026-01-01\nimage: /img/a.png\naudio: /e.mp3\n---\nText.';
    const publication = await createTestPublication({ files: { 'site.yaml': SITE, 'content/posts/a.md': text } });
    await publication.put('static/img/a.png', PICTURE);
    await publication.put('static/e.mp3', 'x');
    await publication.settle();
    const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
    expect(items[0]).toMatchObject({
      image: 'https://example.org/static/img/a.png',
      attachments: [{ url: 'https://example.org/static/e.mp3' }],
    });
  });

  it('is the same under a name whose letters are composed otherwise', async () => {
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE, 'posts/a.md': article('![A](caf\u00e9.png)') },
    });
    await publication.put('posts/cafe\u0301.png', PICTURE);
    expect(await contentOf(publication)).toContain('src="https://example.org/posts/cafe%CC%81.png"');
  });

  it('is looked for in the folder of a post of Hexo’s', async () => {
    const text = article('{% asset_img boat.png A boat %}');
    const publication = await createTestPublication({ files: { 'site.yaml': SITE, 'source/_posts/a.md': text } });
    await publication.put('source/_posts/a/boat.png', PICTURE);
    expect(await contentOf(publication)).toContain('src="https://example.org/source/_posts/a/boat.png"');
  });
});
