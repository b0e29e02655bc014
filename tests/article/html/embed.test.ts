import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/content.ts';
import { TEST_SITE } from '../article-file.ts';

function render(text: string) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'html', text, firstLine: 1 }, context);
}

describe('what is embedded', () => {
  it.each([
    ['<iframe src="https://codesandbox.io/embed/tide-1?view=preview"></iframe>', 'https://codesandbox.io/s/tide-1'],
    [
      '<iframe src="//player.bilibili.com/player.html?aid=1&bvid=BV1xx411c7mD"></iframe>',
      'https://www.bilibili.com/video/BV1xx411c7mD/',
    ],
    ['<iframe src="https://archive.org/embed/old-boats"></iframe>', 'https://archive.org/details/old-boats'],
    ['<object data="/papers/a.pdf" type="application/pdf"></object>', 'https://example.org/papers/a.pdf'],
    ['<embed src="https://example.com/b.pdf#page=2">', 'https://example.com/b.pdf#page=2'],
    ['<lite-youtube videoid="abcdefghijk"></lite-youtube>', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['<YouTube id="abcdefghijk" />', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['<lite-vimeo videoId="1234567"></lite-vimeo>', 'https://vimeo.com/1234567'],
    [
      '<youtube-embed src="https://www.youtube.com/embed/abcdefghijk" />',
      'https://www.youtube.com/watch?v=abcdefghijk',
    ],
  ])('is a link to what it shows: %s', (text, address) => {
    const { html, problems } = render(text);
    expect(html).toContain(`<a href="${address}">`);
    expect(problems).toEqual([]);
  });

  it('is called as it says', () => {
    const { html, problems } = render(
      '<iframe title="A map of the bay" src="https://maps.example.com/e?a=1"></iframe>',
    );
    expect(html).toBe('<a href="https://maps.example.com/e?a=1">A map of the bay</a>');
    expect(problems).toEqual([]);
  });

  it.each([
    '<iframe src="https://www.googletagmanager.com/ns.html?id=x" title="Tag manager"></iframe>',
    '<iframe src="https://x.example/dot" title="A dot" width="1" height="1"></iframe>',
    '<iframe src="javascript:x()" title="A script"></iframe>',
    '<iframe src="https://x.example/frame"></iframe>',
    '<object data="javascript:a.pdf"></object>',
  ])('is left out where nobody is to see it, or knows what it is: %s', (text) => {
    expect(render(text).html).toBe('');
    expect(render(text).problems).toMatchObject([{ code: 'markup-left-out' }]);
  });
});
