import { describe, expect, it } from 'vitest';
import { decodeSource } from '../../lambda/text/source-text.ts';

const encoder = new TextEncoder();

describe('the text of a file', () => {
  it.each([
    ['no byte order mark', '', '---\ntitle: A\n'],
    ['one', '\uFEFF', '---\ntitle: A\n'],
    ['two, as tools leave that put one in front without a look', '\uFEFF\uFEFF', '---\ntitle: A\n'],
  ])('has %s', (_, marks, text) => {
    expect(decodeSource(encoder.encode(marks + text))).toEqual({ kind: 'text', text });
  });

  it('keeps a mark that stands elsewhere, where it joins words', () => {
    expect(decodeSource(encoder.encode('a\uFEFFb'))).toEqual({ kind: 'text', text: 'a\uFEFFb' });
  });

  it('is UTF-16 where its first bytes say so', () => {
    expect(decodeSource(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toEqual({ kind: 'text', text: 'a' });
  });
});
