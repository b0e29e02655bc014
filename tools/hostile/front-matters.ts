/** Front matter that means harm: alias bombs, deep nesting, names that JavaScript knows, values of a wrong kind. */

import {
  BILLION_LAUGHS,
  type Expected,
  type HostileInput,
  IGNORED,
  markdown,
  PUBLISHED,
  refused,
} from './hostile-input.ts';

const UNREADABLE = refused('front-matter-unreadable');
const TOO_LARGE = refused('front-matter-too-large');

const YAML: Readonly<Record<string, readonly [readonly string[], Expected]>> = {
  'a billion laughs': [BILLION_LAUGHS, TOO_LARGE],
  'an alias of itself': [['a: &a [*a]'], PUBLISHED],
  'an alias of nothing': [['a: *nobody'], PUBLISHED],
  'a thousand nested lists': [[`a: ${'['.repeat(1_000)}${']'.repeat(1_000)}`], TOO_LARGE],
  'sixty thousand open lists': [[`a: ${'['.repeat(60_000)}`], TOO_LARGE],
  'a thousand nested maps': [[`a: ${'{b: '.repeat(1_000)}1${'}'.repeat(1_000)}`], TOO_LARGE],
  'six thousand fields': [Array.from({ length: 6_000 }, (_, index) => `f${index}: 1`), TOO_LARGE],
  'sixty-five kilobytes': [[`a: ${'x'.repeat(66_000)}`], TOO_LARGE],
  'a field twice': [['title: A', 'title: B'], PUBLISHED],
  'a prototype': [['title: A', '__proto__: {polluted: true}'], PUBLISHED],
  'a constructor': [['title: A', 'constructor: {prototype: {polluted: true}}'], PUBLISHED],
  'functions by name': [['title: A', 'toString: x', 'hasOwnProperty: y', 'valueOf: z'], PUBLISHED],
  'a merge of a prototype': [['title: A', 'base: &base {__proto__: {polluted: true}}', 'b: {<<: *base}'], PUBLISHED],
  'a function in a tag': [['title: A', 'f: !!js/function "function () { return 1 }"'], PUBLISHED],
  'an object of another language': [['title: A', 'f: !!python/object/apply:os.system ["true"]'], PUBLISHED],
  'a tag of its own': [['title: A', 'f: !evil x'], PUBLISHED],
  'binary data': [['title: A', 'f: !!binary aGVsbG8='], PUBLISHED],
  'a second document': [['title: A', '...', '%YAML 1.1', 'b: 1'], PUBLISHED],
  'a title that is a list': [['title: [a, b]'], PUBLISHED],
  'a title that is a map': [['title: {a: b}'], PUBLISHED],
  'a title that is a number': [['title: 1e400'], PUBLISHED],
  'a title that is nothing': [['title: ~'], PUBLISHED],
  'a title that is a date': [['title: 2024-02-30'], PUBLISHED],
  'a title of thousands': [[`title: ${'x'.repeat(5_000)}`], refused('limit-exceeded')],
  'a summary of thousands': [['title: A', `summary: ${'x'.repeat(20_000)}`], refused('limit-exceeded')],
  'a thousand tags': [
    ['title: A', `tags: [${Array.from({ length: 1_000 }, (_, index) => `t${index}`).join(', ')}]`],
    refused('limit-exceeded'),
  ],
  'a tag of a thousand letters': [['title: A', `tags: [${'t'.repeat(1_000)}]`], refused('limit-exceeded')],
  'a thousand authors': [
    ['title: A', `authors: [${Array.from({ length: 1_000 }, (_, index) => `n${index}`).join(', ')}]`],
    refused('limit-exceeded'),
  ],
  'an author of a thousand letters': [['title: A', `author: ${'n'.repeat(1_000)}`], refused('limit-exceeded')],
  'an id of a thousand letters': [['title: A', `id: https://a.example/${'i'.repeat(1_000)}`], refused('id-invalid')],
  'an id of blanks': [['title: A', 'id: "a b\\tc"'], refused('id-invalid')],
  'a date beyond all calendars': [['title: A', 'date: 99999999999-01-01'], refused('date-unreadable')],
  'a date that is no day': [['title: A', 'date: 2023-02-29'], refused('date-impossible')],
  'a date before the era': [['title: A', 'date: -0044-03-15'], refused('date-unreadable')],
  'a date of letters': [['title: A', `date: ${'9'.repeat(5_000)}`], refused('date-unreadable')],
  'a date that is a list': [['title: A', 'date: [2024-01-01, 2024-01-02]'], refused('date-unreadable')],
  'a million years of expiry': [['title: A', 'date: 2024-01-01', 'expires: 1000000-01-01'], refused('date-unreadable')],
  'a time zone of nowhere': [['title: A', 'date: 2024-01-01 10:00 Mars/Olympus'], refused('date-unreadable')],
  'tabs for indents': [['title: A', 'a:', '\tb: 1'], UNREADABLE],
  'a key that is a map': [['title: A', '? {a: b}', ': c'], PUBLISHED],
  'a folded text without end': [['title: A', 'summary: >', ...Array.from({ length: 500 }, () => '  word')], PUBLISHED],
  'quotes without end': [['title: "A'], UNREADABLE],
};

