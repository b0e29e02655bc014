/** What each system was seen to make of the same headings. */

import { describe, expect, it } from 'vitest';
import { safeFragment, safeId, writtenId } from '../../lambda/text/clobbering-names.ts';
import { createHeadingIds, HEADING_IDS, type HeadingIds, headingId } from '../../lambda/text/heading-id.ts';

const SYSTEMS = ['github', 'python-markdown', 'hexo', 'vitepress', 'eleventy'] as const;

describe('the id of a heading', () => {
  it.each([
    ['Größe & Maß', ['größe--maß', 'groe-ma', 'Grose-Mas', 'große-maß', 'groesse-and-mass']],
    ['Ærlig talt', ['ærlig-talt', 'rlig-talt', 'AErlig-talt', 'ærlig-talt', 'aerlig-talt']],
    ['海の道', ['海の道', '', '海の道', '海の道', '']],
    ['Новый щит', ['новый-щит', '', 'Новый-щит', 'новыи-щит', 'noviy-schit']],
    ['2. The second', ['2-the-second', '2-the-second', '2-The-second', '_2-the-second', '2-the-second']],
    ['F# & x_y/z.a', ['f--x_yza', 'f-x_yza', 'F-x-y-z-a', 'f-x-y-z-a', 'f-and-x-y-z-a']],
    ['Can’t “we” go', ['cant-we-go', 'cant-we-go', 'Can’t-“we”-go', 'can-t-we-go', 'can-t-we-go']],
    ["It's 5 -- or 6...", ['its-5----or-6', 'its-5-or-6', 'It’s-5-–-or-6…', 'it-s-5-or-6', 'its-5-or-6']],
    ['🌊 Waves', ['-waves', 'waves', '🌊-Waves', '🌊-waves', 'waves']],
  ])('is made as the systems make it: %s', (text, ids) => {
    expect(SYSTEMS.map((system) => headingId(text, system))).toEqual(ids);
  });

  it('has no dashes of typographers in kramdown and Hugo', () => {
    expect((['kramdown', 'hugo', 'github'] as const).map((system) => headingId('Low -- high', system))).toEqual([
      'low--high',
      'low--high',
      'low----high',
    ]);
  });

  it.each<[HeadingIds, readonly (string | null)[]]>([
    ['github', ['same', 'same-1', 'same-1-1', 'same-2']],
    ['hugo', ['same', 'same-1', 'same-1-1', 'same-2']],
    ['vitepress', ['same', 'same-1', 'same-1-1', 'same-2']],
    ['kramdown', ['same', 'same-1', null, 'same-2']],
    ['hexo', ['Same', 'Same-1', null, 'Same-2']],
    ['python-markdown', ['same', 'same_1', 'same-1', 'same_2']],
    ['eleventy', ['same', 'same-2', 'same-1', 'same-3']],
  ])('of the same words is numbered as by %s', (system, ids) => {
    const next = createHeadingIds(system);
    expect(['Same', 'Same', 'Same 1', 'Same'].map((text) => next(text, null))).toEqual(ids);
  });

  it.each<[HeadingIds, readonly (string | null)[]]>([
    ['github', [null, null]],
    ['kramdown', ['section', 'section-1']],
    ['python-markdown', ['_1', '_2']],
    ['eleventy', [null, '-2']],
  ])('of nothing but signs is what %s makes of it', (system, ids) => {
    const next = createHeadingIds(system);
    expect(['!', '?'].map((text) => next(text, null))).toEqual(ids);
  });

  it('that its author wrote counts where it is the one that would have been made', () => {
    for (const system of ['github', 'kramdown'] as const) {
      const next = createHeadingIds(system);
      expect([
        next('Same', null),
        next('Same', 'same-1'),
        next('Same', null),
        next('Other', 'own'),
        next('Own', null),
      ]).toEqual(['same', 'same-1', 'same-2', 'own', system === 'github' ? 'own-1' : null]);
    }
  });

  it('is never the same twice, whatever the headings are', () => {
    const words = ['a', 'A', 'a 1', 'a_1', 'a-1', '', '1', 'a', 'a 1'];
    for (const system of HEADING_IDS) {
      const next = createHeadingIds(system);
      const ids = [...words, ...words].flatMap((text) => next(text, null) ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('an id that clobbers', () => {
  it('has a prefix, in links too', () => {
    expect(['location', 'document', 'cookie', 'tides', '__proto__'].map(safeId)).toEqual([
      'user-content-location',
      'user-content-document',
      'user-content-cookie',
      'tides',
      'user-content-__proto__',
    ]);
    expect([safeFragment('#location'), safeFragment('#tides'), safeFragment('')]).toEqual([
      '#user-content-location',
      '#tides',
      '',
    ]);
    expect(writtenId('user-content-location')).toBe('location');
  });
});
