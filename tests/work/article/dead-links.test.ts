import { describe, expect, it } from 'vitest';
import { createTestPublication } from '../../support/publication.ts';

const article = (text: string) => `---\ntitle: A\ndate: 2026-01-01\n---\n\n${text}\n`;

describe('a link to a file that is no public article', () => {
  it('is told of with the post that is called so behind its day, and with nothing that is only a letter away', async () => {
    const files = {
      'a.md': article('[x](tide.md) [y](b.md) [z](posts/c.md)'),
      '_posts/2026-01-02-tide.md': article('T.'),
      'c.md': article('[x](cc.md)'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    const { problems } = await publication.publisher.overview();
    const fixes = problems.map(({ message, fix }) => [/“(.*?)”/.exec(message)?.[1], /mean “(.*?)”/.exec(fix)?.[1]]);
    expect(fixes).toEqual([
      ['tide.md', '_posts/2026-01-02-tide.md'],
      ['b.md', undefined],
      ['posts/c.md', 'c.md'],
      ['cc.md', undefined],
    ]);
  });
});
