/** Bytes that are no text, half a text, or a text that editors, terminals and readers show as another one. */

import { type HostileInput, markdown, PUBLISHED, refused } from './hostile-input.ts';

const ARTICLE = markdown(['title: Encoded'], 'Text — with “marks”.');
const UTF_8 = new TextEncoder().encode(ARTICLE);
const UTF_16 = new Uint8Array(Buffer.from(`\ufeff${ARTICLE}`, 'utf16le'));

/** Byte sequences that UTF-8 doesn't have (Unicode 15, table 3-7). */
const NOT_UTF_8: Readonly<Record<string, readonly number[]>> = {
  'a lone continuation byte': [0x80],
  'a start without its end': [0xe2, 0x82],
  'an overlong slash': [0xc0, 0xaf],
  'an overlong NUL': [0xc0, 0x80],
  'half a surrogate pair': [0xed, 0xa0, 0x80],
  'both surrogates': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'a code point above the last': [0xf4, 0x90, 0x80, 0x80],
  'a byte that never occurs': [0xff],
  'a six-byte form': [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
  'Latin-1': [0x63, 0x61, 0x66, 0xe9, 0x21],
  'Windows-1252 quotes': [0x93, 0x61, 0x94],
  'Shift JIS': [0x82, 0xa0],
};

/** Characters that documents can't or shouldn't show; the article is published without them or with them as text. */
const ODD_CHARACTERS: Readonly<Record<string, string>> = {
  NUL: '\u0000',
  'a backspace': '\b',
  'a vertical tab': '\v',
  'a form feed': '\f',
  'an escape sequence': '\u001b[2J\u001b]0;title\u0007',
  DEL: '\u007f',
  'a C1 control': '\u0085',
  'a non-character': '\ufffe',
  'the last non-character': '\u{10ffff}',
  'a private character': '\ue000',
  'the replacement character': '\ufffd',
  'a byte order mark inside': '\ufeff',
  'a right-to-left override': 'cod\u202egpj.exe',
  'an unclosed embedding': '\u202a\u202b\u2066\u2067',
  'a hundred overrides': '\u202e'.repeat(100),
  'zero-width characters': 'a\u200bb\u200cc\u200dd\u2060e',
  'tag characters': '\u{e0041}\u{e0042}\u{e007f}',
  'a hundred combining marks': `z${'\u0335'.repeat(100)}`,
  'a variation selector alone': '\ufe0f',
  'a line separator': 'a\u2028b\u2029c',
  'a soft hyphen': 'soft\u00adhyphen',
  'families of emoji': '👩‍👩‍👧‍👦'.repeat(10),
  'a long Arabic ligature': '\ufdfa'.repeat(500),
  'full-width letters': 'ｔｉｔｌｅ',
  'a Turkish i': 'İıIi',
  'a sharp s': 'ẞß',
};

export const ENCODINGS: readonly HostileInput[] = [
  ...Object.entries(NOT_UTF_8).flatMap(([name, bytes], index) => [
    {
      name: `${name} in the text`,
      key: `bytes/${index}.md`,
      body: join(UTF_8, bytes),
      expected: refused('encoding-unreadable'),
    },
    {
      name: `${name} at the start`,
      key: `bytes/first-${index}.md`,
      body: join(bytes, UTF_8),
      expected: refused('encoding-unreadable'),
    },
    {
      name: `${name} alone`,
      key: `bytes/alone-${index}.html`,
      body: new Uint8Array(bytes),
      expected: refused('encoding-unreadable'),
    },
  ]),
  ...Object.entries(ODD_CHARACTERS).flatMap(([name, text], index) => [
    odd(`${name} in a title`, `title-${index}.md`, markdown([`title: ${JSON.stringify(`A ${text} title`)}`], 'Text.')),
    odd(`${name} in the text`, `text-${index}.md`, markdown(['title: Odd'], `Text ${text} text.`)),
    odd(
      `${name} in a tag`,
      `tag-${index}.md`,
      markdown(['title: Odd', `tags: [${JSON.stringify(`x${text.slice(0, 60)}`)}]`], 'Text.'),
    ),
    odd(`${name} in plain text`, `plain-${index}.txt`, `Plain\n\nText ${text} text.\n`),
    odd(`${name} in JSON`, `json-${index}.json`, JSON.stringify({ title: `A ${text}`, content_text: `Text ${text}` })),
  ]),
  { name: 'UTF-16, little end first', key: 'utf16/little.md', body: UTF_16, expected: PUBLISHED },
  { name: 'UTF-16, big end first', key: 'utf16/big.md', body: swapBytes(UTF_16), expected: PUBLISHED },
  {
    name: 'UTF-16 cut inside a character',
    key: 'utf16/cut.md',
    body: UTF_16.subarray(0, -1),
    expected: refused('encoding-unreadable'),
  },
  {
    name: 'UTF-16 with half a pair',
    key: 'utf16/half.md',
    body: new Uint8Array([...UTF_16, 0x3d, 0xd8]),
    expected: refused('encoding-unreadable'),
  },
  {
    name: 'two byte order marks',
    key: 'utf16/twice.md',
    body: join([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], UTF_8),
    expected: PUBLISHED,
  },
  {
    name: 'only a byte order mark',
    key: 'utf16/mark.md',
    body: new Uint8Array([0xef, 0xbb, 0xbf]),
    expected: refused('article-empty'),
  },
  { name: 'no byte at all', key: 'utf16/none.md', body: '', expected: refused('article-empty') },
  { name: 'blanks alone', key: 'utf16/blanks.md', body: ' \n\t\n\u00a0\n', expected: refused('article-empty') },
  {
    name: 'old Macintosh line breaks',
    key: 'utf16/returns.md',
    body: ARTICLE.replaceAll('\n', '\r'),
    expected: PUBLISHED,
  },
  {
    name: 'an image under the name of an article',
    key: 'utf16/image.md',
    body: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    expected: refused('encoding-unreadable'),
  },
];

function odd(name: string, file: string, body: string): HostileInput {
  return { name, key: `odd/${file}`, body, expected: PUBLISHED };
}

function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function swapBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(bytes).swap16());
}
