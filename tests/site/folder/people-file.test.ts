import { describe, expect, it } from 'vitest';
import { parseArticles } from '../../../lambda/article/parse.ts';
import { isFolderFile } from '../../../lambda/site/folder/folder-file.ts';
import { sayOf } from '../../../lambda/site/folder/folder-rules.ts';
import { siteFor } from '../../../lambda/site/folder/folder-site.ts';
import { TEST_SITE } from '../../article/article-file.ts';
import { filesOf } from '../../support/folder-saying.ts';

/** An article with these authors, read beside these files. */
function parse(files: Readonly<Record<string, string>>, key: string, authors: string) {
  const site = siteFor({ ...TEST_SITE }, sayOf(filesOf(files), key));
  return parseArticles({ key, body: new TextEncoder().encode(`---\ntitle: A\n${authors}\n---\nText.`), site });
}

/** `name url email avatar` of each author, as far as they are there. */
function authorsOf(...about: Parameters<typeof parse>): readonly string[] {
  const [article] = parse(...about).articles;
  return (article?.authors ?? []).map(({ name, url, email, avatar }) =>
    [name, url, email, avatar].filter((part) => part !== null).join(' '),
  );
}

describe('short names of authors', () => {
  it.each([
    [
      'blog/authors.yml',
      'ann:\n  name: Ann Lee\n  url: https://ann.example\n  image_url: https://ann.example/me.png',
      'blog/a.md',
      'Ann Lee https://ann.example https://ann.example/me.png',
    ],
    [
      '_data/authors.yml',
      'ann:\n  name: Ann Lee\n  email: ann@site.example',
      '_posts/2024-01-01-a.md',
      'Ann Lee ann@site.example',
    ],
    ['_data/authors.yml', 'ann: Ann Lee', 'a.md', 'Ann Lee'],
    ['_data/authors.yml', 'ann: Ann\tLee', 'a.md', 'Ann Lee'],
    [
      '_data/people.json',
      '{"ann":{"display_name":"Ann Lee","web":"https://ann.example"}}',
      'a.md',
      'Ann Lee https://ann.example',
    ],
    ['.authors.yml', 'authors:\n  ann: { name: Ann Lee, description: Writer }', 'a.md', 'Ann Lee'],
    [
      'data/authors/ann.toml',
      'name = "Ann Lee"\nhomepage = "/people/ann/"',
      'content/posts/a.md',
      'Ann Lee https://example.org/people/ann/',
    ],
    ['data/authors/ann.yaml', 'name: Ann Lee\nemail: ann@site.example', 'content/posts/a.md', 'Ann Lee'],
    ['data/authors.json', '[{"id":"ann","firstName":"Ann","lastName":"Lee"}]', 'content/posts/a.md', 'Ann Lee'],
    ['source/_data/authors.yml', '- key: ann\n  name: Ann Lee\n', 'source/_posts/a.md', 'Ann Lee'],
    [
      'data/authors/ann.mdx',
      '---\nname: Ann Lee\navatar: /static/ann.png\n---\n\nShe writes.',
      'data/blog/a.mdx',
      'Ann Lee',
    ],
    [
      'src/content/authors/ann.md',
      '---\nname: Ann Lee\nlink: https://ann.example\n---',
      'src/content/blog/a.md',
      'Ann Lee https://ann.example',
    ],
    ['content/authors/ann/_index.md', '---\ntitle: Ann Lee\n---', 'content/posts/a.md', 'Ann Lee'],
    ['_config.yml', 'authors:\n  ann:\n    name: Ann Lee', '_posts/2024-01-01-a.md', 'Ann Lee'],
    ['_authors/anna.md', '---\nshort_name: ann\nname: Ann Lee\n---', '_posts/2024-01-01-a.md', 'Ann Lee'],
  ])('are looked up in %s: %j', (file, text, key, author) => {
    expect(isFolderFile(file)).toBe(true);
    expect(authorsOf({ [file]: text }, key, 'authors: [ann]')).toEqual([author]);
  });

  it('may have hyphens, and stand in a map', () => {
    const files = { '.authors.yml': 'authors:\n  ann-lee: { name: Ann Lee }' };
    expect(authorsOf(files, 'a.md', 'author: ann-lee')).toEqual(['Ann Lee']);
    expect(authorsOf(files, 'a.md', 'authors:\n  - id: ann-lee\n    url: https://b.example')).toEqual([
      'Ann Lee https://b.example/',
    ]);
  });

  it('are those of the folder, and of site.yaml before it', () => {
    const files = { 'blog/authors.yml': 'ann: { name: Ann Lee }' };
    expect(authorsOf(files, 'notes/a.md', 'author: ann')).toEqual(['ann']);
    const said = sayOf(filesOf(files), 'blog/a.md');
    const stated = { ann: { name: 'Ann Stone', email: null, url: null, avatar: null } };
    expect(siteFor({ ...TEST_SITE, people: stated }, said).people.ann?.name).toBe('Ann Stone');
  });

  it('that nobody has are told of, where such a file is there', () => {
    const problems = (files: Readonly<Record<string, string>>, authors: string) =>
      parse(files, 'blog/a.md', authors).problems.map(({ code, line, message }) => `${code}@${line}: ${message}`);
    const files = { 'blog/authors.yml': 'ann: { name: Ann Lee }' };
    expect(problems(files, 'authors: [ann, zed]')).toEqual([
      'author-unknown@3: Nobody is called “zed” in blog/authors.yml, so readers see that short name.',
    ]);
    expect(
      problems({ 'data/authors/ann.toml': 'name = "Ann"', 'data/authors/bo.toml': 'name = "Bo"' }, 'author: zed'),
    ).toEqual(['author-unknown@3: Nobody is called “zed” in data/authors/, so readers see that short name.']);
    expect(problems(files, 'authors: [Zed, Zoe Day]')).toEqual([]);
    expect(problems({}, 'author: zed')).toEqual([]);
  });

  it('are not looked up in what is broken, or about something else', () => {
    expect(authorsOf({ 'blog/authors.yml': 'ann: [' }, 'blog/a.md', 'author: ann')).toEqual(['ann']);
    expect(authorsOf({ 'blog/authors.yml': '- 1\n- 2' }, 'blog/a.md', 'author: ann')).toEqual(['ann']);
    expect(authorsOf({ 'data/authors/ann.json': '{"count":3}' }, 'a.md', 'author: ann')).toEqual(['ann']);
  });
});

