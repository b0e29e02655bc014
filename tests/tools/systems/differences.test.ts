import { describe, expect, it } from 'vitest';
import { compareEntries, type Difference, judge, type TheirEntry } from '../../../tools/systems/differences.ts';
import { type SiteReading, textOfHtml } from '../../../tools/systems/site-entries.ts';

const ENTRY: TheirEntry = {
  title: 'Ebb',
  date: '2024-01-02T00:00:00Z',
  address: '/ebb/',
  authors: ['Ann Reed'],
  tags: [],
  text: 'Tellebb.',
};
const OURS: SiteReading = { entries: [{ ...ENTRY, file: 'a.md', role: 'post' }], held: [], problems: [] };
const SOURCES = new Map([
  ['a.md', 'Tellebb.'],
  ['b.md', 'Hushflood.'],
]);

describe('the comparison with a program', () => {
  it('finds nothing where all is the same', () => {
    expect(compareEntries([ENTRY], OURS, SOURCES)).toEqual([]);
  });

  it('finds what differs in an entry, whatever its title and address are', () => {
    const theirs = { ...ENTRY, title: 'Flow', address: '/flow/', authors: [], date: null };
    expect(compareEntries([theirs], OURS, SOURCES)).toEqual([
      { file: 'a.md', field: 'title', theirs: 'Flow', ours: 'Ebb' },
      { file: 'a.md', field: 'date', theirs: 'none', ours: '2024-01-02T00:00:00Z' },
      { file: 'a.md', field: 'address', theirs: '/flow/', ours: '/ebb/' },
      { file: 'a.md', field: 'authors', theirs: 'none', ours: 'Ann Reed' },
    ]);
  });

  it('finds what only one of the two publishes, and pages of no file', () => {
    const theirs = [
      { ...ENTRY, text: 'Hushflood.' },
      { ...ENTRY, text: 'Archive', address: '/all/' },
    ];
    expect(compareEntries(theirs, OURS, SOURCES)).toEqual([
      { file: 'a.md', field: 'published', theirs: 'no', ours: 'yes' },
      { file: 'b.md', field: 'published', theirs: 'yes', ours: 'no' },
      { file: '', field: 'published', theirs: '/all/ “Ebb”', ours: 'no article' },
    ]);
  });

  it('takes the file whose text comes first, where an entry includes another', () => {
    const sources = new Map([
      ['a-part.md', 'Tellpart.'],
      ['a.md', 'Tellebb.'],
    ]);
    const both = { ...ENTRY, text: 'Tellebb. Tellpart.' };
    const ours = { ...OURS, entries: [{ ...both, file: 'a.md', role: 'post' as const }] };
    expect(compareEntries([both], ours, sources)).toEqual([]);
  });

  it('keeps a reason as long as both sides say the same, and names what is new and what is gone', () => {
    const title: Difference = { file: 'a.md', field: 'title', theirs: 'A', ours: 'B' };
    const known = { ...title, reason: 'Because.' };
    expect(judge([title], [known])).toEqual({ found: [known], unexplained: [], gone: [] });
    const changed = { ...title, ours: 'C' };
    expect(judge([changed], [known])).toEqual({
      found: [{ ...changed, reason: '' }],
      unexplained: [{ ...changed, reason: '' }],
      gone: [known],
    });
  });
});

describe('the text of HTML', () => {
  it('has single spaces, none within words, and one between blocks', () => {
    expect(textOfHtml('<p>A<b>B</b> &amp;\n C</p><ul><li>D</li><li>E<br>F</li></ul>')).toBe('AB & C D E F');
  });
});
