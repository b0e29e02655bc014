/** What holds for every body, whatever somebody wrote. */

import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { renderContent } from '../../lambda/article/content.ts';
import { inlineText } from '../../lambda/article/markdown/inline-text.ts';
import { parsePlainText } from '../../lambda/article/source/plain-text.ts';
import { TEST_SITE } from '../article/article-file.ts';

const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
const VOID = new Set(['br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

/** Pieces of markup, sane and otherwise, in any order. */
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '<p>',
          '</p>',
          '<div>',
          '</div>',
          '<b>',
          '</b>',
          '<a href="x">',
          '<a href="javascript:x">',
          '</a>',
          '<table>',
        ],
        ...[
          '<tr>',
          '<td>',
          '</td>',
          '</table>',
          '<ul>',
          '<li>',
          '</ul>',
          '<script>',
          '</script>',
          '<svg>',
          '</svg>',
          '<!--',
        ],
        ...[
          '-->',
          '<img src="a.png" onerror="x()">',
          '<pre>\n',
          '</pre>',
          '<h1>',
          '</h1>',
          '<noscript>',
          '</noscript>',
        ],
        ...[
          '<iframe src="https://player.vimeo.com/video/1">',
          '</iframe>',
          '<textarea>',
          '<style>',
          '<select>',
          '<ruby>',
        ],
        ...[
          '<rt>',
          '<p title="',
          '">',
          "'",
          '**',
          '`',
          '```\n',
          '\n\n',
          '    ',
          '- ',
          '> ',
          '[a](b)',
          '![](c.png)',
          '[^1]',
        ],
        ...[
          '\n\n[^1]: n\n\n',
          '{{ x }}',
          '{% if a %}',
          '{% endif %}',
          '{% raw %}',
          '{% endraw %}',
          '{{< figure src=a.png >}}',
        ],
        ...[
          '<Tab a={b}>',
          '<!--more-->',
          '&lt;',
          '&#1;',
          ']]>',
          '\u0000',
          '\uD800',
          '\uFFFE',
          '<math>',
          '<mi>',
          '<template>',
        ],
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
const source = fc.record({
  text: markup,
  kind: fc.constantFrom('markdown' as const, 'html' as const),
  mdx: fc.boolean(),
});

function render({ text, kind, mdx }: { text: string; kind: 'markdown' | 'html'; mdx: boolean }): string {
  return renderContent({ text, kind, mdx, firstLine: 1 }, context).html;
}

describe('every body', () => {
  it('comes out well formed: each tag closed in its order, each attribute quoted', () => {
    fc.assert(
      fc.property(source, (body) => {
        const open: string[] = [];
        const html = render(body);
        const rest = html.replace(
          /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/g,
          (_, slash: string, name: string) => {
            if (slash === '/') expect(open.pop()).toBe(name);
            else if (!VOID.has(name)) open.push(name);
            return '';
          },
        );
        expect(open).toEqual([]);
        expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
      }),
    );
  });

  it('holds nothing active, no relative address and no forbidden character', () => {
    fc.assert(
      fc.property(source, (body) => {
        const html = render(body);
        const parser = new Parser({
          onopentag(name, attributes) {
            expect(name).not.toMatch(/^(?:script|style|iframe|object|embed|form|input|svg|math|template|noscript)$/);
            for (const [attribute, value] of Object.entries(attributes)) {
              expect(attribute).not.toMatch(/^(?:on|style$|data-)/);
              if (/^(?:href|src|poster|cite)$/.test(attribute)) expect(value).toMatch(/^(?:https?:\/\/|mailto:)/);
            }
          },
        });
        parser.end(html);
        expect(html.isWellFormed()).toBe(true);
        expect(html).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF]/);
      }),
    );
  });

  it('changes nothing when it is sanitised again', () => {
    fc.assert(
      fc.property(source, (body) => {
        const once = render(body);
        const again = render({ text: once.replaceAll('{', '&#123;'), kind: 'html', mdx: false });
        expect(again).toBe(once);
      }),
    );
  });

  it('does not throw in any other reading of the text', () => {
    fc.assert(
      fc.property(markup, (text) => {
        inlineText(text);
        parsePlainText(text, 1);
      }),
    );
  });
});

/** Text that no parser here takes for anything else. */
const plainWords = fc
  .array(fc.stringMatching(/^[\p{Lu}\p{Ll}0-9<>&"'.,;%$#@+=-]{1,12}$/u), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(' '));

describe('any text', () => {
  it('survives as text when it is escaped', () => {
    fc.assert(
      fc.property(plainWords, (text) => {
        const escaped = text.replace(/[<>&"'$#@]/g, (character) => `&#${character.charCodeAt(0)};`);
        const html = render({ text: `<p>${escaped}</p>`, kind: 'html', mdx: false });
        let shown = '';
        new Parser({ ontext: (part) => (shown += part) }).end(html);
        expect(shown).toBe(text);
      }),
    );
  });

  it('survives as a title when it holds no markup', () => {
    const title = fc.stringMatching(/^[A-Za-z0-9 &<>.,:;'"!?@#%+=|(){}-]{1,40}$/);
    fc.assert(
      fc.property(title, (text) => {
        fc.pre(!/&#?\w+;|<[A-Za-z/!?]/.test(text) && !/^\s|\s$|\s{2}/.test(text));
        expect(inlineText(text)).toBe(text);
      }),
    );
  });
});
