import { describe, expect, it } from 'vitest';
import { good, mistakes } from '../support/site-file.ts';

describe('statuses', () => {
  it('are known by their words, however those are written', () => {
    const file =
      'statuses:\n  Evergreen: published\n  in review: Draft\n  "#seedling": hidden\n  7: draft\n  "*": published\n';
    expect(good(file).statuses).toEqual({
      evergreen: 'published',
      'in-review': 'draft',
      seedling: 'hidden',
      '7': 'draft',
      '*': 'published',
    });
  });

  it('are none by default, so that the settings of before stay what they were', () => {
    expect(good('title: A\n')).not.toHaveProperty('statuses');
  });

  it('that are no map, or mean nothing known, are mistakes', () => {
    expect(mistakes('statuses: published\n')).toHaveLength(1);
    expect(mistakes('statuses:\n  evergreen: yes\n  seedling: draft\n')).toHaveLength(1);
    expect(mistakes('statuses: { evergreen: [published] }\n')).toHaveLength(1);
  });

  it('must not mean two things', () => {
    expect(mistakes('statuses:\n  in review: draft\n  in-review: published\n')).toHaveLength(1);
    expect(good('statuses:\n  in review: draft\n  In_Review: draft\n').statuses).toEqual({ 'in-review': 'draft' });
  });
});
