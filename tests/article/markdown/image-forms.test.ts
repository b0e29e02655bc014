import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../lambda/article/markdown/markdown.ts';

const render = (text: string) => renderMarkdown(text, { docId: '' }).trim();
const image = (attributes: string) => `<p><img ${attributes}></p>`;

describe('an image', () => {
  it.each([
    ['![Boat](/img/old boat.png)', image('src="/img/old%20boat.png" alt="Boat"')],
    ['![Boat](old boat (2).jpg "At sea")', image('src="old%20boat%20(2).jpg" alt="Boat" title="At sea"')],
    ['![](https://a.example/old boat.webp)', image('src="https://a.example/old%20boat.webp" alt=""')],
    ['![Boat](boat.png "Old boat.png")', image('src="boat.png" alt="Boat" title="Old boat.png"')],
    ['![Boat](<old boat.png>)', image('src="old%20boat.png" alt="Boat"')],
    ['`![Boat](old boat.png)`', '<p><code>![Boat](old boat.png)</code></p>'],
    ['![Boat](old boat)', '<p>![Boat](old boat)</p>'],
  ])('may have blanks in its address: %s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  it.each([
    ['![Boat|200](boat.png)', image('src="boat.png" alt="Boat" width="200"')],
    ['![Boat|200x100](old boat.png)', image('src="old%20boat.png" alt="Boat" width="200" height="100"')],
    ['![A *red* boat | 200](boat.png)', image('src="boat.png" alt="A red boat" width="200"')],
    ['![Boat|left](boat.png)', image('src="boat.png" alt="Boat|left"')],
    ['![|a|](boat.png)', image('src="boat.png" alt="|a|"')],
  ])('may have its width behind its text: %s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  it.each([
    ['![Boat](boat.png =200x100)', image('src="boat.png" alt="Boat" width="200" height="100"')],
    ['![Boat](boat.png "At sea" =200x)', image('src="boat.png" alt="Boat" title="At sea" width="200"')],
    ['![](boat.png =x100)', image('src="boat.png" alt="" height="100"')],
    ['![Boat](boat.png =200)', image('src="boat.png" alt="Boat" width="200"')],
    ['![Boat](boat.png =50%x)', image('src="boat.png" alt="Boat"')],
    ['![Boat](boat.png =x)', '<p>![Boat](boat.png =x)</p>'],
    ['![Boat](boat.png =big)', '<p>![Boat](boat.png =big)</p>'],
  ])('may have its size behind its address: %s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  it('is looked for in a time by the length of the text', () => {
    const start = performance.now();
    for (const text of ['![a](b c'.repeat(20_000), '![a](b (c '.repeat(20_000), `![a](${'b '.repeat(50_000)}`])
      render(text);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
