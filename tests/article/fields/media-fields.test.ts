import { describe, expect, it } from 'vitest';
import type { MediaReference } from '../../../lambda/model/article.ts';
import { codesOf, parseOne, parseText, withFields } from '../article-file.ts';

const media = (facts: Partial<MediaReference> & Pick<MediaReference, 'url'>): MediaReference => ({
  key: null,
  mimeType: null,
  lengthBytes: null,
  durationSeconds: null,
  width: null,
  height: null,
  title: null,
  alt: null,
  caption: null,
  credit: null,
  ...facts,
});
const article = (...lines: readonly string[]) => parseOne('notes/a.md', withFields(...lines));
const BESIDE = media({ url: 'https://example.org/notes/a.png', key: 'notes/a.png' });
const AT_ROOT = media({ url: 'https://example.org/img/a.png', key: 'img/a.png' });

describe('the hero image', () => {
  it.each([
    ['image: a.png'],
    ['primary_image: ./a.png'],
    ['hero: a.png'],
    ['cover: {image: a.png}'],
    ['featured_image: {src: a.png}'],
    ['header: {image: {url: a.png}}'],
    ['img: a.png'],
    ['thumbnail: a.png'],
    ['images: [a.png, b.png]'],
  ])('is in “%s”', (line) => {
    expect(article(line).image).toEqual(BESIDE);
  });

  it('has what the author says of it', () => {
    const cover =
      'cover: {image: /img/a.png, alt: Two cats, caption: "At *home*", credit: Ada, width: 800, height: 600px}';
    const facts = { alt: 'Two cats', caption: 'At home', credit: 'Ada', width: 800, height: 600 };
    expect(article(cover).image).toEqual({ ...AT_ROOT, ...facts });
    const beside = ['image: /img/a.png', 'image_alt: Two cats', 'image_caption: At home', 'image_credit: Ada'];
    expect(article(...beside).image).toEqual({ ...AT_ROOT, alt: 'Two cats', caption: 'At home', credit: 'Ada' });
  });

  it('is named among the assets', () => {
    expect(article('image: a.png', 'attachments: [b.pdf]').assetKeys).toEqual(['notes/a.png', 'notes/b.pdf']);
  });

  it.each(['hero: false', 'image:', 'header: dark', 'cover: true', 'featured: true', 'image: null'])(
    'is not in “%s”',
    (line) => {
      const parsed = parseText('a.md', withFields(line));
      expect(parsed.articles[0]?.image).toBeNull();
      expect(parsed.problems).toEqual([]);
    },
  );

  it('with a dead address is left out with a warning', () => {
    const parsed = parseText('a.md', withFields('image: javascript:alert(1)'));
    expect(parsed.articles[0]?.image).toBeNull();
    expect(codesOf(parsed)).toEqual(['field-unreadable@2']);
  });
});

describe('attachments', () => {
  it('are addresses, maps and lists', () => {
    expect(article('enclosure: /a.mp3').attachments).toEqual([
      media({ url: 'https://example.org/a.mp3', key: 'a.mp3' }),
    ]);
    const map =
      'audio: {url: https://cdn.example/a.mp3, type: audio/mpeg, length: 1234, duration: "1:02:03", title: Episode 1}';
    expect(article(map).attachments).toEqual([
      media({
        url: 'https://cdn.example/a.mp3',
        mimeType: 'audio/mpeg',
        lengthBytes: 1234,
        durationSeconds: 3723,
        title: 'Episode 1',
      }),
    ]);
    expect(article('attachments: [/a.pdf, {src: /b.pdf}, /a.pdf]').attachments.map((one) => one.url)).toEqual([
      'https://example.org/a.pdf',
      'https://example.org/b.pdf',
    ]);
  });

  it('are the three lines that WordPress writes', () => {
    const text = withFields('enclosure: |', '  https://cdn.example/a.mp3', '  1234', '  audio/mpeg');
    expect(parseOne('a.md', text).attachments).toEqual([
      media({ url: 'https://cdn.example/a.mp3', mimeType: 'audio/mpeg', lengthBytes: 1234 }),
    ]);
  });

  it('are files that have a number in their name', () => {
    expect(article('audio: "Episode #12.mp3"').attachments).toEqual([
      media({ url: 'https://example.org/notes/Episode%20%2312.mp3', key: 'notes/Episode #12.mp3' }),
    ]);
    expect(article('audio: https://cdn.example/a.mp3#t=10.5').attachments[0]?.url).toContain('#t=10.5');
  });

  it('are no sound that does not say so, which is told', () => {
    const file = withFields('title: A', 'date: 2026-01-01', 'audio: https://cdn.example/play/12');
    expect(parseText('notes/a.md', file).problems).toEqual([
      expect.objectContaining({
        code: 'field-unreadable',
        message: 'The field “audio” names https://cdn.example/play/12, which does not say that it is a sound.',
      }),
    ]);
    expect(article('audio: {url: https://cdn.example/play/12, type: audio/mpeg}').attachments).toHaveLength(1);
  });

  it('are not the id of a video, or its page', () => {
    expect(article('video: oeSjTxVkMhc').attachments).toEqual([]);
    expect(article('video: https://videos.example/watch?v=oeSjTxVkMhc').attachments).toEqual([]);
  });

  it.each([
    ['90', 90],
    ['1:30', 90],
    ['PT1M30S', 90],
    ['90.4', 90],
    ['soon', null],
  ])('last %j', (duration, seconds) => {
    expect(article(`audio: {url: /a.mp3, duration: "${duration}"}`).attachments[0]?.durationSeconds).toBe(seconds);
  });
});
