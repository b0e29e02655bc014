/**
 * The advice of docs/problems.md: each problem is made, what its `fix` and the page say is done, and then the problem is gone
 * and the result is what the author meant.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PROBLEM_SEVERITY, type Problem, type ProblemCode } from '../../lambda/model/problem.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from '../support/publication.ts';

type Files = Readonly<Record<string, string | Uint8Array | null>>;

interface Advice {
  readonly code: ProblemCode;
  /** What was done wrong. */
  readonly wrong: Files;
  /** What to do: files that are written, or removed (null). */
  readonly mended: Files;
  /** Titles in the feed `all` afterwards, newest first. */
  readonly titles: readonly string[];
  /** What the fix has to name. */
  readonly fix?: RegExp;
  /** What the feed shows afterwards. */
  readonly shows?: RegExp;
  /** Files that are public before anything goes wrong. */
  readonly before?: Files;
}

const SITE = 'title: Coast\nid: test\nurl: https://example.org/\n';
const post = (title: string, fields = '', text = 'Water.'): string =>
  `---\ntitle: ${title}\ndate: 2026-05-01\n${fields}---\n${text}\n`;
const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
const PICTURE = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const LONG = 'The tide comes in, and the tide goes out. '.repeat(30_000);

const ADVICE: readonly Advice[] = [
  {
    code: 'address-reserved',
    wrong: { 'sections/winter.md': post('Winter') },
    mended: { 'sections/winter.md': post('Winter', 'permalink: /winter/\n') },
    titles: ['Winter'],
  },
  {
    code: 'address-taken',
    wrong: { 'a.md': post('May', 'slug: tides\n'), 'b.md': post('June', 'slug: tides\n') },
    mended: { 'b.md': post('June', 'slug: june-tides\n') },
    titles: ['June', 'May'],
  },
  {
    code: 'address-taken',
    wrong: {
      'a.md': post('May', 'slug: tides\n'),
      'b.md': post('June', 'slug: tides\n').replace('05-01', '05-02'),
      'c.md': post('July', 'slug: tides\n').replace('05-01', '05-03'),
    },
    fix: /permalink: \/:year\/:month\/:day\/:title\//,
    mended: { 'site.yaml': `${SITE}permalink: /:year/:month/:day/:title/\n` },
    titles: ['July', 'June', 'May'],
  },
  {
    code: 'article-empty',
    wrong: { 'a.md': '---\ndate: 2026-05-01\n---\n' },
    mended: { 'a.md': post('A') },
    titles: ['A'],
  },
  {
    code: 'article-too-large',
    wrong: { 'a.md': post('A', '', LONG) },
    mended: { 'a.md': post('A'), 'b.md': post('B') },
    titles: ['A', 'B'],
  },
  {
    code: 'asset-missing',
    wrong: { 'letters/may.md': post('May', 'image: photos/harbour.png\n') },
    fix: /Add the file at just that place/,
    mended: { 'letters/photos/harbour.png': PICTURE },
    titles: ['May'],
    shows: /letters\/photos\/harbour\.png/,
  },
  {
    code: 'asset-missing',
    wrong: { 'may.md': post('May', '', 'See [Coast](coast.example.org).') },
    fix: /“https:\/\/” in front/,
    mended: { 'may.md': post('May', '', 'See [Coast](https://coast.example.org).') },
    titles: ['May'],
    shows: /href=\\?"https:\/\/coast\.example\.org/,
  },
  {
    code: 'author-unknown',
    wrong: { 'blog/authors.yml': 'ann: { name: Ann Lee }\n', 'blog/a.md': post('A', 'authors: [bo]\n') },
    mended: { 'blog/authors.yml': 'ann: { name: Ann Lee }\nbo: { name: Bo Chi }\n' },
    titles: ['A'],
    shows: /Bo Chi/,
  },
  {
    code: 'bundle-part-held',
    wrong: { 'posts/trip/index.md': post('Trip'), 'posts/trip/notes.md': post('Notes') },
    mended: { 'posts/trip/notes.md': post('Notes', 'draft: false\n') },
    titles: ['Notes', 'Trip'],
  },
  {
    code: 'chapters-inline',
    wrong: {
      'fog.mp3': bytes(0xff, 0xfb, 0x90, 0),
      'fog.md': post('Fog', 'audio: fog.mp3\nchapters:\n  - { time: "00:00", title: Start }\n'),
    },
    mended: {
      'fog.md': post('Fog', 'audio: fog.mp3\nchapters: fog.chapters.json\n'),
      'fog.chapters.json': '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Start"}]}',
    },
    titles: ['Fog'],
  },
  {
    code: 'date-impossible',
    wrong: { 'a.md': post('A').replace('2026-05-01', '2025-02-29') },
    mended: { 'a.md': post('A').replace('2026-05-01', '2025-02-28') },
    titles: ['A'],
    shows: /2025-02-28/,
  },
  {
    code: 'date-missing',
    wrong: { 'a.md': '# A\n\nWater.\n' },
    fix: /date: 2026-/,
    mended: { 'a.md': post('A') },
    titles: ['A'],
    shows: /2026-05-01/,
  },
  {
    code: 'date-unreadable',
    wrong: { 'a.md': post('A').replace('2026-05-01', '04/07/2021') },
    mended: { 'a.md': post('A').replace('2026-05-01', '2021-04-07T10:30:00+03:00') },
    titles: ['A'],
    shows: /2021-04-07T10:30:00\+03:00/,
  },
  {
    code: 'encoding-unreadable',
    wrong: { 'a.md': Uint8Array.from(Buffer.from(post('Ebbe und Überfahrt'), 'latin1')) },
    mended: { 'a.md': post('Ebbe und Überfahrt') },
    titles: ['Ebbe und Überfahrt'],
  },
  {
    code: 'field-invalid',
    wrong: { 'a.md': post('A', 'permalink: /../x\n') },
    mended: { 'a.md': post('A') },
    titles: ['A'],
  },
  {
    code: 'field-unreadable',
    wrong: { 'a.md': post('A', 'lang: "12"\n') },
    mended: { 'a.md': post('A', 'lang: pt-BR\n') },
    titles: ['A'],
    shows: /"language": ?"pt-BR"/,
  },
  {
    code: 'folder-file-unclear',
    wrong: { 'notes/.meta.yml': 'draft: [true\n', 'notes/a.md': post('A') },
    mended: { 'notes/.meta.yml': 'draft: false\n' },
    titles: ['A'],
  },
  {
    code: 'folder-file-ignored',
    before: { 'notes/a.md': post('A') },
    wrong: { 'notes/.meta.yml': 'draft: [true\n' },
    mended: { 'notes/.meta.yml': null },
    titles: ['A'],
  },
  {
    code: 'front-matter-too-large',
    wrong: { 'a.md': post('A', `notes: "${'x'.repeat(70_000)}"\n`) },
    mended: { 'a.md': post('A', '', 'x'.repeat(70_000)) },
    titles: ['A'],
  },
  {
    code: 'front-matter-unclosed',
    wrong: { 'a.md': '---\ntitle: A\ndate: 2026-05-01\n\nWater.\n' },
    mended: { 'a.md': post('A') },
    titles: ['A'],
  },
  {
    code: 'front-matter-unreadable',
    wrong: { 'a.md': '---\ntitle: "A\ndate: 2026-05-01\n---\nWater.\n' },
    mended: { 'a.md': '---\ntitle: "A"\ndate: 2026-05-01\n---\nWater.\n' },
    titles: ['A'],
  },
  {
    code: 'front-matter-unreadable',
    wrong: { 'a.md': '---\ntitle: A\ndate: 2026-05-01\ntags: [sea, tide\n---\nWater.\n' },
    fix: /Close the bracket: put “\]” at the end of “tags”/,
    mended: { 'a.md': '---\ntitle: A\ndate: 2026-05-01\ntags: [sea, tide]\n---\nWater.\n' },
    titles: ['A'],
    shows: /"tags": ?\[\s*"sea",\s*"tide"/,
  },
  {
    code: 'id-invalid',
    wrong: { 'a.md': post('A', 'id: "two\\nlines"\n') },
    mended: { 'a.md': post('A', 'id: one line\n') },
    titles: ['A'],
    shows: /"id": ?"one line"/,
  },
  {
    code: 'id-kept',
    before: { 'a.md': post('A', 'id: tag:coast.example,2026:a\n') },
    wrong: { 'a.md': post('A', 'id: tag:coast.example,2026:b\n') },
    fix: /id: tag:coast\.example,2026:a/,
    mended: { 'a.md': post('A', 'id: tag:coast.example,2026:a\n') },
    titles: ['A'],
    shows: /tag:coast\.example,2026:a/,
  },
  {
    code: 'id-taken',
    wrong: { 'a.md': post('A', 'id: tag:coast.example,2026:a\n'), 'b.md': post('B', 'id: tag:coast.example,2026:a\n') },
    mended: { 'b.md': post('B', 'id: tag:coast.example,2026:b\n') },
    titles: ['A', 'B'],
  },
  {
    code: 'json-unreadable',
    wrong: { 'a.json': '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1" "title": "A"}]}' },
    mended: {
      'a.json':
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A", "content_text": "Water.", "date_published": "2026-05-01T00:00:00Z"}]}',
    },
    titles: ['A'],
  },
  {
    code: 'limit-exceeded',
    wrong: { 'a.md': post(`A${'a'.repeat(1_001)}`) },
    mended: { 'a.md': post('A') },
    titles: ['A'],
  },
  {
    code: 'link-dead',
    wrong: { 'a.md': post('A', '', '[other](other.md)') },
    mended: { 'other.md': post('Other') },
    titles: ['Other', 'A'],
    shows: /href=\\"https:\/\/example\.org\/other\//,
  },
  {
    code: 'markup-left-out',
    wrong: { 'a.md': post('A', '', 'Before.\n\n<!-- a remark without an end\n\nAfter.') },
    mended: { 'a.md': post('A', '', 'Before.\n\n<!-- a remark with an end -->\n\nAfter.') },
    titles: ['A'],
    shows: /After\./,
  },
  {
    code: 'publishing-unclear',
    wrong: { 'pages/Bread.md': 'tags:: baking\ndate:: 2026-05-01\n- Flour and water.\n' },
    mended: { 'pages/Bread.md': 'public:: true\ntags:: baking\ndate:: 2026-05-01\n- Flour and water.\n' },
    titles: ['Bread'],
  },
  {
    code: 'redirect-covered',
    wrong: { 'about.md': post('About rain'), 'site.yaml': `${SITE}redirects: { /about/: /contact/ }\n` },
    mended: { 'site.yaml': SITE },
    titles: ['About rain'],
  },
  {
    code: 'site-field-invalid',
    wrong: { 'site.yaml': `${SITE}pageSize: 31\n`, 'a.md': post('A') },
    fix: /Write 30 or 32/,
    mended: { 'site.yaml': `${SITE}pageSize: 32\n` },
    titles: ['A'],
  },
  {
    code: 'site-field-unknown',
    wrong: { 'site.yaml': `${SITE}descripton: Tides\n`, 'a.md': post('A') },
    fix: /Did you mean “description”/,
    mended: { 'site.yaml': `${SITE}description: Tides\n` },
    titles: ['A'],
  },
  {
    code: 'site-unreadable',
    wrong: { 'site.yaml': 'title: The Coast: news & tides\n', 'a.md': post('A') },
    mended: { 'site.yaml': 'title: "The Coast: news & tides"\nurl: https://example.org/\n' },
    titles: ['A'],
  },
  {
    code: 'sound-missing',
    wrong: { 'fog.md': post('Fog', 'episode: 4\nduration: "12:34"\nexplicit: false\n') },
    mended: { 'fog.md': post('Fog', 'episode: 4\naudio: { url: https://x.example/e.mp3, duration: "12:34" }\n') },
    titles: ['Fog'],
    shows: /x\.example\/e\.mp3/,
  },
  {
    code: 'status-unknown',
    wrong: { 'a.md': post('A', 'status: evergreen\n') },
    fix: /statuses: \{ evergreen: published \}/,
    mended: { 'site.yaml': `${SITE}statuses: { evergreen: published }\n` },
    titles: ['A'],
  },
  {
    code: 'status-unknown-public',
    before: { 'a.md': post('A') },
    wrong: { 'a.md': post('A', 'status: evergreen\n') },
    mended: { 'site.yaml': `${SITE}statuses: { evergreen: published }\n` },
    titles: ['A'],
  },
  {
    code: 'takedowns-unreadable',
    wrong: { '.takedowns.json': '{"schema": 1, "takedowns": [', 'a.md': post('A') },
    mended: { '.takedowns.json': '{"schema": 1, "takedowns": []}' },
    titles: ['A'],
  },
  {
    code: 'template-left-out',
    wrong: { 'a.md': post('A', '', 'Before.\n\n{{< gallery >}}\n') },
    mended: { 'a.md': post('A', '', 'Before.\n\n![Boat](boat.png)\n'), 'boat.png': PICTURE },
    titles: ['A'],
    shows: /boat\.png/,
  },
];

