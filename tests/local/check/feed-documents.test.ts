import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspectDocument, isFeedDocument, judgeDocuments } from '../../../local/check/feed-documents.ts';

const SITE = 'https://example.org/';
const GOLDEN = fileURLToPath(new URL('../../golden/content/', import.meta.url));

const golden = (path: string): string => readFileSync(GOLDEN + path, 'utf8');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is wrong with the sample's document after one change in it. */
function findingsAfter(path: string, from: string | RegExp, to: string): readonly string[] {
  const text = golden(path);
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return judge({ [path]: changed });
}

function judge(documents: Readonly<Record<string, string>>): readonly string[] {
  const reports = new Map(
    Object.entries(documents).map(([path, text]) => [path, inspectDocument(path, bytes(text))] as const),
  );
  return [...judgeDocuments(reports, SITE, (path) => reports.has(path) || path === 'feed.json').values()].flat();
}

describe('the rules of feed documents', () => {
  it('find nothing wrong with the sample publication', () => {
    const paths = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' }).filter(isFeedDocument);
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.flatMap((path) => judge({ [path]: golden(path) }))).toEqual([]);
  });

  it.each([
    ['a second title', '<title>', '<title>A</title><title>', 'rss/channel has title 2 times'],
    ['no link', /<link>https:\/\/example.org\/<\/link>/, '', 'rss/channel/link is missing'],
    ['a date of another weekday', 'Thu, 05 Nov 2026', 'Fri, 05 Nov 2026', 'lastBuildDate is not a date'],
    ['a day that there is not', 'Thu, 05 Nov 2026', '31 Feb 2026', 'lastBuildDate is not a date'],
    ['a guid that claims to be an address', ' isPermaLink="false"', '', 'item[1]/guid is not a web address'],
    ['an element of its own making', '<ttl>5</ttl>', '<ttl>5</ttl><mood>calm</mood>', 'rss/channel/mood is no element'],
    ['an unknown language', '<language>en<', '<language>english, mostly<', 'language is not a language'],
    [
      'an image of another title',
      /<image>(\s*<url>[^<]*<\/url>\s*)<title>F/,
      '<image>$1<title>G',
      'not that of the channel',
    ],
    ['an enclosure without a length', /(<enclosure [^>]*)length="\d+"/, '$1', 'enclosure has no length'],
    ['no word about its history', '<fh:complete/>', '', 'neither says that it is complete'],
    [
      'another address',
      'rel="self" type="application/rss+xml" href="https://example.org/',
      'rel="self" href="https://a.example/',
      'rel="self" is another',
    ],
    ['an unclosed element', '</channel>', '', 'ends rss, which is not open'],
    ['an HTML entity', '<title>Foreshore', '<title>Fore&nbsp;shore', 'has a reference to nothing: &nbsp;'],
    ['a prefix of nowhere', '<dc:creator>', '<x:y/><dc:creator>', 'a prefix that nothing declares: x'],
  ])('find in RSS %s', (_, from, to, finding) => {
    expect(findingsAfter('rss.xml', from, to).join('\n')).toContain(finding);
  });

  it.each([
    ['no id', /<id>[^<]*<\/id>/, '', 'feed/id is missing'],
    ['an id twice', /(<entry.*?<id>)([^<]*)(.*?<entry.*?<id>)[^<]*/s, '$1$2$3$2', 'two entries have the id'],
    ['a date without a zone', /(<published>[^<]*)Z</, '$1<', 'published is not an RFC 3339 date'],
    ['a feed older than its entries', /<updated>2026/, '<updated>2016', 'feed/updated is older than an entry'],
    ['text of an unknown type', '<title>', '<title type="markdown">', "a type that texts don't have: markdown"],
    ['nobody who wrote it', /<author>.*?<\/author>/gs, '', 'feed/entry[1] has no author'],
    ['an author without a name', /<name>[^<]*<\/name>/, '', 'feed/author[1]/name is missing'],
    ['a link to nowhere', / href="https:\/\/example.org\/"/, '', 'feed/link[1] has no href'],
    ['two pages of one kind', /(<link rel="alternate"[^>]*>)/, '$1$1', 'two alternate links of one kind'],
    [
      'a page of a complete feed',
      '<fh:complete/>',
      '<fh:complete/><link rel="prev-archive" href="https://a.example/"/>',
      'a complete feed has links',
    ],
    [
      'an archive at the address of the feed',
      '<fh:complete/>',
      '<fh:archive/>',
      'the newest page says that it is an archive',
    ],
    [
      'an archive that is not there',
      '<fh:complete/>',
      '<link rel="prev-archive" href="https://example.org/archive/1/atom.xml"/>',
      'links to archive/1/atom.xml, which is not there',
    ],
    [
      'an archive at an address that is none',
      '<fh:complete/>',
      '<link rel="prev-archive" href="https://example.org/%zz/atom.xml"/>',
      'links to %zz/atom.xml, which is not there',
    ],
  ])('find in Atom %s', (_, from, to, finding) => {
    expect(findingsAfter('atom.xml', from, to).join('\n')).toContain(finding);
  });

  it('find formats that do not have the same entries', () => {
    const [first] = /<item>.*?<\/item>/s.exec(golden('rss.xml')) ?? [''];
    const documents = { 'atom.xml': golden('atom.xml'), 'rss.xml': golden('rss.xml').replace(first, '') };
    expect(judge(documents)).toEqual(['its entries are not those of atom.xml']);
  });

  it('let a podcast have the guids of its former host, and leave what it repeats of them to its author', () => {
    const [rss, atom] = ['listening-post/rss.xml', 'listening-post/atom.xml'];
    const moved = golden(rss).replace(/<guid [^>]*>[^<]*/g, '<guid isPermaLink="false">old-1');
    expect(judge({ [atom]: golden(atom), [rss]: moved })).toEqual([]);
    const [first] = /<item>.*?<\/item>/s.exec(moved) ?? [''];
    expect(judge({ [atom]: golden(atom), [rss]: moved.replace(first, '') })).toEqual([
      'its entries are not those of listening-post/atom.xml',
    ]);
  });
});
