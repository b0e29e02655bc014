import type { Entry } from '../../lambda/model/entry.ts';
import { momentAt } from '../../lambda/time/moment.ts';

/** An entry with the given fields, and plain ones for the rest. */
export function createTestEntry(fields: Partial<Entry> & { readonly id: string }): Entry {
  const published = fields.published ?? momentAt(Date.UTC(2026, 0, 1));
  return {
    url: `https://example.org/${encodeURIComponent(fields.id)}/`,
    externalUrl: null,
    title: `Title of ${fields.id}`,
    published,
    updated: published,
    authors: [{ name: 'Ada Writer', email: null, url: null, avatar: null }],
    contributors: [],
    tags: [],
    section: null,
    language: null,
    summary: `Summary of ${fields.id}`,
    contentHtml: `<p>Content of ${fields.id}</p>`,
    image: null,
    attachments: [],
    rights: null,
    ...fields,
  };
}
