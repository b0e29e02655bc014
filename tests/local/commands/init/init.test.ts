import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSite } from '../../../../lambda/site/parse-site.ts';
import { runCommand } from '../../../support/run-command.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const run = (args: readonly string[]) => runCommand(args, NOW);

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-init-'));
});
afterEach(() => rmSync(base, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}
const read = (path: string) => readFileSync(join(base, path), 'utf8');
const list = () =>
  readdirSync(base, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(base.length + 1)] : []))
    .sort();
const settings = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('init', () => {
  it('begins a publication that can be built at once', async () => {
    const { code } = await run(['init', base]);
    expect(code).toBe(0);
    expect(list()).toEqual(['.gitignore', 'content/hello.md', 'content/site.yaml']);
    expect(parseSite(readFileSync(join(base, 'content/site.yaml')), { url: 'https://example.org/' }).problems).toEqual(
      [],
    );
    const built = await run(['build', join(base, 'content'), '--out', join(base, '.public'), '--json']);
    expect(JSON.parse(built.printed)).toMatchObject({ published: 1, problems: [{ code: 'site-url-missing' }] });
  });

  it('leaves what is there, and says so', async () => {
    put('content/mine.md', 'Mine.');
    put('content/site.yaml', 'title: Mine\n');
    put('.gitignore', 'secret\n');
    const { printed } = await run(['init', base]);
    expect(list()).toEqual(['.gitignore', 'content/mine.md', 'content/site.yaml']);
    expect(read('content/site.yaml')).toBe('title: Mine\n');
    expect(read('.gitignore')).toBe('secret\n');
    expect(printed).toContain('site.yaml was there already');
  });

  it('takes a folder that holds articles for the content itself, and a README for none', async () => {
    put('README.md', 'Of the repository.');
    await run(['init', base]);
    expect(list()).toContain('content/site.yaml');
    rmSync(join(base, 'content'), { recursive: true });
    put('notes/one.md', 'One.');
    await run(['init', base]);
    expect(list()).toEqual(['.gitignore', 'README.md', 'notes/one.md', 'site.yaml']);
  });

  it('writes a workflow where it is asked for', async () => {
    await run(['init', base, '--workflow']);
    expect(read('.github/workflows/feeds.yml')).toContain(
      'npx --yes feedwright build content --out .public --for github-pages --url',
    );
  });

  it('takes from the settings of Hugo what holds here, and nothing that would be refused', async () => {
    put(
      'hugo.toml',
      'baseURL = "https://coast.example/blog"\ntitle = "The Coast: a \\"log\\""\nlanguageCode = "en-GB"\ntimeZone = "Mars/Olympus"\n' +
        '[params]\ndescription = "What the sea does"\n[params.author]\nname = "Maria"\nemail = "maria@coast.example"\n' +
        '[permalinks.page]\nposts = "/:year/:contentbasename/"\n',
    );
    put('content/posts/one.md', 'One.');
    await run(['init', base]);
    expect(list()).toEqual(['.gitignore', 'content/posts/one.md', 'content/site.yaml', 'hugo.toml']);
    expect(settings('content/site.yaml')).toEqual([
      'title: "The Coast: a \\"log\\""',
      'url: "https://coast.example/blog/"',
      'language: "en-GB"',
      'authors: {"name":"Maria","email":"maria@coast.example"}',
      'description: "What the sea does"',
      'addresses: "hugo"',
      'permalink: "/:year/:contentbasename/"',
    ]);
  });

  it('takes from the settings of Jekyll what holds here, with the articles where they are', async () => {
    put(
      '_config.yml',
      'title: The Coast\nurl: https://coast.example\nbaseurl: /log\nlang: pt\ntimezone: Europe/Lisbon\nauthor: Ana\npermalink: pretty\n',
    );
    put('_posts/2026-01-01-one.md', 'One.');
    await run(['init', base]);
    expect(settings('site.yaml')).toEqual([
      'title: "The Coast"',
      'url: "https://coast.example/log/"',
      'language: "pt"',
      'timeZone: "Europe/Lisbon"',
      'authors: "Ana"',
      'addresses: "jekyll"',
      'permalink: "/:categories/:year/:month/:day/:title/"',
    ]);
  });

  it('takes nothing from settings that can not be read', async () => {
    put('hugo.toml', 'title = "The Coast\n');
    await run(['init', base]);
    expect(settings('content/site.yaml')).toEqual([]);
  });
});