const TOML: Readonly<Record<string, readonly [string, Expected]>> = {
  'a thousand nested lists': [`title = "A"\na = ${'['.repeat(1_000)}${']'.repeat(1_000)}`, UNREADABLE],
  'a prototype': ['title = "A"\n[__proto__]\npolluted = true', PUBLISHED],
  'a field twice': ['title = "A"\ntitle = "B"', UNREADABLE],
  'a number beyond all': ['title = "A"\nn = 99999999999999999999', UNREADABLE],
  'a date that is no day': ['title = "A"\ndate = 2023-02-30', refused('date-impossible')],
};

const JSON_FILES: Readonly<Record<string, readonly [string, Expected]>> = {
  'a hundred thousand open lists': ['['.repeat(100_000), IGNORED],
  'ten thousand nested lists': [
    `{"title":"A","content_text":"b","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    refused('field-invalid'),
  ],
  'a prototype': ['{"title":"A","content_text":"b","__proto__":{"polluted":true}}', PUBLISHED],
  'half a surrogate pair': ['{"title":"A \\ud800","content_text":"b \\udc00"}', PUBLISHED],
  'a NUL by its number': ['{"title":"A \\u0000","content_text":"b \\u0000"}', PUBLISHED],
  'a field twice': ['{"title":"A","title":"B","content_text":"b"}', PUBLISHED],
  'a number beyond all': ['{"title":"A","content_text":"b","date_published":1e999}', refused('date-unreadable')],
  'two thousand articles': [
    JSON.stringify(
      Array.from({ length: 2_000 }, (_, id) => ({ id: `https://a.example/${id}`, title: `${id}`, content_text: 'b' })),
    ),
    refused('limit-exceeded'),
  ],
  'a comma too many': ['{"title":"A","content_text":"b",}', refused('json-unreadable')],
  'text behind its end': ['{"title":"A","content_text":"b"} {}', refused('json-unreadable')],
};

export const FRONT_MATTERS: readonly HostileInput[] = [
  ...Object.entries(YAML).map(([name, [lines, expected]], index) => ({
    name: `YAML with ${name}`,
    key: `yaml/${index}.md`,
    body: markdown(lines, 'Text.'),
    expected,
  })),
  ...Object.entries(TOML).map(([name, [fields, expected]], index) => ({
    name: `TOML with ${name}`,
    key: `toml/${index}.md`,
    body: `+++\n${fields}\n+++\n\nText.\n`,
    expected,
  })),
  ...Object.entries(JSON_FILES).map(([name, [body, expected]], index) => ({
    name: `JSON with ${name}`,
    key: `json/${index}.json`,
    body,
    expected,
  })),
  {
    name: 'front matter without end',
    key: 'yaml/open.md',
    body: '---\ntitle: A\n\nText.\n',
    expected: refused('front-matter-unclosed'),
  },
];
