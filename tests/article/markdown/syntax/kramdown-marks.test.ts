import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../lambda/article/markdown/markdown.ts';

const html = (text: string) => renderMarkdown(text, { docId: '' }).replaceAll('\n', '');
const table = (...rows: readonly string[]) => `<table>${rows.join('')}</table>`;
const row = (...cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

describe('tables of kramdown', () => {
  it('have separators of their own, and need no head', () => {
    expect(html('| = | = |\n| a | *b* |')).toBe(table('<tbody>', row('a', '<em>b</em>'), '</tbody>'));
    expect(html('|---|---|\n| a | b |\n|===|===|\n| c |')).toBe(
      table('<tbody>', row('a', 'b'), row('c', ''), '</tbody>'),
    );
  });

  it('show no separator as a row', () => {
    expect(html('| h |\n|---|\n| a |\n|---|\n| b |\n| = |\n| - |')).toBe(
      table('<thead><tr><th>h</th></tr></thead><tbody>', row('a'), row('b'), row('-'), '</tbody>'),
    );
  });

  it('may have bars in the code of their head', () => {
    expect(html('| `a|b` | c |\n|---|---|\n| d | `e|f` |')).toBe(
      table(
        '<thead><tr><th><code>a|b</code></th><th>c</th></tr></thead><tbody>',
        row('d', '<code>e|f</code>'),
        '</tbody>',
      ),
    );
  });

  it.each(['| a | b\n| c', '|a| is a norm\n|b| is another', '| one | two |\n|---|\n| three |'])(
    'are none in %j',
    (text) => {
      expect(html(text)).not.toContain('<table');
    },
  );
});

describe('breaks', () => {
  it('are two backslashes at the end of a line, but in formulas', () => {
    expect(html('One\\\\\n  two')).toBe('<p>One<br>two</p>');
    expect(html('One \\\\ two\\\\')).toBe('<p>One \\ two\\</p>');
    expect(html('\\begin{align} a \\\\\nb \\end{align}')).not.toContain('<br>');
  });

  it('alone on a line are followed by Markdown', () => {
    expect(html('<br>\n**a**\n\n<br/><br />\n- b\n\n<hr>\n# c')).toBe(
      '<br><p><strong>a</strong></p><br/><br /><ul><li>b</li></ul><hr><h1>c</h1>',
    );
  });

  it('of lists are a sign that is not shown', () => {
    expect(html('- a\n\n^\n\n- b\n\n^ c')).toBe('<ul><li>a</li></ul><ul><li>b</li></ul><p>^ c</p>');
  });
});
