import { describe, expect, it } from 'vitest';
import { codesOf, parseOne, parseText, withFields } from '../article-file.ts';

const article = (...lines: readonly string[]) => parseOne('a.md', withFields(...lines));

describe('an id', () => {
  it.each([
    ['id: tag:example.org,2021:a', 'tag:example.org,2021:a'],
    ['guid: https://example.org/?p=42', 'https://example.org/?p=42'],
    ['id: urn:isbn:9783161484100', 'urn:isbn:9783161484100'],
    ['id: 6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['id: 42', 'urn:feedwright:https-example-org:42'],
    ['id: two words', 'urn:feedwright:https-example-org:two%20words'],
    [
      'id: https://example.org/Über Café',
      'urn:feedwright:https-example-org:https%3A%2F%2Fexample.org%2F%C3%9Cber%20Caf%C3%A9',
    ],
    ['id: a/b~ü', 'urn:feedwright:https-example-org:a%2Fb%7E%C3%BC'],
    ['id: note:1', 'urn:feedwright:https-example-org:note%3A1'],
  ])('of “%s” is %s', (line, id) => {
    expect(article(line).id).toBe(id);
  });

  it.each([
    ['id: 42', '42'],
    ['id: 6BA7B810-9DAD-11D1-80B4-00C04FD430C8', '6BA7B810-9DAD-11D1-80B4-00C04FD430C8'],
    ['id: https://example.org/Über Café', 'https://example.org/Über Café'],
    ['id: tag:example.org,2021:a', undefined],
  ])('of “%s” is the word %s', (line, word) => {
    expect(article(line).word).toBe(word);
  });

  it('is made elsewhere when there is none', () => {
    expect(article('title: A').id).toBeNull();
    expect(article('id:').id).toBeNull();
  });

  it.each(['id: "two\\nlines"', 'id: ""', `id: ${'x'.repeat(501)}`, 'id: [a]'])('is invalid in “%.20s”', (line) => {
    expect(codesOf(parseText('a.md', withFields('title: A', line)))).toEqual(['id-invalid@3']);
  });
});

describe('the address of the original', () => {
  it.each(['canonical', 'canonical_url', 'canonicalUrl', 'original_url', 'source_url'])('is in %s', (name) => {
    expect(article(`${name}: https://elsewhere.example/a?b=1`).canonicalUrl).toBe('https://elsewhere.example/a?b=1');
  });

  it('is none when it lies on this very site', () => {
    expect(article('canonical: https://example.org/a/').canonicalUrl).toBeNull();
    expect(article('canonical: /a/').canonicalUrl).toBeNull();
  });

  it('that is none is left out with a warning', () => {
    const parsed = parseText('a.md', withFields('canonical: "#"', 'external_url: javascript:alert(1)'));
    expect(parsed.articles[0]?.canonicalUrl).toBeNull();
    expect(codesOf(parsed)).toEqual(['field-unreadable@2', 'field-unreadable@3']);
  });
});

describe('the page that a link post is about', () => {
  it.each(['externalUrl', 'external_url', 'link'])('is in %s', (name) => {
    expect(article(`${name}: https://elsewhere.example/`).externalUrl).toBe('https://elsewhere.example/');
  });
});