/** Problems that take more than the files of a publication to make, and where they are tested. */
const ELSEWHERE: Readonly<Partial<Record<ProblemCode, string>>> = {
  'adopted-unreadable': 'tests/work/ids/complete-file.test.ts',
  'asset-ambiguous': 'tests/work/article/vault-files.test.ts',
  'bundle-part-published': 'tests/work/article/folder-work.test.ts',
  'document-too-large': 'tests/local/commands/large-documents.test.ts',
  'export-not-public': 'tests/exports.test.ts',
  'export-not-read': 'tests/work/export-files.test.ts',
  'feed-address-lost': 'tests/local/hosting/hosts.test.ts',
  'feeds-too-many': 'tests/feed/feed-count.test.ts',
  'file-left-out': 'tests/local/commands/left-out.test.ts',
  'file-unreadable': 'tests/local/commands/commands.test.ts',
  'format-not-read': 'tests/article/media/unread-format.test.ts',
  'host-rules': 'tests/local/hosting/hosts.test.ts',
  'id-shared': 'tests/work/ids/complete-file.test.ts',
  'language-doubtful': 'tests/local/check/language-doubt.test.ts',
  'page-in-feeds': 'tests/behaviour/pages.test.ts',
  'page-is-no-article': 'tests/exports.test.ts',
  'page-left-out': 'tests/behaviour/pages.test.ts',
  'path-ambiguous': 'tests/local/commands/commands.test.ts',
  'path-taken': 'tests/local/commands/commands.test.ts',
  'podcast-artwork': 'tests/feed/entry/podcast-rules.test.ts',
  'podcast-episode': 'tests/feed/entry/podcast-rules.test.ts',
  'podcast-incomplete': 'tests/feed/entry/podcast-rules.test.ts',
  'publishing-unclear-public': 'tests/exports.test.ts',
  'rename-awaited': 'tests/work/article/renaming-work.test.ts',
  'settings-taken': 'tests/local/generators/generator-site.test.ts',
  'shown-wrongly': 'tests/local/check/reader-warnings.test.ts',
  'site-url-missing': 'tests/local/commands/commands.test.ts',
  'site-without-articles': 'tests/local/generators/generator-site.test.ts',
  'taken-down': 'tests/local/commands/takedown',
};

