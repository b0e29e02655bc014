import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../lambda/article/content.ts';
import { TEST_SITE } from '../article-file.ts';

function render(text: string) {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind: 'html', text, firstLine: 1 }, context);
}

const html = (math: string) => render(`<p>${math}</p>`).html.slice('<p>'.length, -'</p>'.length);

describe('a formula in MathML', () => {
  it.each([
    ['<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>', 'a/2'],
    ['<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>', '(a+b)/c'],
    ['<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><msqrt><mn>9</mn></msqrt></math>', 'x<sup>2</sup>=√(9)'],
    ['<math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>', 'H<sub>2</sub>O'],
    [
      '<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mroot><mi>x</mi><mn>3</mn></mroot></math>',
      '∑<sub>i</sub><sup>n</sup><sup>3</sup>√(x)',
    ],
    ['<math><mfenced open="[" close="]"><mi>a</mi><mi>b</mi></mfenced></math>', '[a, b]'],
    [
      '<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable></math>',
      '1, 0; 0, 1',
    ],
    ['<math alttext="a half"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>', 'a half'],
    ['<math alttext="{\\displaystyle E=mc^{2}}"><mi>E</mi></math>', 'E=mc^{2}'],
    [
      '<math><semantics><mi>e</mi><annotation encoding="application/x-tex">e^2 &lt; 9</annotation></semantics></math>',
      'e^2 &lt; 9',
    ],
  ])('is text that is right: %s', (math, shown) => {
    expect(html(math)).toBe(shown);
    expect(render(math).problems).toEqual([]);
  });

  it('is there once, whatever is put beside it for the eye', () => {
    const katex =
      '<span><math><semantics><mi>e</mi><annotation encoding="application/x-tex">e</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><b>e</b></span>';
    expect(html(katex)).toBe('<span>e</span>');
    const image = '<math alttext="x"></math><img class="mwe-math-fallback-image-inline" src="/x.svg" alt="x"> and';
    expect(html(image)).toBe('x and');
    expect(html('<span class="katex-html" aria-hidden="true">alone</span>')).toBe('<span>alone</span>');
  });

  it('may hold anything, and have no end', () => {
    expect(html('<math><mi>a</mi><script>x()</script><b onclick="x()">c</b></math> d')).not.toMatch(/script|onclick/);
    expect(render('<p>a</p><math><mi>b').html).toContain('<p>a</p>');
    expect(render(`<math>${'<mrow>'.repeat(1_900)}<mi>a</mi>${'</mrow>'.repeat(1_900)}`).html).toBe('a');
    expect(html(`<math>${'<msup><mi>a</mi>'.repeat(300)}${'</msup>'.repeat(300)}</math>`).length).toBeGreaterThan(100);
  });
});
