import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { good, mistakes, parse } from '../support/site-file.ts';

describe('the path of the address', () => {
  const parseAt = (url: string, basePath?: string, served: string | null = null) =>
    parseSite(Buffer.from(`title: T\nurl: ${url}\n`), { url: served, ...(basePath !== undefined && { basePath }) });

  it('is refused where documents are served at another one, with the line and what to write', () => {
    const { site, problems } = parseAt('https://x.example/y', '/');
    expect(site).toBeNull();
    expect(problems).toMatchObject([
      {
        ...{ code: 'site-field-invalid', line: 2 },
        message: '“url” has the path /y/, and this deployment serves documents at /.',
        fix: expect.stringContaining('“url: https://x.example/”'),
      },
    ]);
    expect(parseAt('https://x.example/', '/y/').problems).toHaveLength(1);
  });

  it('may be any where nobody says at which documents are served, and where the operator names the address', () => {
    expect(parseAt('https://x.example/y').problems).toEqual([]);
    expect(parseAt('https://x.example/y', '/y/').problems).toEqual([]);
    expect(parseAt('https://x.example/y', '/', 'https://z.example/').problems).toEqual([]);
  });
});

describe('parseSite: a file that is wrong', () => {
  it('reports all mistakes at once, each with its line, in order', () => {
    const { site, problems } = parse(`titel: x
url: coast.example
language: en_US
timeZone: Mars
pageSize: 31
feeds:
  news:
    tag: a
    content: brief
automatic:
  tag: no
redirects:
  feed: /rss.xml
`);
    expect(site).toBeNull();
    expect(problems.map(({ line, code, fix }) => [line, code, fix])).toEqual([
      [1, 'site-field-unknown', 'Did you mean “title”?'],
      [2, 'site-field-invalid', 'Write the whole address, beginning with https://, without ? and #.'],
      [3, 'site-field-invalid', 'Write a tag of BCP 47, such as “en-US”.'],
      [4, 'site-field-invalid', 'Write its name in the IANA database, such as “Europe/Berlin”, or “UTC”.'],
      [5, 'site-field-invalid', 'Write 30 or 32.'],
      [8, 'site-field-unknown', 'Did you mean “tags”?'],
      [9, 'site-field-invalid', 'Write “full” or “summary”.'],
      [11, 'site-field-unknown', 'Did you mean “tags”?'],
      [13, 'site-field-invalid', 'Write the old path as it was, beginning with one slash: “/feed.xml”.'],
    ]);
  });

  it.each([
    ['baseURL', 'url'],
    ['site_url', 'url'],
    ['tagline', 'description'],
    ['timezone', 'timeZone'],
    ['time_zone', 'timeZone'],
    ['lang', 'language'],
    ['paginate', 'pageSize'],
    ['Title', 'title'],
    ['tilte', 'title'],
    ['athors', 'authors'],
  ])('guesses what is meant by %s', (written, meant) => {
    expect(mistakes(`${written}: x`)).toMatchObject([
      { code: 'site-field-unknown', message: `“${written}” is not a setting.`, fix: `Did you mean “${meant}”?` },
    ]);
  });

  it.each([
    ['addresses: hugoo', 'hugo'],
    ['addresses: 11ty', 'eleventy'],
    ['addresses: mkdocs-material', 'mkdocs'],
    ['headingIds: kramdawn', 'kramdown'],
    ['content: sumary', 'summary'],
  ])('guesses which word is meant by “%s”', (line, meant) => {
    expect(mistakes(line)).toMatchObject([{ code: 'site-field-invalid', fix: `Did you mean “${meant}”?` }]);
  });

  it('names all words where none is near', () => {
    expect(mistakes('addresses: wordpress')).toMatchObject([
      { line: 1, fix: expect.stringMatching(/^Write “hugo” or “jekyll” or .* or “zola”\.$/) },
    ]);
  });

  it('names what there is when nothing is near', () => {
    expect(mistakes('constructor: x')[0]?.fix).toMatch(/^Delete it\. Settings here are: id, title, /);
    expect(mistakes('feeds:\n  a:\n    zebra: x')[0]?.fix).toMatch(/^Delete it\. Settings here are: title, /);
  });

  it.each([
    ['url: ftp://x.example', 'url'],
    ['url: https://user:secret@x.example', 'url'],
    ['url: https://x.example/?a=1', 'url'],
    [`url: 'https://x"y.example/'`, 'url'],
    ['url: "https://{x}.example/"', 'url'],
    ['title: [a]', 'title'],
    ['title: ""', 'title'],
    [`title: ${'x'.repeat(301)}`, 'title'],
    ['language: english language', 'language'],
    ['languages: [en, "??"]', 'languages'],
    ['timeZone: UTC+25', 'timeZone'],
    ['pageSize: many', 'pageSize'],
    ['pageSize: 8', 'pageSize'],
    ['pageSize: 202', 'pageSize'],
    ['pageSize: 30.5', 'pageSize'],
    ['feedMinimum: 0', 'feedMinimum'],
    ['feedMinimum: 11', 'feedMinimum'],
    ['feedMinimum: few', 'feedMinimum'],
    ['content: all', 'content'],
    ['automatic: maybe', 'automatic'],
    ['automatic: [tags]', 'automatic'],
    ['deletedEntries: 1', 'deletedEntries'],
    ['pages: false', 'pages'],
    ['pages: { articles: some }', 'pages.articles'],
    ['pages: { accent: teal }', 'pages.accent'],
    ['pages: { accent: "#12345" }', 'pages.accent'],
    ['pages: { stylesheet: /feedwright.css }', 'pages.stylesheet'],
    ['pages: { logo: ../logo.svg }', 'pages.logo'],
    ['pages: { color: "#123" }', 'pages.color'],
    ['icon: ../icon.png', 'icon'],
    ['icon: "javascript:alert(1)"', 'icon'],
    ['icon: https://coast.example/%zz.png', 'icon'],
    ['icon: https://coast.example/', 'icon'],
    ['icon: images/', 'icon'],
    ['icon: images//icon.png', 'icon'],
    ['icon: a%2f..%2fb.png', 'icon'],
    ['icon: "%00.png"', 'icon'],
    ['hub: hub.example', 'hub'],
    [`hubs: [${Array.from({ length: 11 }, (_, index) => `https://h${index}.example/`)}]`, 'hubs'],
    ['authors: [{ mail: a@x.example }]', 'authors.mail'],
    ['authors: { email: nobody }', 'authors.email'],
    ['authors: { avatar: a.png }', 'authors'],
    ['authors: Ann <somewhere>', 'authors'],
    ['people: [Ann]', 'people'],
    ['people: { ann: { name: { first: Ann } } }', 'people.ann.name'],
    ['permalink: /blog/', 'permalink'],
    ['permalink: /:year/:month/', 'permalink'],
    ['permalink: /:year/:unheardof/', 'permalink'],
    ['permalink: ":year/:slug/"', 'permalink'],
    ['redirects: { /rss.xml: /x }', '/rss.xml'],
    ['redirects: { /: /x }', '/'],
    ['redirects: { /a?b: /x }', '/a?b'],
    ['redirects: { "/?p=1&lang=de": /x }', '/?p=1&lang=de'],
    ['redirects: { /rss.php?p=1: /x }', '/rss.php?p=1'],
    ['redirects: { "/?p=1": "/?p=1" }', '/?p=1'],
    ['redirects: { //x.example/a: /x }', '//x.example/a'],
    ['redirects: { /.well-known/x: /x }', '/.well-known/x'],
    ['redirects: { /a: /a }', '/a'],
    ['redirects: { /a: a.html }', 'redirects./a'],
    ['redirects: { /ü: /a, /%C3%BC: /b }', '/%C3%BC'],
    ['title: a\ntitle: b', 'title'],
    ['people: { a: Ann, a: Bob }', 'people.a'],
    ['hub: https://h.example/\nhubs: https://h.example/', 'hubs'],
  ])('refuses %s', (file, subject) => {
    const problems = mistakes(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(subject);
    expect(problems[0]).toMatchObject({ severity: 'error', path: 'site.yaml', line: file.split('\n').length });
  });

  it.each([
    ['title: [a', 1],
    ['title: "a', 1],
    ['title: a\n\tlanguage: en', 2],
    ['title: a\n  url: b: c', 2],
    ['- title: a', 1],
    ['just text', 1],
    ['title: a\n---\ntitle: b', 1],
    ['title: *nowhere', 1],
    ['title: !!js/function x', 1],
    ['? [a]\n: b', 1],
  ])('cannot read %j', (file, line) => {
    const { site, problems } = parse(file);
    expect(site).toBeNull();
    expect(problems).toMatchObject([
      { code: 'site-unreadable', severity: 'error', line, fix: expect.stringMatching(/\.$/) },
    ]);
  });

  it('says where bytes are no text', () => {
    const body = Uint8Array.from([...new TextEncoder().encode('title: a\ncopyright: '), 0xa9, 0x0a]);
    expect(parseSite(body, { url: null }).problems).toMatchObject([{ code: 'site-unreadable', line: 2 }]);
  });

  it.each([
    ['a file of a megabyte', `#${'x'.repeat(1_048_576)}`],
    ['lists in lists', `title: ${'['.repeat(50)}${']'.repeat(50)}`],
    ['a bomb of aliases', bomb()],
    ['fifty thousand settings', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('refuses %s without a hang', (_, file) => {
    const start = performance.now();
    expect(parse(file).problems).toMatchObject([{ code: 'site-unreadable' }]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('parseSite: laws', () => {
  it('any text is either settings or problems, and never an exception', () => {
    const names = ['title', 'url', 'feeds', 'people', 'redirects', 'automatic', 'hub', 'authors', 'x'];
    const value = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    const file = fc.oneof(
      fc.string(),
      fc.dictionary(fc.constantFrom(...names), value).map((data) => JSON.stringify(data)),
    );
    fc.assert(
      fc.property(file, (written) => {
        const { site, problems } = parse(written);
        expect(site === null).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const { message, fix } of problems) expect(message.length * fix.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('any title survives', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(title, (written) => {
        expect(good(`title: ${JSON.stringify(written)}`).title).toBe(written.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

/** A few lines that unfold to millions of values. */
function bomb(): string {
  const levels = Array.from({ length: 8 }, (_, level) => {
    const inner = level === 0 ? 'x' : `*a${level - 1}`;
    return `k${level}: &a${level} [${Array.from({ length: 9 }, () => inner).join(', ')}]`;
  });
  return levels.join('\n');
}
