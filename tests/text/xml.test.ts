import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import {
  CDATA_END,
  CDATA_START,
  escapeAddress,
  escapeAttribute,
  escapeHtml,
  escapeText,
  insideCdata,
  writable,
} from '../../lambda/text/xml.ts';

/** Text with anything in it: halves of surrogate pairs, control characters, markup. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(
      fc.constantFrom('&', '<', '>', '"', "'", ']]>', ']', '&amp;', '&#x26;', '\r\n', '\t', '🌊', '\ud800', '\0', 'a'),
    )
    .map((parts) => parts.join('')),
);

describe('writable', () => {
  it('drops what XML forbids, lone surrogates, U+FFFE, U+FFFF and the C1 controls, and nothing else', () => {
    const dropped = (code: number) => writable(String.fromCharCode(code)) === '';
    const all = Array.from({ length: 0x10000 }, (_, code) => code);
    const inRange = (code: number, first: number, last: number) => code >= first && code <= last;
    expect(all.filter(dropped)).toEqual(
      all.filter(
        (code) =>
          (code < 0x20 && code !== 0x9 && code !== 0xa && code !== 0xd) ||
          inRange(code, 0x80, 0x9f) ||
          inRange(code, 0xd800, 0xdfff) ||
          code >= 0xfffe,
      ),
    );
    expect(writable('🌊')).toBe('🌊');
  });

  it.each([
    ['one byte', ''],
    ['two bytes', '’'],
  ])('does so wherever it stands in a long text of %s a character', (_name, sign) => {
    const prose = `${'Tides come.\r\n\tThey go. '.repeat(9)}${sign}`;
    const codes = [...Array(0x100).keys(), 0x101, 0x2019, 0xd800, 0xdfff, 0xfffd, 0xfffe, 0xffff];
    for (const code of codes) {
      const character = String.fromCharCode(code);
      for (const [before, behind] of [[prose, prose] as const, ['', prose] as const, [prose, ''] as const]) {
        expect(writable(before + character + behind)).toBe(before + writable(character) + behind);
      }
    }
  });
});

describe('any text survives', () => {
  it('as character data', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(`<a>${escapeText(text)}</a>`).text).toBe(writable(text));
      }),
    );
  });

  it('as an attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(`<a b="${escapeAttribute(text)}"/>`).attribute).toBe(writable(text));
      }),
    );
  });

  it('as CDATA', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(`<a>${CDATA_START}${insideCdata(writable(text))}${CDATA_END}</a>`).text).toBe(writable(text));
      }),
    );
  });

  it('as HTML', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(`<a>${escapeHtml(text)}</a>`).text).toBe(text);
      }),
    );
  });
});

describe('escapeText', () => {
  it('writes markup characters as the RSS Profile does', () => {
    expect(escapeText('AT&T <b>')).toBe('AT&#x26;T &#x3C;b&gt;');
  });
});

describe('escapeAddress', () => {
  it('writes “&” in its familiar form', () => {
    expect(escapeAddress('https://a.example/?a=1&b="2"')).toBe('https://a.example/?a=1&amp;b=&quot;2&quot;');
  });
});

describe('insideCdata', () => {
  it('divides every “]]>”', () => {
    expect(insideCdata(writable('a ]]> b ]]>'))).toBe('a ]]]]><![CDATA[> b ]]]]><![CDATA[>');
  });
});

function parse(xml: string): { text: string; attribute: string | undefined } {
  let text = '';
  let attribute: string | undefined;
  const parser = new Parser(
    {
      ontext: (part) => {
        text += part;
      },
      onattribute: (_name, value) => {
        attribute = value;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return { text, attribute };
}
