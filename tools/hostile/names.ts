/**
 * Keys that mean harm: ways out of a folder, names that some system keeps for itself, the publisher's own addresses,
 * names that differ for one system and are the same for another. Any text is a key in a bucket.
 */

import { type Expected, type HostileInput, IGNORED, markdown, PUBLISHED, refused } from './hostile-input.ts';

const ARTICLE = markdown(['title: Named'], 'Text.');
const RESERVED = refused('address-reserved');

const WAYS_OUT = [
  'ways//double.md',
  '/leading.md',
  '//evil.example/leading.md',
  '\\\\server\\share\\a.md',
  'ways\\..\\..\\escape.md',
  'C:\\escape.md',
  'C:escape.md',
  '%2e%2e/escape.md',
  '%2e%2e%2fescape.md',
  'ways/%2e%2e/escape.md',
  '%252e%252e/escape.md',
  '%c0%ae%c0%ae/escape.md',
  '\uff0e\uff0e/escape.md',
  '\u2024\u2024/escape.md',
  '~/escape.md',
  '$HOME/escape.md',
  'file:/escape.md',
  'javascript:alert(1).md',
  'https://evil.example/a.md',
];

const ODD_NAMES = [
  'con.md',
  'odd/nul.md',
  'odd/com1.md',
  'odd/aux/prn.md',
  'odd/dot./end.md',
  'odd/blank /end.md',
  ' odd/first.md',
  'odd/ first.md',
  'odd/last .md',
  'odd/new\nline.md',
  'odd/carriage\rreturn.md',
  'odd/tab\t.md',
  'odd/escape\u001b[2J.md',
  'odd/bell\u0007.md',
  'odd/delete\u007f.md',
  'odd/\u202egpj.md',
  'odd/\ufeffmark.md',
  'odd/zero\u200bwidth.md',
  'odd/line\u2028separator.md',
  'odd/quote".md',
  "odd/apostrophe'.md",
  'odd/<angle>.md',
  'odd/<script>alert(1)<.md',
  'odd/pipe|.md',
  'odd/star*.md',
  'odd/question?.md',
  'odd/hash#.md',
  'odd/ampersand&.md',
  'odd/plus+plus.md',
  'odd/percent%.md',
  'odd/percent%zz.md',
  'odd/percent%00.md',
  'odd/percent%2f.md',
  'odd/comma,semi;.md',
  'odd/brace{x}.md',
  'odd/{{x}}.md',
  'odd/`tick`.md',
  'odd/$(true).md',
  'odd/-rf.md',
  'odd/--help.md',
  'odd/😀.md',
  'odd/日本語.md',
  'odd/العربية.md',
  'odd/ﷺ.md',
  'odd/constructor.md',
  'odd/toString.md',
  'odd/hasOwnProperty/valueOf.md',
  'odd/name.md.md',
  'odd/name.md.gz.md',
  'odd/name.br.md',
  'odd/rss.xml.md',
  'odd/root.json.json.md',
  `odd/${'long'.repeat(200)}.md`,
  `odd/${'ü'.repeat(120)}.md`,
  `${'deep/'.repeat(150)}a.md`,
  `${'a/'.repeat(400)}a.md`,
];

const OWN_ADDRESSES = [
  'tags/a.md',
  'Tags/A.md',
  'tags/sea/index.md',
  'authors/ann.md',
  'sections/news.md',
  'languages/de.md',
  'archive/old.md',
  'sitemaps/1.md',
];

/** Permalinks that lead to the publisher's own addresses, or out of the site. */
const PERMALINKS: readonly (readonly [string, Expected])[] = [
  ['/rss.xml', RESERVED],
  ['/RSS.XML', RESERVED],
  ['/%72ss.xml', RESERVED],
  ['/rss.xml.gz', RESERVED],
  ['/rss.xml.br', RESERVED],
  ['/atom.xml', RESERVED],
  ['/feed.json', RESERVED],
  ['/feeds.opml', RESERVED],
  ['/sitemap.xml', RESERVED],
  ['/robots.txt', RESERVED],
  ['/favicon.ico', RESERVED],
  // The home page: the site's own stands there, and a warning says so.
  ['/index.html', IGNORED],
  ['/', IGNORED],
  ['/.secret/', refused('field-invalid')],
  ['/.git/hooks/', refused('field-invalid')],
  ['/a/%2ehtml', refused('field-invalid')],
  ['/node_modules/a/', refused('field-invalid')],
  ['/site.yaml', RESERVED],
  ['/tags/sea/', RESERVED],
  ['/tags/../rss.xml', refused('field-invalid')],
  ['/archive/x/rss.xml', RESERVED],
  ['/_preview/', RESERVED],
];

const NOT_ARTICLES = [
  '../escape.md',
  '../../etc/cron.d/escape.md',
  'ways/../../escape.md',
  'ways/../inside.md',
  './ways/dot.md',
  'ways/./dot.md',
  '..%2fescape.md',
  '..%5cescape.md',
  'ways/..%00/escape.md',
  'ways/..;/escape.md',
  '..\u200b/escape.md',
  'ways/.../dots.md',
  'ways/..a/dots.md',
  'odd/__proto__.md',
  '.git/config.md',
  '.env.md',
  '.well-known/a.md',
  'node_modules/a/readme.md',
  '_layouts/a.html',
  '_a.md',
  'index.md',
  'README.md',
  '404.html',
  'robots.txt',
  'package.json',
];

/** Two names that some system takes for one: where they lead to one address, the second is refused. */
const TWINS: readonly (readonly [first: string, second: string, expected: Expected])[] = [
  ['twins/cafe\u0301.md', 'twins/caf\u00e9.md', refused('address-taken')],
  ['twins/\u00c5.md', 'twins/\u212b.md', refused('address-taken')],
  ['twins/same.html', 'twins/same.md', refused('address-taken')],
  ['twins/a b.md', 'twins/a%20b.md', refused('address-taken')],
  ['twins/slash.md', 'twins/slash/index.md', refused('address-taken')],
  ['twins/Case.md', 'twins/case.md', PUBLISHED],
  ['twins/stra\u00dfe.md', 'twins/STRASSE.md', PUBLISHED],
];

export const NAMES: readonly HostileInput[] = [
  ...[...WAYS_OUT, ...ODD_NAMES].map((key) => named(key, PUBLISHED)),
  ...OWN_ADDRESSES.map((key) => named(key, RESERVED)),
  ...NOT_ARTICLES.map((key) => named(key, IGNORED)),
  ...PERMALINKS.map(([permalink, expected], index) => ({
    name: `the permalink ${permalink}`,
    key: `permalinks/${index}.md`,
    body: markdown(['title: Named', `permalink: ${JSON.stringify(permalink)}`], 'Text.'),
    expected,
  })),
  ...TWINS.flatMap(([first, second, expected]) => [named(first, PUBLISHED), named(second, expected)]),
];

function named(key: string, expected: Expected): HostileInput {
  return { name: `the key ${JSON.stringify(key)}`, key, body: ARTICLE, expected };
}
