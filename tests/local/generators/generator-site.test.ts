import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const NOW = Date.UTC(2026, 5, 1, 12);

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-generator-'));
});
afterEach(() => rmSync(base, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(base, 'site', path)), { recursive: true });
  writeFileSync(join(base, 'site', path), text);
}
const post = (title: string) => `---\ntitle: ${title}\ndate: 2026-05-01\n---\nWater.\n`;

async function build() {
  const args = ['build', join(base, 'site'), '--out', join(base, 'public'), '--json'];
  const { code, printed, noted } = await runCommand(args, NOW);
  const result = printed === '' ? null : JSON.parse(printed);
  return { code, noted, result, codes: result?.problems.map((each: { code: string }) => each.code) };
}
const feed = () => JSON.parse(readFileSync(join(base, 'public/feed.json'), 'utf8'));
const titles = () => feed().items.map((item: { title: string }) => item.title);
const ids = () => feed().items.map((item: { id: string }) => item.id);

function putHugo(): void {
  put('hugo.toml', 'title = "Salt Marsh"\nbaseURL = "https://marsh.example/"\nlanguageCode = "de"\n');
  put('content/posts/tide.md', post('Tide'));
  put('docs/hacking.md', post('Hacking'));
  put('tests/page.html', '<p>Test</p>');
}

describe('a site of a generator that is published whole', () => {
  it('has its articles and nothing else, and the settings of the generator, each told', async () => {
    putHugo();
    const { code, result, codes } = await build();
    expect(code).toBe(0);
    expect(titles()).toEqual(['Tide']);
    expect(feed().items[0].url).toBe('https://marsh.example/posts/tide/');
    expect(codes).toEqual([]);
    expect(feed()).toMatchObject({ title: 'Salt Marsh', language: 'de', home_page_url: 'https://marsh.example/' });
    expect(result.generator.missing).toEqual([]);
    expect(result.generator.news).toEqual(
      expect.arrayContaining([
        'This is a site of Hugo (hugo.toml). Its articles are looked for in content/.',
        'title: Salt Marsh (from hugo.toml)',
        'url: https://marsh.example/ (from hugo.toml)',
      ]),
    );
  });

  it('says what was found to who reads a terminal', async () => {
    putHugo();
    const args = ['build', join(base, 'site'), '--out', join(base, 'public')];
    const first = await runCommand(args, NOW);
    expect(first.noted).toContain('title: Salt Marsh (from hugo.toml)');
    const second = await runCommand(args, NOW);
    expect(second.noted).toContain('Lines for site.yaml:\ntitle: "Salt Marsh"\n');
  });

  it('keeps the settings of the first build, and warns until site.yaml has them', async () => {
    putHugo();
    await build();
    const before = ids();
    put('hugo.toml', 'title = "Another"\nbaseURL = "https://other.example/"\n');
    const { result, codes } = await build();
    expect(feed().title).toBe('Salt Marsh');
    expect(ids()).toEqual(before);
    expect(codes).toEqual(['settings-taken']);
    expect(result.generator.news).toEqual([]);
    put('site.yaml', `${result.generator.missing.join('\n')}\n`);
    expect((await build()).codes).toEqual([]);
    expect(ids()).toEqual(before);
    expect(feed().title).toBe('Salt Marsh');
  });

  it('goes by what site.yaml says', async () => {
    putHugo();
    put('site.yaml', 'title: Mine\nauthor: Bo\n');
    await build();
    expect(feed()).toMatchObject({ title: 'Mine', language: 'de' });
    expect((await build()).result.generator.missing.join('\n')).not.toMatch(/^(?:title|author)/m);
  });

  it('takes nothing and hides nothing where something was published before it was recognised', async () => {
    putHugo();
    rmSync(join(base, 'site/hugo.toml'));
    await build();
    expect(titles().toSorted()).toEqual(['Hacking', 'Page', 'Tide']);
    putHugo();
    const { result, codes } = await build();
    expect(titles().toSorted()).toEqual(['Hacking', 'Page', 'Tide']);
    expect(feed().title).not.toBe('Salt Marsh');
    expect(codes).not.toContain('settings-taken');
    expect(result.generator).toEqual({ news: [], missing: [] });
  });

  it('reads the settings again while nothing is published', async () => {
    putHugo();
    put('content/posts/tide.md', `---\ntitle: Tide\ndraft: true\n---\nWater.\n`);
    await build();
    put('hugo.toml', 'title = "Another"\nbaseURL = "https://other.example/"\n');
    put('content/posts/tide.md', post('Tide'));
    await build();
    expect(feed()).toMatchObject({ title: 'Another', home_page_url: 'https://other.example/' });
  });

  it('is told of where its folder holds nothing to publish, until another one is named', async () => {
    put('astro.config.mjs', 'export default {};\n');
    put('src/pages/index.astro', '---\n---\n');
    put('articles/tide.md', post('Tide'));
    const { code, codes, result } = await build();
    expect(code).toBe(1);
    expect(codes).toContain('site-without-articles');
    const problem = result.problems.find((each: { code: string }) => each.code === 'site-without-articles');
    expect(problem.fix).toContain('feedwright build <folder>');
    const named = await runCommand(['build', join(base, 'site/articles'), '--out', join(base, 'other')], NOW);
    expect(named.code).toBe(0);
    expect(named.noted).not.toContain('nothing to publish was found');
  });

  it('is not published whole where its folder of articles is a publication already', async () => {
    putHugo();
    put('content/site.yaml', 'title: Mine\n');
    const { code, noted } = await build();
    expect(code).toBe(2);
    expect(noted).toContain(`name that folder: feedwright build ${join(base, 'site/content/')}`);
  });

  it('is named where it lies in the folder of a program', async () => {
    put('Cargo.toml', '[package]\n');
    put('docs/config.toml', 'base_url = "https://marsh.example"\n');
    put('docs/content/tide.md', post('Tide'));
    put('CODING.md', 'How we write it.');
    const { code, noted } = await build();
    expect(code).toBe(2);
    expect(noted).toContain('its site is in docs/, of Zola');
    expect(noted).toContain(`feedwright build ${join(base, 'site/docs')}`);
    put('site.yaml', 'title: Ours\nurl: https://marsh.example/\n');
    expect((await build()).code).toBe(0);
    expect(titles().toSorted()).toEqual(['CODING', 'Tide']);
  });

  it('is checked as it is built', async () => {
    putHugo();
    put('docs/broken.md', '---\ntitle: [\n---\n');
    const { code, printed } = await runCommand(['check', join(base, 'site')], NOW);
    expect(code).toBe(0);
    expect(printed).toBe('');
  });
});
