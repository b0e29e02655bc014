import { describe, expect, it } from 'vitest';
import { findUnread, mayBeUnread } from '../../../lambda/article/media/unread-format.ts';
import { codesOf, parseText } from '../article-file.ts';

const tell = (key: string, text = '') => {
  if (!mayBeUnread(key)) return null;
  return (
    findUnread(key, new TextEncoder().encode(text))?.message.replace(
      ': it is not read, and nothing of it is published.',
      '',
    ) ?? null
  );
};
const DATA = 'title: A\ndate: 2024-01-01\nbody: |\n  Some text.\n';
const POST = '---\ntitle: A\ndate: 2024-01-01\n---\nText.';

describe('a post in a form that is not read', () => {
  it.each([
    ['posts/snow.rst', 'reStructuredText'],
    ['posts/2023-01-02-rain.adoc', 'AsciiDoc'],
    ['posts/hail.org', 'Org'],
    ['posts/plot.qmd', 'Quarto’s Markdown with code'],
    ['posts/plot.Rmd', 'R Markdown'],
    ['posts/plot/index.Rmarkdown', 'R Markdown'],
    ['table.ipynb', 'the form of Jupyter notebooks'],
    ['posts/a.textile', 'Textile'],
    ['posts/a.tex', 'TeX'],
    ['posts/a.docx', 'the form of Word'],
    ['posts/a.odt', 'the form of LibreOffice'],
    ['_posts/a.asciidoc', 'AsciiDoc'],
    ['src/content/blog/a.mdoc', 'Markdoc'],
    ['src/posts/a.svx', 'mdsvex'],
    ['content/blog/a/contents.lr', 'Lektor’s form'],
    ['content/blog/a/contents+de.lr', 'Lektor’s form'],
  ])('is told of by its name: %s', (key, form) => {
    expect(tell(key)).toBe(`This file is in ${form}`);
  });

  it('is told of as a template, where it says what it is called and when it was written', () => {
    expect(tell('blog/a.njk', POST)).toBe('This file is a template in Nunjucks');
    expect(tell('blog/2024-01-01-a.liquid', '---\ntitle: A\n---\nText.')).toBe('This file is a template in Liquid');
    expect(tell('blog/index.njk', '---\ntitle: Blog\n---\nText.')).toBeNull();
    expect(tell('_includes/a.njk', POST)).toBeNull();
  });

  it.each([
    ['a.rst', 'pandoc -t gfm -o name.md'],
    ['a.adoc', 'asciidoctor -b docbook5'],
    ['a.Rmd', 'quarto render'],
    ['a.pages', 'Save each as name.docx'],
    ['a.smd', 'write its fields as YAML'],
    ['a.svx', 'Name each .md'],
    ['a.ipynb', 'jupyter nbconvert --to markdown'],
    ['posts/a.yaml', 'Write its text into a file named .md'],
  ])('is told of with what makes Markdown of it: %s', (key, fix) => {
    expect(findUnread(key, new TextEncoder().encode(key.endsWith('.yaml') ? DATA : ''))?.fix).toContain(fix);
  });

  it('is told of where it lies in a folder that is not read', () => {
    expect(tell('_releases/2024-01-01-a.md', POST)).toBe(
      'This file lies in “_releases”, and a folder with an underscore holds no articles here but those of known names',
    );
    expect(tell('_releases/a.md', '---\ntitle: A\n---\nText.')).toBeNull();
    expect(tell('_releases/2024-01-01-a.md', '---\ntitle: A\ndraft: true\n---\nText.')).toBeNull();
    expect(tell('_releases/a.md', 'Text.')).toBeNull();
    expect(tell('_recipes/soup.md', `---\ntitle: Soup\n---\n${'Stir it. '.repeat(40)}`)).toContain(
      'lies in “_recipes”',
    );
    expect(tell('_recipes/soup.md', 'Stir it. '.repeat(40))).toBeNull();
    expect(tell('_includes/2024-01-01-a.md', POST)).toBeNull();
    expect(tell('_posts/2024-01-01-a.md', POST)).toBeNull();
  });

  it('is told of as data that has a title, a date and a text', () => {
    expect(tell('posts/a.yml', DATA)).toBe('This file is data of a post');
    expect(tell('posts/a.toml', 'title = "A"\ndate = 2024-01-01\ncontent = "Some text."\n')).toBe(
      'This file is data of a post',
    );
    expect(tell('posts/a.yml', 'title: A\ndate: 2024-01-01\n')).toBeNull();
    expect(tell('posts/a.yml', 'title: A\nbody: Some text.\n')).toBeNull();
    expect(tell('data/posts/a.yml', DATA)).toBeNull();
    expect(tell('a.yml', DATA)).toBeNull();
  });

  it.each([
    'README.rst',
    'CHANGELOG.adoc',
    'data.csv',
    'data.xml',
    'notes/table.xlsx',
    'static/form.docx',
    '_theme/a.rst',
    '.hidden/a.rst',
    'node_modules/a/b.rst',
    'a.py',
    'a.md',
    'picture.png',
    'rst',
  ])('is not %s', (key) => {
    expect(tell(key)).toBeNull();
  });
});

describe('JSON that looks like a post', () => {
  const codes = (value: unknown, key = 'posts/a.json') => codesOf(parseText(key, JSON.stringify(value)));
  const post = { title: 'A', date: '2024-01-01', content: 'Some text.' };

  it('is told of, and other data is not', () => {
    expect(codes(post)).toEqual(['format-not-read@-']);
    expect(codes([post, post])).toEqual(['format-not-read@-']);
    expect(codes({ headline: 'A', published_at: '2024-01-01T00:00:00Z', body_html: '<p>Some text.</p>' })).toEqual([
      'format-not-read@-',
    ]);
    expect(codes({ title: 'A', count: 3 })).toEqual([]);
    expect(codes({ title: 'A', date: '2024-01-01' })).toEqual([]);
    expect(codes([post], 'data/a.json')).toEqual([]);
    expect(codes({ title: 'A', date_published: '2024-01-01', content_text: 'Some text.' })).toEqual([]);
  });
});
