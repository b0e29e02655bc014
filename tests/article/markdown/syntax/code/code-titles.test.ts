import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../../lambda/article/markdown/markdown.ts';

function shown(info: string): string {
  return renderMarkdown(`~~~${info}\nx\n~~~\n`, { docId: 'a' });
}

const TITLED = (title: string, language: string) =>
  `<figure>\n<figcaption>${title}</figcaption>\n<pre><code class="language-${language}">x\n</code></pre>\n</figure>\n`;

describe('the title of a block of code', () => {
  it.each([
    ['js title="src/a.js"', 'src/a.js', 'js'],
    ["js title='Two words' showLineNumbers", 'Two words', 'js'],
    ['js {1,3} title=a.js', 'a.js', 'js'],
    ['py title="a.py" linenums="1"', 'a.py', 'py'],
    ['{ .py title="a.py" linenums="1" }', 'a.py', 'py'],
    ['sh filename="~/.profile"', '~/.profile', 'sh'],
    ['js caption="What it does"', 'What it does', 'js'],
    ['ts [nuxt.config.ts]{2}', 'nuxt.config.ts', 'ts'],
    ['js title="a <b> & c"', 'a &lt;b&gt; &amp; c', 'js'],
    ['ruby lib/app.rb', 'lib/app.rb', 'ruby'],
    ['js:src/a.js', 'src/a.js', 'js:src/a.js'],
  ])('is shown above it: %s', (info, title, language) => {
    expect(shown(info)).toBe(TITLED(title, language));
  });

  it('may come with the place of the whole file', () => {
    expect(shown('ruby app.rb https://git.example/app.rb the source')).toContain(
      '<figcaption>app.rb <a href="https://git.example/app.rb">the source</a></figcaption>',
    );
  });

  it.each([
    'js',
    'js {1,3-4} showLineNumbers',
    'js live noInline',
    'python 3.12',
    'sh [npm]',
    'js title=""',
    '{.js #a}',
  ])('is none of a highlighter’s switches: %s', (info) => {
    expect(shown(info)).not.toContain('figure');
  });
});
