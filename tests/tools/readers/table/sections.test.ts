import { describe, expect, it } from 'vitest';
import { joinSections, mergeProgramRows, splitSections } from '../../../../tools/readers/table/sections.ts';

describe('the page of readers', () => {
  it('has three parts, each of which is written without the others', () => {
    const sections = { readers: '# Readers\n', programs: '| program |\n', servers: '| shown |\n' };
    for (const left of [{}, { programs: '' }, { servers: '' }, { programs: '', servers: '' }])
      expect(splitSections(joinSections({ ...sections, ...left }))).toEqual({ ...sections, ...left });
    expect(joinSections({ readers: '# Readers\n', programs: '', servers: '' })).toBe('# Readers\n');
  });
});

describe('mergeProgramRows', () => {
  it('keeps the rows of programs that were not asked, in their places', () => {
    const before = ['| sfeed, R | right |', '| reader, R | as before |'];
    expect(mergeProgramRows(before, ['| reader, R | right |', '| elfeed, R | right |'])).toEqual([
      '| sfeed, R | right |',
      '| reader, R | right |',
      '| elfeed, R | right |',
    ]);
  });
});
