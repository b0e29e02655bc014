import { describe, expect, it } from 'vitest';
import { nameHeadings } from '../../../lambda/render/html/heading-ids.ts';

describe('the headings of a page', () => {
  it('all have ids, made from their text as readers see it', () => {
    expect(nameHeadings('<h2>Ebb &amp; <em>flow</em></h2>\n<p>x</p>\n<h3>The <code>a&lt;b</code></h3>', {})).toBe(
      '<h2 id="ebb--flow">Ebb &amp; <em>flow</em></h2>\n<p>x</p>\n<h3 id="the-ab">The <code>a&lt;b</code></h3>',
    );
  });

  it('keep those that they have, and take none that something else has', () => {
    expect(
      nameHeadings('<h2 id="own">Ebb</h2><h2>Own</h2><p id="flow">x</p><h2>Flow</h2><h2 lang="de">Ebb</h2>', {}),
    ).toBe(
      '<h2 id="own">Ebb</h2><h2 id="own-1">Own</h2><p id="flow">x</p><h2>Flow</h2><h2 id="ebb" lang="de">Ebb</h2>',
    );
  });

  it('have ids by the rule of the site, and none that clobbers or is of the page itself', () => {
    const html = '<h2>Sea Life</h2><h2>Location</h2><h2>Main</h2>';
    expect(nameHeadings(html, { headingIds: 'hexo' })).toBe(
      '<h2 id="Sea-Life">Sea Life</h2><h2 id="Location">Location</h2><h2 id="Main">Main</h2>',
    );
    expect(nameHeadings(html, { headingIds: 'github' })).toBe(
      '<h2 id="sea-life">Sea Life</h2><h2 id="user-content-location">Location</h2><h2>Main</h2>',
    );
  });

  it('are found among many in the time of one reading', () => {
    const html = '<h2>Same</h2>'.repeat(5_000);
    expect(nameHeadings(html, { headingIds: 'kramdown' })).toContain('id="same-4999"');
    expect(nameHeadings('<h2 '.repeat(50_000), {})).toHaveLength(200_000);
  });
});
