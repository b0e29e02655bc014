/** Laws about documents: whatever an article holds, they are well-formed, valid, and say it exactly. */

import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { FEED_FORMATS, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import type { Entry } from '../../lambda/model/entry.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { writable } from '../../lambda/text/xml.ts';
import { inspectDocument } from '../../local/check/feed-documents.ts';
import { createDocument, createEntry, createMedia, createPerson } from './fixture.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(fc.constantFrom('&', '<', '</b>', ']]>', '&amp;', '\r\n', '"', '🌊', '\ud800', '\u0085', 'a', ' '))
    .map((parts) => parts.join('')),
);

const anyPerson = fc.record(
  {
    name: anyText,
    email: fc.oneof(fc.constant('ana@tide.example'), anyText),
    url: fc.oneof(fc.webUrl(), fc.constant('https://ü.example/ü ü')),
  },
  { requiredKeys: [] },
);

const anyEntry = fc
  .record({
    title: anyText,
    summary: anyText,
    contentHtml: anyText,
    authors: fc.array(anyPerson, { maxLength: 3 }),
    label: anyText,
    caption: anyText,
    rights: anyText,
  })
  .map(({ authors, label, caption, ...texts }) =>
    createEntry({
      ...texts,
      authors: authors.map((person) => createPerson(person)),
      tags: label.trim() === '' ? [] : [{ slug: 'tag', label }],
      image: createMedia({ url: 'https://tide.example/a.jpg', mimeType: 'image/jpeg', caption, credit: caption }),
    }),
  );

describe('whatever an entry holds', () => {
  it('its RSS and Atom are well-formed and have the entry', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntry, fc.constantFrom<FeedFormat>('rss', 'atom'), async (entry, format) => {
        const { items } = await new Parser().parseString(render(entry, format));
        expect(items).toHaveLength(1);
      }),
    );
  });

  it('its title arrives exactly in Atom', () => {
    fc.assert(
      fc.property(visible(), (entry) => {
        const title = parseAtomFeed(render(entry, 'atom')).entries?.[0]?.title;
        expect(title?.value).toBe(writable(entry.title).trim());
      }),
    );
  });

  it('its title arrives exactly in JSON', () => {
    fc.assert(
      fc.property(visible(), (entry) => {
        expect(JSON.parse(render(entry, 'json')).items[0].title).toBe(writable(entry.title));
        expect(parseJsonFeed(render(entry, 'json')).items?.[0]?.title).toBe(writable(entry.title).trim());
      }),
    );
  });

  it('its content is quoted as JSON.stringify does', () => {
    const markup = fc.array(
      fc.constantFrom('"', '\\', '\n', '\r', '\t', '\b', '\x7f', '\u2028', '’', '<br>', '\ud800', '🌊'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          markup.map((parts) => parts.join('')),
        ),
        (text) => {
          const contentHtml = `<p>${text}</p>`;
          const document = render(createEntry({ contentHtml }), 'json');
          expect(document).toContain(`,"content_html":${JSON.stringify(writable(contentHtml))},`);
        },
      ),
    );
  });

  it.each(['a', 'é', '’', '🌊'])('its documents are UTF-8, however long, of %s', (sign) => {
    for (const length of [10, 340_000, 360_000, 1_100_000]) {
      const contentHtml = sign.repeat(length / sign.length);
      const document = Buffer.from(renderDocument(createDocument({ entries: [createEntry({ contentHtml })] }), 'atom'));
      expect(document.includes(Buffer.from(`<![CDATA[${contentHtml}]]>`))).toBe(true);
      expect(document.subarray(-8).toString()).toBe('</feed>\n');
    }
  });

  it('its JSON keeps every rule of JSON Feed 1.1', () => {
    fc.assert(
      fc.property(anyEntry, fc.constantFrom<'full' | 'summary'>('full', 'summary'), (entry, content) => {
        const document = createDocument({ entries: [entry], feed: { content } });
        for (const format of FEED_FORMATS) {
          const { findings } = inspectDocument(subscriptionPath('all', format), renderDocument(document, format));
          expect(findings).toEqual([]);
        }
      }),
    );
  });
});

/** Entries with a title that is more than white space. */
function visible(): fc.Arbitrary<Entry> {
  return anyEntry.filter(({ title }) => writable(title).trim() !== '');
}

function render(entry: Entry, format: FeedFormat): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(renderDocument(createDocument({ entries: [entry] }), format));
}
