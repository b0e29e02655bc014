import { describe, expect, it } from 'vitest';
import { parseOne } from '../../article-file.ts';

const heldAs = (key: string, text: string) => parseOne(key, text).doubt?.held?.code ?? null;

describe('what lies in _posts', () => {
  it('is a piece that posts include where it has neither front matter nor a date in its name', () => {
    expect(heldAs('_posts/include/list.html', '<ul id="list"><li>Mud</li></ul>')).toBe('page-is-no-article');
    expect(heldAs('_posts/notes.md', 'Mud and sand.')).toBe('page-is-no-article');
  });

  it('is a post with one of the two', () => {
    expect(heldAs('_posts/hello.md', '---\ntitle: Hello\ndate: 2026-01-02\n---\nMud.')).toBeNull();
    expect(heldAs('_posts/2026-01-02-hello.md', 'Mud.')).toBeNull();
    expect(heldAs('blog/_posts/2026-1-2-hello.html', '<p>Mud.</p>')).toBeNull();
    expect(heldAs('posts/notes.md', 'Mud and sand.')).toBeNull();
  });
});
