import { describe, expect, it } from 'vitest';
import { CHANGES, describeSeen } from '../../../../tools/readers/programs/changes.ts';
import type { SeenEntry } from '../../../../tools/readers/programs/subscriber.ts';

function see(name: string, entries: readonly Partial<SeenEntry>[], isMail = false): string {
  const change = CHANGES.find((each) => each.name === name);
  if (change === undefined) throw new Error(`There is no change “${name}”.`);
  const whole = { id: '', title: '', link: '', published: null, text: '', isNew: false };
  return describeSeen(
    change,
    entries.map((entry) => ({ ...whole, ...entry })),
    isMail,
  );
}

describe('describeSeen', () => {
  it('says whether the change is shown, and what is shown as new', () => {
    expect(see('edit', [{ title: 'Edited', text: 'As it is now.' }])).toBe('right, nothing new');
    expect(see('edit', [{ title: 'Edited', text: 'As it was.', isNew: true }])).toBe('as before, 1 new');
    expect(see('remove', [{ title: 'Renamed' }])).toBe('gone, nothing new');
    expect(see('remove', [{ title: 'Removed' }])).toBe('stays, nothing new');
  });

  it('says what is there twice', () => {
    const renamed = [
      { title: 'Renamed', link: '/rename/' },
      { title: 'Renamed', link: '/another-name/', isNew: true },
    ];
    expect(see('rename', renamed)).toBe('right beside wrong, 1 new, 1 twice');
  });

  it('leaves what was removed before out of a move of all', () => {
    expect(
      see('move the host', [
        { title: 'Removed', link: 'http://127.0.0.1/' },
        { title: 'A', link: 'http://localhost/' },
      ]),
    ).toBe('right, nothing new');
  });

  it('knows of mails only which came', () => {
    expect(see('edit', [], true)).toBe('nothing mailed');
    expect(see('edit', [{ title: 'Edited', isNew: true }], true)).toBe('1 mailed');
  });
});
