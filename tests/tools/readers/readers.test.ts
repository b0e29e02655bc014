/**
 * What subscribers get: parsers that others wrote agree with the publication on ids, titles, links, dates, authors and
 * content. `npm run readers` asks more of them, and readers that people read with.
 */

import { describe, expect, it } from 'vitest';
import { FEED_FORMATS } from '../../../lambda/model/addresses.ts';
import { renderDocument } from '../../../lambda/render/render.ts';
import { knownReason } from '../../../tools/readers/known-differences.ts';
import { LITERAL_TITLES } from '../../../tools/readers/literal-texts.ts';
import { NPM_READERS } from '../../../tools/readers/npm-readers.ts';
import { publishToMemory } from '../../../tools/readers/publication-server.ts';
import {
  compareReadings,
  type Difference,
  readingsOfJsonFeed,
  type TestDocument,
} from '../../../tools/readers/reading.ts';
import { documents } from '../../render/fixture.ts';
import { podcasts } from '../../render/podcast-fixture.ts';

const published = await publishToMemory();

describe.each(NPM_READERS)('$name', ({ name, read }) => {
  const mine = published.filter(({ format }) => read[format] !== undefined);

  it.each(mine)('reads $path of the sample publication', async (document) => {
    expect(await faultsOf(name, document)).toEqual([]);
  });

  it.each(Object.keys({ ...documents, ...podcasts }))('finds every entry of “%s”', async (documentName) => {
    for (const document of fixtureDocuments(documentName)) {
      const readings = await read[document.format]?.(document.text);
      if (readings !== undefined) expect(readings.map(({ id }) => id)).toEqual(document.ids);
    }
  });
});

describe('a text of which every character counts', () => {
  const literal = published.filter(({ path }) => path.startsWith('sections/literal/'));

  it('is in the documents', () => {
    for (const { entries } of literal) expect(entries).toHaveLength(LITERAL_TITLES.length);
  });

  it('arrives as it is, but for control characters, in Atom and JSON in every parser', async () => {
    const titles = LITERAL_TITLES.map(withoutControls).reverse();
    for (const { read } of NPM_READERS) {
      for (const { format, text } of literal.filter((document) => document.format !== 'rss')) {
        const readings = await read[format]?.(text);
        if (readings !== undefined) expect(readings.map(({ title }) => title)).toEqual(titles);
      }
    }
  });
});

/** What stood on both sides of one has one blank in between. */
function withoutControls(title: string): string {
  return title.replace(/ ?[\u0000-\u001f\u0080-\u009f]/g, '');
}

async function faultsOf(reader: string, document: TestDocument): Promise<readonly Difference[]> {
  const readings = await NPM_READERS.find(({ name }) => name === reader)?.read[document.format]?.(document.text);
  const { differences } = compareReadings(document.entries, readings ?? []);
  return differences.filter((difference) => knownReason(reader, document, difference) === undefined);
}

/** In a podcast RSS shows the guid of another host, so ids are those of the format. */
function fixtureDocuments(name: string) {
  const document = documents[name] ?? podcasts[name];
  if (document === undefined) throw new Error(`There is no document “${name}”.`);
  const textOf = (format: (typeof FEED_FORMATS)[number]) => new TextDecoder().decode(renderDocument(document, format));
  const ids = readingsOfJsonFeed(textOf('json')).map(({ id }) => id);
  const guids = document.entries.map(({ id, episode }) => (document.feed.podcast && episode?.guid) || id);
  return FEED_FORMATS.map((format) => ({ format, text: textOf(format), ids: format === 'rss' ? guids : ids }));
}
