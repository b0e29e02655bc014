/** The short form of `npm run hostile`: of every family some inputs, the largest ones small. */

import { describe, expect, it } from 'vitest';
import { probeAsset } from '../../../lambda/article/media/media.ts';
import { findActive, findActiveInPage } from '../../../tools/hostile/active-content.ts';
import { ASSETS } from '../../../tools/hostile/assets.ts';
import { ALL_ARTICLES, SOME_ARTICLES } from '../../../tools/hostile/inputs.ts';
import { SITE_FILES } from '../../../tools/hostile/site-files.ts';
import { tryInputs } from '../../../tools/hostile/trial.ts';
import { parse } from '../../support/site-file.ts';

describe('hostile articles', () => {
  it('are at least a thousand, each under a key of its own', () => {
    const keys = new Set(ALL_ARTICLES.map(({ key }) => key));
    expect(keys.size).toBe(ALL_ARTICLES.length);
    expect(keys.size).toBeGreaterThan(1_000);
  });

  it('become what they should, do no harm, and hold up no other', async () => {
    expect((await tryInputs(SOME_ARTICLES)).offences).toEqual([]);
  });
});

describe('hostile assets', () => {
  it.each(ASSETS)('$name', ({ key, body, mimeType }) => {
    const facts = probeAsset(key, body);
    expect(facts.mimeType).toBe(mimeType);
    const numbers = [facts.width, facts.height, facts.durationSeconds].filter((number) => number !== null);
    expect(numbers.every((number) => Number.isFinite(number) && number > 0)).toBe(true);
  });
});

describe('hostile settings', () => {
  it.each(SITE_FILES)('$name', ({ body, code }) => {
    const { site, problems } = parse(body, 'https://coast.example/');
    const codes = problems.map((problem) => problem.code);
    if (code === null) expect(site).not.toBeNull();
    else expect(codes).toContain(code);
    expect(JSON.stringify(site?.redirects ?? {})).not.toMatch(/\\[rn]|javascript:|data:/);
  });
});

describe('the judge of HTML', () => {
  it.each([
    '<script>1</script>',
    '<img src=x onerror=1>',
    '<a href=" java\tscript:1">x</a>',
    '<a href="//evil.example/">x</a>',
    '<x-a></x-a>',
    '<p style="color:red">x</p>',
    '<!-- x -->',
    '<img srcset="https://a.example/a.png 1x, data:text/html,x 2x">',
  ])('sees %s', (html) => {
    expect(findActive(html)).not.toEqual([]);
    expect(findActiveInPage(html)).not.toEqual([]);
  });

  it('lets drawings pass in the frame of a page only', () => {
    expect(findActive('<svg></svg>')).not.toEqual([]);
    expect(findActiveInPage('<svg></svg>')).toEqual([]);
  });

  it('lets harmless HTML and the frame of a page pass', () => {
    expect(findActive('<p>A <a href="https://a.example/">link</a> and <img src="/a.png" alt="on"></p>')).toEqual([]);
    const head = '<meta name="author" content="x"><link rel="canonical" href="https://a.example/">';
    expect(findActiveInPage(`<!doctype html><html><head>${head}<title>x</title></head><body></body></html>`)).toEqual(
      [],
    );
  });
});
