/** Settings that mean harm. The site file is more trusted than an article, but it is typed by people and by programs. */

import { BILLION_LAUGHS } from './hostile-input.ts';

export interface HostileSiteFile {
  readonly name: string;
  readonly body: string | Uint8Array;
  /** Code of a problem that there must be; null when the settings are taken as they are. */
  readonly code: string | null;
}

const INVALID = 'site-field-invalid';
const UNREADABLE = 'site-unreadable';

const ATTACK = '<script>alert(1)</script>"\'&';

const FILES: Readonly<Record<string, readonly [string, string | null]>> = {
  'markup in every text': [
    ['title', 'description', 'copyright'].map((name) => `${name}: ${JSON.stringify(ATTACK)}`).join('\n'),
    null,
  ],
  'markup in a person': [`authors: {name: ${JSON.stringify(ATTACK)}}`, null],
  'markup in the title of a feed': [`feeds: {sea: {title: ${JSON.stringify(ATTACK)}, tags: sea}}`, null],
  'markup in the name of a feed': [`feeds: {${JSON.stringify(ATTACK)}: {tags: sea}}`, INVALID],
  'a script for an address': ['url: "javascript:alert(1)"', INVALID],
  'a file for an address': ['url: file:///etc/', INVALID],
  'an address with a password': ['url: https://ann:secret@a.example/', INVALID],
  'an address with a query': ['url: https://a.example/?a=b', INVALID],
  'an address without a host': ['url: "https://"', INVALID],
  'a script for a hub': ['hubs: ["javascript:alert(1)"]', INVALID],
  'a file for a hub': ['hubs: ["file:///etc/passwd"]', INVALID],
  'a script for a picture': ['icon: "javascript:alert(1)"', INVALID],
  'a picture outside': ['icon: ../../etc/passwd', INVALID],
  'a script for a person': ['authors: {name: Ann, url: "javascript:alert(1)"}', INVALID],
  'a feed over another document': ['feeds: {feeds.opml: {tags: sea}}', INVALID],
  'a feed in the folder of the tags': ['feeds: {tags/sea: {tags: sea}}', INVALID],
  'a feed outside': ['feeds: {../sea: {tags: sea}}', INVALID],
  'a feed of an endless name': [`feeds: {${'a'.repeat(500)}: {tags: sea}}`, INVALID],
  'a redirect to a script': ['redirects: {/old/: "javascript:alert(1)"}', INVALID],
  'a redirect to other protocols': ['redirects: {/old/: "data:text/html,x"}', INVALID],
  'a redirect over the home page': ['redirects: {/: https://evil.example/}', INVALID],
  'a redirect over a feed': ['redirects: {/rss.xml: https://evil.example/}', INVALID],
  'a redirect with a line break': ['redirects: {"/old/": "/new/\\r\\nSet-Cookie: a=b"}', null],
  'a redirect from outside': ['redirects: {"../old": /new/}', INVALID],
  'a permalink without anything of the article': ['permalink: /fixed/', INVALID],
  'a permalink outside': ['permalink: /../:slug/', INVALID],
  'a permalink of an endless pattern': [`permalink: /${':slug/'.repeat(1_000)}`, INVALID],
  'a time zone of nowhere': ['timeZone: Mars/Olympus', INVALID],
  'a language of nobody': ['language: "<b>"', INVALID],
  'pages of a million': ['pageSize: 1000000', INVALID],
  'pages of nothing': ['pageSize: 0', INVALID],
  'pages of half a page': ['pageSize: 10.5', INVALID],
  'pages of infinity': ['pageSize: .inf', INVALID],
  'a title of thousands': [`title: ${'x'.repeat(5_000)}`, INVALID],
  'a thousand feeds': [
    `feeds:\n${Array.from({ length: 1_000 }, (_, index) => `  f${index}: {tags: a}`).join('\n')}`,
    INVALID,
  ],
  'ten thousand redirects': [
    `redirects:\n${Array.from({ length: 9_000 }, (_, index) => `  /a${index}/: /b/`).join('\n')}`,
    INVALID,
  ],
  'a billion laughs': [BILLION_LAUGHS.join('\n'), UNREADABLE],
  'a thousand nested lists': [`title: ${'['.repeat(1_000)}${']'.repeat(1_000)}`, UNREADABLE],
  'a prototype': ['__proto__: {title: x}', 'site-field-unknown'],
  'a constructor': ['constructor: {prototype: {x: 1}}', 'site-field-unknown'],
  'a function in a tag': ['title: !!js/function "function () { return 1 }"', UNREADABLE],
  'six hundred kilobytes': [`# ${'x'.repeat(600_000)}`, UNREADABLE],
  'a list instead of settings': ['- title', UNREADABLE],
  'a text instead of settings': ['title', UNREADABLE],
  'quotes without end': ['title: "x', UNREADABLE],
};

export const SITE_FILES: readonly HostileSiteFile[] = [
  ...Object.entries(FILES).map(([name, [body, code]]) => ({ name, body, code })),
  { name: 'bytes that are no text', body: new Uint8Array([0x74, 0x3a, 0x20, 0xff, 0xfe, 0x80]), code: UNREADABLE },
  { name: 'a NUL', body: 'title: "a\\0b"\n', code: null },
];
