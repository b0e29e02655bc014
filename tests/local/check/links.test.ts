/** Links within a publication that lead nowhere, as `feedwright check` tells of them. */

import { describe, expect, it } from 'vitest';
import { checkLinks } from '../../../local/check/links.ts';
import { createTestPublication } from '../../support/publication.ts';

async function check(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const publication = await createTestPublication({ files });
  await publication.settle();
  const { site } = await publication.publisher.overview();
  if (site === null) throw new Error('There are no settings.');
  const { content, state, ports } = publication;
  const problems = await checkLinks(site, { content, state, public: ports.public });
  return problems.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const HEAD = '---\ntitle: x\ndate: 2026-01-01\n---\n\n';

describe('links within a publication', () => {
  it('are told of where nothing is, and where no heading has the id', async () => {
    const files = {
      'a.md': `${HEAD}[a](/nowhere/) [b](b.md#two) [c](#three)\n\n[d](/gone.html) [e](/b/#four) [f](/x/) [g](/y/)\n`,
      'b.md': `${HEAD}## One\n`,
    };
    expect(await check(files)).toEqual([
      'a.md:6 4 links lead to where nothing is: /nowhere/, /gone.html, /x/ and 1 more.',
      'a.md:6 3 links lead to headings that have no such id: /b/#two, /a/#three, /b/#four.',
    ]);
  });

  it('are not told of where they lead somewhere', async () => {
    const files = {
      'a.md': `${HEAD}[a](b.md#one) [b](/b/#own) [c](/tags/sea/) [d](/rss.xml) [e](#mine) [f](/b/#über-uns) [g](/b/#location) [h](/b/#:~:text=One)\n\n## Mine\n\nx[^1]\n\n[^1]: Note.\n`,
      'b.md': `---\ntitle: x\ndate: 2026-01-01\ntags: sea\naliases: /old/\n---\n\n## One\n\n## Two {#own}\n\n## Über uns\n\n## Location\n`,
      'c.md': `${HEAD}[a](/old/) [b](/feeds/) [c](/)\n`,
    };
    expect(await check(files)).toEqual([]);
  });

  it('are for another program to know where that makes the pages', async () => {
    const files = { 'site.yaml': 'title: T\npages: { articles: false }\n', 'a.md': `${HEAD}[a](/nowhere/)\n` };
    expect(await check(files)).toEqual([]);
  });

  it('have ids by the rule of the settings', async () => {
    const files = { 'a.md': `${HEAD}[a](b.md#Sea-Life)\n`, 'b.md': `${HEAD}## Sea Life\n` };
    expect(await check(files)).toHaveLength(1);
    expect(await check({ ...files, 'site.yaml': 'title: T\nheadingIds: hexo\n' })).toEqual([]);
  });
});
