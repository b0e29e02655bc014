import { describe, expect, it } from 'vitest';
import { codesOf, parseText } from './article-file.ts';

describe('template code in titles and summaries', () => {
  it('is left out with a warning, and shown in code', () => {
    const parsed = parseText('a.md', '# I18n {% addedin "2.0" %} for `{{ t }}`\n\nText.\n');
    expect(parsed.articles[0]).toMatchObject({ title: 'I18n for {{ t }}' });
    expect(codesOf(parsed)).toEqual(['template-left-out@-']);
  });

  it('is resolved where its value is known', () => {
    const parsed = parseText(
      'a.md',
      '---\ndate: 2026-01-01\ntitle: "In {{ site.title }}"\ndescription: "Of {{ page.title | upcase }} {{ site.nothing }} *here*"\n---\nText.\n',
    );
    expect(parsed.articles[0]).toMatchObject({ title: 'In Example', summary: 'Of here' });
    expect(codesOf(parsed)).toEqual(['template-left-out@4', 'template-left-out@4']);
  });

  it('leaves the name of the file where nothing else is in a title', () => {
    expect(parseText('the-ebb.md', '---\ntitle: "{{ site.x }}"\n---\nText.\n').articles[0]?.title).toBe('The ebb');
  });

  it('is text in pages that a program has made, and where it has no end', () => {
    expect(parseText('a.html', '<html><title>{{ a }}</title><body><p>B</p></body></html>').articles[0]?.title).toBe(
      '{{ a }}',
    );
    expect(parseText('a.md', '# Open {{ here\n\nText.\n').articles[0]?.title).toBe('Open {{ here');
  });
});

it('lists of attributes go from titles', () => {
  for (const list of ['{#ebb}', '{ #ebb .wide }', '{: .wide }'])
    expect(parseText('a.md', `# The ebb ${list}\n\nText.\n`).articles[0]?.title).toBe('The ebb');
  expect(parseText('a.md', '# The {ebb}\n\nText.\n').articles[0]?.title).toBe('The {ebb}');
});
