import { describe, expect, it } from 'vitest';
import { inlineText } from '../../../../lambda/article/markdown/inline-text.ts';
import { renderInline } from '../../../../lambda/article/markdown/markdown.ts';

describe('emphasis in scripts without blanks', () => {
  it.each([
    ['很重要，**是基础。**后面', '很重要，<strong>是基础。</strong>后面'],
    ['他说**“你好”**然后走了', '他说<strong>“你好”</strong>然后走了'],
    ['これは**太字です。**次の文', 'これは<strong>太字です。</strong>次の文'],
    ['使用**`npm`**安装', '使用<strong><code>npm</code></strong>安装'],
    ['参见**[文档](/a)**。', '参见<strong><a href="/a">文档</a></strong>。'],
    ['이것은 **굵게(bold)**입니다', '이것은 <strong>굵게(bold)</strong>입니다'],
    ['漢字*（斜体）*漢字', '漢字<em>（斜体）</em>漢字'],
    ['这是~~旧的。~~新的', '这是<s>旧的。</s>新的'],
    ['𠮷**（吉）**𠮷', '𠮷<strong>（吉）</strong>𠮷'],
  ])('%s', (text, shown) => {
    expect(renderInline(text)).toBe(shown);
  });

  it.each(['中文 * 中文 * 中文', '2 ** 3 ** 4', '很重要 ** 是基础 **'])('is none with blanks inside: %s', (text) => {
    expect(renderInline(text)).toBe(text);
  });

  it('is in other scripts what it was', () => {
    expect(renderInline('a**"b"**c __d__ e_f_g **h**')).toBe(
      'a**&quot;b&quot;**c <strong>d</strong> e_f_g <strong>h</strong>',
    );
    expect(renderInline('~a~ ~~b~~ ~~~c~~~')).toBe('~a~ <s>b</s> ~<s>c</s>~');
  });

  it('leaves no marks in titles', () => {
    expect(inlineText('读《书》：**“海”**的故事')).toBe('读《书》：“海”的故事');
  });
});
