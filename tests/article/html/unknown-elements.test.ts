import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/content.ts';
import { TEST_SITE } from '../article-file.ts';

function told(text: string, kind: 'markdown' | 'html' = 'markdown') {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind, text, firstLine: 1 }, context).problems.map(({ line, message }) => [
    line,
    /<([^>]*)>/.exec(message)?.[1],
  ]);
}

describe('an element that HTML does not have', () => {
  it('is told of once where it shows nothing', () => {
    expect(told('One.\n\n- <GitHubLink repo="a/b" /> - boats\n- <GitHubLink repo="a/c" /> - oars')).toEqual([
      [3, 'GitHubLink'],
    ]);
    expect(told('<Badge type="tip" text="new"></Badge> and <tide-table harbour="a"></tide-table>')).toEqual([
      [1, 'Badge'],
      [1, 'tide-table'],
    ]);
    expect(told('<p>A <TideTable/> b</p>', 'html')).toEqual([[1, 'TideTable']]);
  });

  it('is nobody\u2019s loss where its text stays, or where it is shown', () => {
    expect(told('<MyBox>Kept *words*.</MyBox>\n\n`<Code />`\n\n    <Indented />\n')).toEqual([]);
    expect(told('<lite-youtube videoid="abcdefghijk"></lite-youtube>')).toEqual([]);
  });

  it('is none that HTML has, in capitals or not', () => {
    expect(told('<IMG SRC="/a.png" ALT="A"><BR><Center></Center><picture><source srcset="/a.png"></picture>')).toEqual(
      [],
    );
    expect(
      told('<p><input type="checkbox"> <label></label><meta name="a"><o:p></o:p><noscript></noscript></p>', 'html'),
    ).toEqual([]);
  });

  it('is none of a drawing or a formula', () => {
    expect(told('<svg><path d="M0 0"/><use href="#a"/></svg>').map(([, name]) => name)).toEqual(['svg']);
    expect(told('<p><math><mi>x</mi><mspace/></math></p>', 'html')).toEqual([]);
  });

  it('is told of for ten names at most', () => {
    const names = Array.from({ length: 20 }, (_, index) => `<X-${index} />`);
    expect(told(names.join(' '))).toHaveLength(10);
  });

  it('takes time by the length of the text', () => {
    const open = '<X-Y>'.repeat(40_000);
    const started = process.cpuUsage();
    told(open);
    told(`${'<svg>'.repeat(40_000)}`, 'html');
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
  });
});
