import { describe, expect, it } from 'vitest';
import { type PlainText, parsePlainText } from '../../../lambda/article/source/plain-text.ts';
import { parseOne } from '../article-file.ts';

/** What stands under a headline. */
function under(text: string): PlainText {
  return parsePlainText(`Ebb at Noon\n\n${text}`, 1);
}

const html = (text: string) => under(text).html;

describe('the headline', () => {
  it('is the first line of text, exactly', () => {
    expect(parsePlainText('\n\n  “Ebb” at [Noon] & <later>  \n\nText.', 1)).toMatchObject({
      title: '“Ebb” at [Noon] & <later>',
      html: '<p>Text.</p>',
      firstLine: 5,
    });
  });

  it('may be underlined, marked as a heading, or followed by its text', () => {
    expect(parsePlainText('Ebb\n===\nText.', 1)).toMatchObject({ title: 'Ebb', html: '<p>Text.</p>' });
    expect(parsePlainText('# Ebb\n\nText.', 1)).toMatchObject({ title: 'Ebb', html: '<p>Text.</p>' });
    expect(parsePlainText('Ebb\nText.', 1)).toMatchObject({ title: 'Ebb', html: '<p>Text.</p>' });
  });

  it('is none when the first line is a paragraph, or there is no text', () => {
    const paragraph = 'The tide goes out. '.repeat(30).trim();
    expect(parsePlainText(paragraph, 1)).toMatchObject({ title: '', html: `<p>${paragraph}</p>` });
    expect(parsePlainText(' \n ', 1)).toMatchObject({ title: '', html: '', lead: '' });
  });
});

describe('the date line', () => {
  it.each([
    'April 07, 2021',
    'Apr. 7, 2021',
    '7 April 2021',
    'Wednesday, April 7, 2021',
    '2021-04-07',
    '2021/4/7 10:30',
    '2021-04-07T10:30:00+03:00',
    'April 7, 2021 10:30 PM',
    'February 30, 2021',
  ])('is taken out: %s', (date) => {
    expect(under(`${date}\n\nText.`)).toMatchObject({ date: { text: date, line: 3 }, html: '<p>Text.</p>' });
  });

  it('may carry a label, or follow the headline at once', () => {
    expect(under('Published: 7 April 2021\n\nText.').date).toEqual({ text: '7 April 2021', line: 3 });
    expect(parsePlainText('Ebb\nApril 7, 2021\nText.', 10)).toMatchObject({ date: { line: 11 }, html: '<p>Text.</p>' });
  });

  it('is no sentence with a date in it, and none far down', () => {
    expect(under('April 7, 2021 was a calm day.').date).toBeNull();
    expect(under('One.\n\nTwo.\n\nThree.\n\nApril 7, 2021').date).toBeNull();
  });
});

describe('the byline', () => {
  it('names the author and is taken out', () => {
    expect(under('By Jane van Doe and José O’Neill\n\nText.')).toMatchObject({
      byline: 'Jane van Doe and José O’Neill',
      html: '<p>Text.</p>',
    });
    expect(parseOne('a.txt', 'Ebb\n\nBy Jane Doe\n\nText.').authors).toMatchObject([{ name: 'Jane Doe' }]);
  });

  it('is no sentence that begins with “By”', () => {
    expect(under('By noon the harbour was empty.')).toMatchObject({ byline: null });
    expect(under('By Monday it was gone')).toMatchObject({ byline: null });
  });
});

describe('the original address', () => {
  it.each([
    ['Original url:\n\n<https://example.com/a>', 'https://example.com/a'],
    ['Original URL: https://example.com/a', 'https://example.com/a'],
    ['Source link:\n[here](https://example.com/a)', 'https://example.com/a'],
  ])('is taken out: %j', (text, address) => {
    expect(under(`Text.\n\n${text}`)).toMatchObject({ originalUrl: address, html: '<p>Text.</p>' });
  });

  it('is none without an address, and then the text stays', () => {
    expect(under('Original url:\n\nunknown')).toMatchObject({
      originalUrl: null,
      html: '<p>Original url:</p>\n<p>unknown</p>',
    });
    expect(under('Original url: javascript:x()').originalUrl).toBeNull();
  });
});

describe('paragraphs', () => {
  it('hold inline markup, and tags as text', () => {
    expect(html('A **b** [c](https://example.com/) <https://example.com/d> <b>e</b> {{ f }}')).toBe(
      '<p>A <strong>b</strong> <a href="https://example.com/">c</a> ' +
        '<a href="https://example.com/d">https://example.com/d</a> &lt;b&gt;e&lt;/b&gt; &#123;&#123; f }}</p>',
    );
  });

  it('are wrapped lines joined, and lines broken on purpose kept', () => {
    const line = 'The boats lay in the mud until the water came back to them';
    expect(html(`${line}\n${line}.`)).toBe(`<p>${line} ${line}.</p>`);
    expect(html('Harbour Office\n1 Quay Street')).toBe('<p>Harbour Office<br>\n1 Quay Street</p>');
  });

  it('are joined where a blank line cut a sentence, and only there', () => {
    expect(html('“It will depend\n\non the tide,” she said.')).toBe('<p>“It will depend on the tide,” she said.</p>');
    expect(html('It will depend.\n\non the tide')).toBe('<p>It will depend.</p>\n<p>on the tide</p>');
    expect(html('He said: “Wait.”\n\nand went')).toBe('<p>He said: “Wait.”</p>\n<p>and went</p>');
    expect(html('It will depend\n\nOn the tide')).toBe('<p>It will depend</p>\n<p>On the tide</p>');
  });

  it('are joined in a time by their length, however many they are', () => {
    const begin = process.cpuUsage();
    under('a\n\n'.repeat(150_000));
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
  });

  it('may be lists', () => {
    expect(html('- Sand\n- Tar and\n  rope\n\n1. One\n2) Two')).toBe(
      '<ul><li>Sand</li><li>Tar and rope</li></ul>\n<ol><li>One</li><li>Two</li></ol>',
    );
    expect(html('1984. A year.')).toBe('<p>1984. A year.</p>');
  });
});

describe('what is no prose', () => {
  it('is a caption when it ends in a bold credit near the top', () => {
    const brief = under('The harbour. **N. Name / AGENCY**\n\nThe sea went.');
    expect(brief.html).toBe(
      '<figure><figcaption>The harbour. <cite>N. Name / AGENCY</cite></figcaption></figure>\n<p>The sea went.</p>',
    );
    expect(brief.lead).toBe('The sea went.');
    expect(html('One.\n\nTwo.\n\nThree.\n\nFour. **A / B**')).toContain('<p>Four. <strong>A / B</strong></p>');
  });

  it('is an aside when it points to another article', () => {
    const brief = under('Related article: [Ebb](#)\n\nText.');
    expect(brief.html).toBe('<aside><p>Related article: <a href="#">Ebb</a></p></aside>\n<p>Text.</p>');
    expect(brief.lead).toBe('Text.');
  });
});

it('is no template, whatever the text looks like', () => {
  const text = 'Write {{ a }}, {% b %} or [gallery].';
  expect(parseOne('a.txt', `Ebb at Noon\n\n${text}\n\n:::\n`).contentHtml).toBe(`<p>${text}</p>\n<p>:::</p>`);
});
