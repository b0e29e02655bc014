import { describe, expect, it } from 'vitest';
import { bestCandidate } from '../../../../lambda/article/html/tree/source-sets.ts';
import { parseOne } from '../../article-file.ts';

describe('of an image in several sizes', () => {
  it.each([
    ['a 320w, b 1600w, c 3200w', 'b'],
    ['a 3200w, b 2400w', 'b'],
    ['a 1x, b 2x, c 3x', 'b'],
    ['a 2000w, b 1999w', 'a'],
    ['a, b 1.5x', 'b'],
    ['a', 'a'],
  ])('the largest that is not too wide is taken: %s', (set, best) => {
    expect(bestCandidate(set)).toBe(best);
  });

  const html = (text: string) => parseOne('a.md', `---\ntitle: A\ndate: 2026-01-01\n---\n${text}`).contentHtml;
  const at = (name: string) => `https://example.org/${name}`;

  it('it is the one that readers without sets show', () => {
    expect(html('<img srcset="/a.png 400w, /b.png 1800w" alt="Ebb">')).toContain(` src="${at('b.png')}"`);
    expect(html('<img src="/a.png" srcset="/b.png 1800w" alt="Ebb">')).toContain(`src="${at('a.png')}"`);
  });

  it('of a picture it is taken from the sources, in a format that everybody can show', () => {
    const sources =
      '<source type="image/avif" srcset="/a.avif 900w"><source type="image/jpeg" srcset="/a.jpg 400w, /b.jpg 900w">';
    expect(html(`<picture>${sources}<img alt="Ebb"></picture>`)).toContain(`src="${at('b.jpg')}"`);
    expect(html(`<picture>${sources}</picture>`)).toContain(`src="${at('b.jpg')}"`);
    expect(html(`<picture>${sources}<img src="/c.jpg" alt="Ebb"></picture>`)).toContain(`src="${at('c.jpg')}"`);
  });
});
