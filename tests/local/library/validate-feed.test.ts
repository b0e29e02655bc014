import { describe, expect, it } from 'vitest';
import { validateFeed } from '../../../local/library.ts';

const CHANNEL = '<title>T</title><link>https://a.example/</link><description>D</description>';
const rss = (inside: string) =>
  `<rss version="2.0" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>${CHANNEL}${inside}</channel></rss>`;

describe('validateFeed', () => {
  it('takes documents that say nothing of a history', () => {
    expect(validateFeed(rss(''), 'rss')).toEqual({ isValid: true, findings: [], ids: [], self: null, pages: [] });
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>T</title><updated>2026-01-01T00:00:00Z</updated></feed>';
    expect(validateFeed(atom, 'atom').isValid).toBe(true);
    expect(validateFeed('{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}', 'json').isValid).toBe(
      true,
    );
  });

  it('judges what they say of one (RFC 5005)', () => {
    expect(validateFeed(rss('<fh:archive/>'), 'rss').findings).toEqual([
      'an archive page has no link to the feed (rel="current")',
    ]);
    const page = '<atom:link rel="prev-archive" href="https://a.example/1.xml"/>';
    expect(validateFeed(rss(page), 'rss')).toMatchObject({ isValid: true, pages: ['https://a.example/1.xml'] });
    expect(validateFeed(rss(`<fh:complete/>${page}`), 'rss').isValid).toBe(false);
  });

  it('says what is wrong and where, whatever it is given', () => {
    const item = rss('<item><title>A</title><guid isPermaLink="false">1</guid><pubDate>2026-01-01</pubDate></item>');
    const { findings, ids } = validateFeed(Buffer.from(item), 'rss');
    expect(findings).toEqual([expect.stringMatching(/^rss\/channel\/item.*pubDate/)]);
    expect(ids).toEqual(['1']);
    expect(validateFeed(Uint8Array.of(0xff), 'rss').findings).toEqual(['it is not UTF-8']);
    expect(validateFeed('<rss', 'rss').isValid).toBe(false);
    expect(validateFeed('[]', 'json').isValid).toBe(false);
    expect(validateFeed(rss(''), 'atom').isValid).toBe(false);
  });
});
