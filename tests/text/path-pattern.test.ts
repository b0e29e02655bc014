import { describe, expect, it } from 'vitest';
import { matchesList, matchesPath } from '../../lambda/text/path-pattern.ts';

describe('a pattern of paths', () => {
  it.each([
    ['secret', 'secret/_posts/a.md', true],
    ['secret/', 'secret/a.md', true],
    ['/secret', 'secret/a.md', true],
    ['./secret', 'secret/a.md', true],
    ['secret', 'secrets/a.md', false],
    ['secret', 'notes/secret/a.md', false],
    ['**/secret', 'notes/secret/a.md', true],
    ['**/secret', 'secret/a.md', true],
    ['**/*.private.md', 'a.private.md', true],
    ['notes/**', 'notes/a/b.md', true],
    ['notes/**', 'notes', false],
    ['notes/*', 'notes/a.md', true],
    ['*.md', 'a.md', true],
    ['*.md', 'notes/a.md', false],
    ['note?.md', 'note1.md', true],
    ['note[0-9].md', 'note1.md', true],
    ['note[!0-9].md', 'note1.md', false],
    ['{a,b}/c.md', 'b/c.md', true],
    ['a\\*.md', 'a*.md', true],
    ['a\\*.md', 'ab.md', false],
    ['a*b*c.md', 'aXbYbc.md', true],
    ['é.md', 'e\u0301.md', true],
  ])('%s names %s: %s', (pattern, path, isNamed) => {
    expect(matchesPath(pattern, path)).toBe(isNamed);
  });

  it('takes no longer than pattern and path are long', () => {
    expect(matchesPath(`${'*a'.repeat(400)}b`, 'a'.repeat(1_000))).toBe(false);
    expect(matchesPath(`${'**/'.repeat(300)}b`, 'a/'.repeat(300))).toBe(false);
    expect(matchesPath('{a,b}'.repeat(40), 'c')).toBe(true);
  });
});

describe('a list of patterns', () => {
  it('is right in its last word', () => {
    expect(matchesList(['notes', '!notes/open.md'], 'notes/open.md')).toBe(false);
    expect(matchesList(['!notes/open.md', 'notes'], 'notes/open.md')).toBe(true);
  });
});
