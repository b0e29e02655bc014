import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPodcasts } from '../../../local/commands/podcast-check.ts';
import { createTestPublication } from '../../support/publication.ts';

const COVER = readFileSync(new URL('../../../content/images/listening-post.png', import.meta.url));
const ICON = readFileSync(new URL('../../../content/images/icon.png', import.meta.url));
const SOUND = readFileSync(new URL('../../article/media/files/silence.m4a', import.meta.url));

const SITE = `title: Tide
description: The coast.
authors: Ana
feeds:
  listen:
    kind: podcast
    podcast: { image: cover.png, category: Arts, owner: Ana <ana@tide.example> }
`;
const ARTICLE = '---\ntitle: Fog\ndate: 2026-01-01\naudio: fog.m4a\n---\nFog.';

async function check(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const publication = await createTestPublication();
  for (const [key, body] of Object.entries(files)) await publication.put(key, body);
  await publication.settle();
  const { site } = await publication.publisher.overview();
  if (site === null) throw new Error('The settings have a mistake.');
  const problems = await checkPodcasts(site, publication.content, publication.state);
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('checkPodcasts', () => {
  it('has nothing to say of a podcast as directories want it', async () => {
    const files = { 'site.yaml': SITE, 'cover.png': COVER, 'listen/fog.m4a': SOUND, 'listen/fog.md': ARTICLE };
    expect(await check(files)).toEqual([]);
  });

  it('looks at the artwork that is there, and says where there is none', async () => {
    const files = { 'site.yaml': SITE, 'listen/fog.m4a': SOUND, 'listen/fog.md': ARTICLE };
    const artwork = 'site.yaml: The artwork of “listen”, https://example.org/cover.png,';
    expect(await check(files)).toEqual([`${artwork} is not there.`]);
    expect(await check({ ...files, 'cover.png': ICON })).toEqual([
      `${artwork} has 512 × 512 pixels, not 1400 to 3000.`,
    ]);
  });

  it('looks at episodes, and at nothing else', async () => {
    const files = {
      'site.yaml': SITE,
      'cover.png': COVER,
      'listen/fog.md': ARTICLE.replace('fog.m4a', 'https://cdn.example/fog.mp3'),
      'notes/plain.md': 'A note.',
    };
    expect(await check(files)).toEqual([
      'listen/fog.md: The size of https://cdn.example/fog.mp3 is not known.',
      'listen/fog.md: The duration of https://cdn.example/fog.mp3 is not known.',
    ]);
  });

  it('has nothing to do without a podcast', async () => {
    expect(await check({ 'site.yaml': 'title: Tide', 'a.md': ARTICLE })).toEqual([]);
  });
});
