import { describe, expect, it } from 'vitest';
import { joinSections, mergeProgramRows, splitSections } from '../../../../tools/readers/table/sections.ts';

describe('the page of readers', () => {
  it('has two parts, each of which is written without the other', () => {
    const page = joinSections('# Readers\n', '| program |\n');
    expect(splitSections(page)).toEqual({ readers: '# Readers\n', programs: '| program |\n' });
    expect(joinSections('# Others\n', splitSections(page).programs)).toContain('| program |');
    expect(splitSections('# Readers\n')).toEqual({ readers: '# Readers\n', programs: '' });
    expect(joinSections('# Readers\n', '')).toBe('# Readers\n');
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