describe('the advice for', () => {
  it.each(ADVICE.map((each) => [each.code, each] as const))('%s mends it', async (code, advice) => {
    const publication = await createTestPublication({ files: { 'site.yaml': SITE } });
    await change(publication, advice.before ?? {});
    await change(publication, advice.wrong);
    const [problem] = (await problemsOf(publication)).filter((each) => each.code === code);
    expect(problem?.code).toBe(code);
    if (advice.fix !== undefined) expect(problem?.fix).toMatch(advice.fix);
    await change(publication, advice.mended);
    expect(await problemsOf(publication)).toEqual([]);
    const feed = (await publication.documents()).get('feed.json') ?? '{"items":[]}';
    const items = (JSON.parse(feed) as { items: readonly { readonly title: string }[] }).items;
    expect(items.map(({ title }) => title).sort()).toEqual([...advice.titles].sort());
    if (advice.shows !== undefined) expect(feed).toMatch(advice.shows);
  });

  it('every problem is tried here, or tested where it can be made', () => {
    const tried = new Set<string>([...ADVICE.map(({ code }) => code), ...Object.keys(ELSEWHERE)]);
    expect([...tried].sort()).toEqual(Object.keys(PROBLEM_SEVERITY).sort());
    for (const [code, place] of Object.entries(ELSEWHERE)) {
      expect(textsOf(fileURLToPath(new URL(`../../${place}`, import.meta.url))), place).toContain(code);
    }
  });
});

/** All tests in a folder, or one, as a text. */
function textsOf(place: string): string {
  if (!statSync(place).isDirectory()) return readFileSync(place, 'utf8');
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(place, name), 'utf8')).join('\n');
}

async function change(publication: TestPublication, files: Files): Promise<void> {
  for (const [key, text] of Object.entries(files)) await publication.put(key, text);
  await publication.settle();
  publication.now = Math.max(publication.now, TEST_NOW) + 1_000;
}

async function problemsOf({ publisher }: TestPublication): Promise<readonly Problem[]> {
  return (await publisher.overview()).problems;
}
