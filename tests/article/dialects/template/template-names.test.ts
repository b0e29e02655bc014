import { describe, expect, it } from 'vitest';
import { codesOf, parseText } from '../../article-file.ts';

describe('template code among names', () => {
  it('is no tag, no category and nobody', () => {
    const fields =
      'title: A\ndate: 2026-01-01\ntags: [ebb, "{{ page.tag }}"]\ncategory: "{% if a %}"\nauthors: ["{{ site.author }}", Ann Lee]';
    const parsed = parseText('a.md', `---\n${fields}\n---\nText.\n`, { permalink: '/:categories/:title/' });
    expect(parsed.articles[0]).toMatchObject({
      tags: [{ slug: 'ebb', label: 'ebb' }],
      authors: [{ name: 'Ann Lee' }],
      path: '/a/',
    });
    expect(codesOf(parsed).toSorted()).toEqual([4, 5, 6].map((line) => `template-left-out@${line}`));
  });

  it('needs its end', () => {
    const parsed = parseText('a.md', '---\ntitle: A\ndate: 2026-01-01\ntags: ["{{", "{a}"]\n---\nText.\n');
    expect(parsed.articles[0]?.tags.map(({ label }) => label)).toEqual(['{a}']);
    expect(codesOf(parsed)).toEqual([]);
  });
});
