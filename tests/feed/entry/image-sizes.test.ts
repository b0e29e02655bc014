import { describe, expect, it } from 'vitest';
import type { AssetFacts } from '../../../lambda/article/media/media.ts';
import { sizeImages } from '../../../lambda/feed/entry/image-sizes.ts';

const facts: AssetFacts = { mimeType: 'image/png', lengthBytes: 1, width: 40, height: 30, durationSeconds: null };
const assets = new Map([
  ['a.png', facts],
  ['b c.png', facts],
  ['d.svg', { ...facts, width: null }],
]);
const size = (text: string): string => sizeImages(text, 'https://example.org/', assets);

describe('sizeImages', () => {
  it('writes the size that the file has', () => {
    expect(size('<p><img src="https://example.org/a.png" alt="A"></p>')).toBe(
      '<p><img src="https://example.org/a.png" alt="A" width="40" height="30"></p>',
    );
    expect(size('<img src="https://example.org/b%20c.png">')).toContain(' width="40"');
  });

  it.each([
    ['states one', '<img src="https://example.org/a.png" width="20">'],
    [
      'is chosen by the browser among several',
      '<img src="https://example.org/a.png" srcset="https://x.example/b.png 2x">',
    ],
    ['has no size that is known', '<img src="https://example.org/d.svg">'],
    ['lies elsewhere', '<img src="https://x.example/a.png">'],
    ['is none, but said in a text', '<p title="<img src=&quot;https://example.org/a.png&quot;>">a</p>'],
  ])('leaves an image alone that %s', (_, text) => {
    expect(size(text)).toBe(text);
  });
});