describe('a file about a person', () => {
  const parsed = (key: string, text: string) => {
    const { articles, problems } = parseArticles({ key, body: new TextEncoder().encode(text), site: TEST_SITE });
    return { titles: articles.map(({ title }) => title), codes: problems.map(({ code }) => code) };
  };
  const none = { titles: [], codes: [] };

  it('is no article, and no mistake', () => {
    expect(parsed('data/authors/ann.mdx', '---\nname: Ann Lee\navatar: /a.png\n---\n\nShe writes.')).toEqual(none);
    expect(parsed('src/content/authors/ann.md', '---\nname: Ann Lee\nimage: ./ann.png\n---')).toEqual(none);
    expect(parsed('team/ann.md', '---\nname: Ann Lee\nimage: ann.png\nrole: Editor\n---\n')).toEqual(none);
    expect(parsed('data/authors/ann.json', '{"name":"Ann Lee","avatar":"/a.png"}')).toEqual(none);
  });

  it('is an article where it is one besides', () => {
    expect(parsed('content/authors/how.md', '---\ntitle: How we write\ndate: 2024-01-01\n---\nSo.').titles).toEqual([
      'How we write',
    ]);
    expect(parsed('team/ann.md', '---\nname: Ann Lee\n---\nShe joined today.').titles).toEqual(['Ann']);
    expect(parsed('team/ann.md', '---\nname: Ann Lee\nsummary: She joined.\n---\n').titles).toEqual(['Ann']);
  });
});
