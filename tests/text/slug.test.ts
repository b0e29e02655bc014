import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLUG_CHARACTERS_MAX, slugify } from '../../lambda/text/slug.ts';

describe('slugify', () => {
  it.each([
    ['Hello, World!', 'hello-world'],
    ['C++', 'c-plus-plus'],
    ['C++20 & more', 'c-plus-plus-20-more'],
    ['c#', 'c-sharp'],
    ['Google+', 'google-plus'],
    ['Don’t panic', 'dont-panic'],
    ['  --Déjà vu--  ', 'déjà-vu'],
    ['Климат', 'климат'],
    ['日本語 の 記事', '日本語-の-記事'],
    ['हिन्दी', 'हिन्दी'],
    ['می‌خواهم', 'می‌خواهم'],
    ['v1.10', 'v1-10'],
    ['1 + 1', '1-1'],
  ])('makes %j %j', (text, slug) => {
    expect(slugify(text)).toBe(slug);
  });

  it('is one for composed and decomposed spellings', () => {
    expect(slugify('de\u0301ja\u0300')).toBe(slugify('d\u00e9j\u00e0'));
  });

  it('tells words without letters apart', () => {
    expect(slugify('???')).not.toBe(slugify('!!!'));
    expect(slugify('🎉')).toMatch(/^x[a-z\d]+$/);
  });

  it('tells long texts with one beginning apart', () => {
    expect(slugify(`${'a'.repeat(200)} one`)).not.toBe(slugify(`${'a'.repeat(200)} two`));
  });

  it('law: a slug is never empty, bounded, one path part, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const slug = slugify(text);
        expect([...slug].length).toBeGreaterThan(0);
        expect([...slug].length).toBeLessThanOrEqual(SLUG_CHARACTERS_MAX);
        expect(slug.replace(/\u200c|\u200d/g, '')).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
        expect(slugify(slug)).toBe(slug);
      }),
    );
  });
});
