/**
 * Moves blogs of real generators as docs/coming-from says, for move-trial.ts to ask readers about: a site of 25 posts is
 * built by the program itself, then published here without `ids`, and once more by the steps of its page.
 *
 *   node tools/readers/generator-moves.ts <folder>
 *
 * Into the folder come `<program>/old.xml`, `new.xml` and `without-ids.xml`, each what its address gives. What `feedwright
 * rehearse` foretells is printed. Programs that are not installed are named: `hugo`, `jekyll` with jekyll-feed, `pelican`.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM_MS_MAX = 120_000;
const PROSE = 'The tide came in over the flats, and the boats rose one by one until the harbour was full of light. ';

interface Post {
  readonly name: string;
  readonly title: string;
  readonly day: string;
  readonly time: string;
  readonly tags: readonly string[];
}

interface Generator {
  readonly name: string;
  /** Where its feed is, in what it builds. */
  readonly feed: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly file: (post: Post) => readonly [path: string, text: string];
  /** Builds the site of the current folder into `old`. */
  readonly command: readonly [string, ...string[]];
}

/** Names and titles that are known to make addresses differ. */
const SPECIAL: readonly (readonly [string, string])[] = [
  ['low-water', 'Low Water: mud & gulls'],
  ['über-gull', 'Über Gull'],
  ['приливы', 'Прилив в полночь'],
  ['Caps.And.Dots.v2', 'Caps And Dots v2.0'],
  ['learning', 'Learning C# + Rust'],
  ['slash', 'TCP/IP by the sea'],
  ['潮', '潮の話'],
  ['emoji-🐟', 'Fish 🐟'],
  ['with_under score', 'Under_score and blank'],
  ['quotes', 'What’s “new”'],
];

const POSTS: readonly Post[] = Array.from({ length: 25 }, (_, index) => {
  const [name, title] = SPECIAL[index] ?? [`plain-${index}`, `Plain tide ${index}`];
  const day = `2026-${String(1 + Math.floor(index / 4)).padStart(2, '0')}-${String(3 + 6 * (index % 4)).padStart(2, '0')}`;
  const time = `${String(6 + (index % 14)).padStart(2, '0')}:${String(index * 2).padStart(2, '0')}:00`;
  return { name, title, day, time, tags: index % 2 === 0 ? ['tides'] : ['tides', 'Sea Birds'] };
});

const GENERATORS: readonly Generator[] = [
  {
    name: 'hugo',
    feed: 'index.xml',
    settings: {
      'hugo.toml':
        'baseURL = "https://coast.example/"\ntitle = "Coast & Tides"\ntimeZone = "Europe/Berlin"\n[permalinks]\n  posts = "/:year/:month/:title/"\n',
      'layouts/_default/single.html': '{{.Content}}',
      'layouts/_default/list.html': '{{range .Pages}}{{.Title}}{{end}}',
    },
    file: ({ name, title, day, time, tags }) => [
      `content/posts/${name}.md`,
      withFrontMatter({ title, date: `${day}T${time}+01:00`, tags }),
    ],
    command: ['hugo', '--destination', '../old'],
  },
  {
    name: 'jekyll',
    feed: 'feed.xml',
    settings: {
      '_config.yml':
        'title: Coast & Tides\nurl: https://coast.example\ntimezone: America/New_York\npermalink: /:categories/:year/:month/:day/:title/\nplugins: [jekyll-feed]\nfeed:\n  posts_limit: 25\ndefaults:\n  - scope: {path: "", type: posts}\n    values: {layout: null}\n',
    },
    file: ({ name, title, day, time, tags }) => [
      `_posts/${day}-${name}.md`,
      withFrontMatter({ title, date: `${day} ${time} -0500`, tags }),
    ],
    command: ['jekyll', 'build', '--quiet', '--destination', '../old'],
  },
  {
    name: 'pelican',
    feed: 'feeds/all.atom.xml',
    settings: {
      'pelicanconf.py':
        "AUTHOR = 'Ann Reed'\nSITENAME = 'Coast & Tides'\nSITEURL = 'https://coast.example'\nPATH = 'content'\nTIMEZONE = 'Europe/Paris'\nFEED_DOMAIN = SITEURL\nFEED_ALL_ATOM = 'feeds/all.atom.xml'\n",
    },
    file: ({ name, title, day, time, tags }) => [
      `content/${name}.md`,
      `Title: ${title}\nDate: ${day} ${time}\nTags: ${tags.join(', ')}\n\n${PROSE.repeat(3)}\n`,
    ],
    command: ['pelican', 'content', '--output', '../old', '--settings', 'pelicanconf.py', '--quiet'],
  },
];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder that the documents go into.');
for (const generator of GENERATORS) moveSite(generator, join(folder, generator.name));

function moveSite({ name, feed, settings, file, command: [program, ...options] }: Generator, place: string): void {
  rmSync(place, { recursive: true, force: true });
  const site = join(place, 'site');
  for (const [path, text] of [...Object.entries(settings), ...POSTS.map(file)]) write(join(site, path), text);
  const built = spawnSync(program, options, { cwd: site, encoding: 'utf8', timeout: PROGRAM_MS_MAX });
  if (built.status !== 0 || !existsSync(join(place, 'old', feed))) {
    console.log(
      `SKIPPED ${name}: it is not installed, or failed. ${(built.stderr ?? '').trim().split('\n').at(-1) ?? ''}`,
    );
    return;
  }
  cpSync(join(place, 'old', feed), join(place, 'old.xml'));
  const page = readFileSync(join(ROOT, `docs/coming-from/${name}.md`), 'utf8');
  const settled = /^```yaml\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '';
  const zone = /Europe\/\w+|America\/\w+/.exec(Object.values(settings).join('\n'))?.[0] ?? '';
  for (const [document, lines] of [
    ['without-ids.xml', settled.replace(/^ids: .*\n/m, '')],
    ['new.xml', settled],
  ] as const) {
    write(join(site, 'site.yaml'), lines.replace(/^timeZone: .*$/m, `timeZone: ${zone}`));
    if (document === 'new.xml')
      console.log(`${name}: ${feedwright('adopt', join(place, 'old.xml'), '--folder', site)}`);
    const out = join(place, document.replace('.xml', ''));
    feedwright('build', site, '--out', out);
    cpSync(join(out, feed), join(place, document));
    console.log(`${name}, ${document}: ${feedwright('rehearse', site, '--against', join(place, 'old.xml'))}`);
  }
}

function feedwright(...options: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(ROOT, 'bin/feedwright.ts'), ...options], {
    encoding: 'utf8',
    timeout: PROGRAM_MS_MAX,
  });
  if (error !== undefined) throw error;
  return stdout === '' ? stderr : stdout;
}

function withFrontMatter(fields: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(fields).map(([name, value]) =>
    name === 'date' ? `date: ${String(value)}` : `${name}: ${JSON.stringify(value)}`,
  );
  return ['---', ...lines, '---', '', PROSE.repeat(3), ''].join('\n');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
