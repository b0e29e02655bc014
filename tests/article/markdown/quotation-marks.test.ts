import { expect, it } from 'vitest';
import { parseOne } from '../article-file.ts';

const TEXT = 'He said "it\'s \'fine\'" -- 1990--2000 ... `"code"` <b title="x">"b"</b>\n';
const html = (site: Parameters<typeof parseOne>[2]) => parseOne('a.md', TEXT, site).contentHtml;

it('typographic marks are a setting, and those of the language', () => {
  expect(html({})).toContain("\"it's 'fine'\" -- 1990--2000 ...");
  expect(html({ typographer: true })).toBe(
    '<p>He said “it’s ‘fine’” – 1990–2000 … <code>"code"</code> <b title="x">“b”</b></p>',
  );
  expect(html({ typographer: true, language: 'de-AT' })).toContain('„it’s ‚fine‘“ –');
  expect(html({ typographer: true, language: 'fr' })).toContain('«\u00A0it’s ‹\u00A0fine\u00A0›\u00A0»');
  expect(html({ typographer: true, language: 'ja' })).toContain('「it’s 『fine』」');
  expect(html({ typographer: false, language: 'de' })).toContain('"it\'s');
});
