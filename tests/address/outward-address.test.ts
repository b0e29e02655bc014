import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUri } from '../../lambda/address/outward-address.ts';

describe('toUri', () => {
  it('leaves a URI as it is, even one that could be written otherwise', () => {
    for (const uri of ['HTTP://Example.org:80/a/../b?c#d', 'tag:tide.example,2026:1', 'https://a.example/%d7%99%zz']) {
      expect(toUri(uri)).toBe(uri);
    }
  });

  it('percent-encodes letters and writes the host in Punycode', () => {
    expect(toUri('https://bücher.example/märz?ä=ö#ü')).toBe(
      'https://xn--bcher-kva.example/m%C3%A4rz?%C3%A4=%C3%B6#%C3%BC',
    );
  });

  it('encodes what RFC 3986 forbids', () => {
    expect(toUri('https://a.example/a b|c[d]"e"')).toBe('https://a.example/a%20b%7Cc%5Bd%5D%22e%22');
  });

  it('keeps the brackets of an IPv6 host', () => {
    expect(toUri('http://[::1]:8080/ü')).toBe('http://[::1]:8080/%C3%BC');
  });

  it('gives a URI for any text, and the same for the URI that it gives', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(toUri(`https://a.example/${text}`)).toMatch(/^[!#-;=?-Z_a-z~[\]]*$/);
        expect(toUri(toUri(text))).toBe(toUri(text));
      }),
    );
  });
});
