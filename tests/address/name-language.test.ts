import { describe, expect, it } from 'vitest';
import { familyName, nameLanguage, originalKeys } from '../../lambda/address/name-language.ts';

describe('the family of a file', () => {
  it.each([
    ['notes/boat.md', 'notes/boat.md'],
    ['notes/boat.de.md', 'notes/boat.md'],
    ['notes/boat.de.mdx', 'notes/boat.md'],
    ['notes/boat.markdown', 'notes/boat.md'],
    ['notes/boat.fr.html', 'notes/boat.html'],
    ['notes/boat.js.md', 'notes/boat.js.md'],
  ])('of %s is named %s', (key, name) => {
    expect(familyName(key)).toBe(name);
  });

  it('has an original of any kind of Markdown, the translation’s own first', () => {
    const named = nameLanguage('boat.de.mdx');
    expect(named === null ? [] : originalKeys(named)).toEqual(['boat.mdx', 'boat.md', 'boat.markdown']);
    expect(originalKeys({ original: 'boat.html' })).toEqual(['boat.html']);
  });
});
