/**
 * The trial: hostile inputs in one publication, beside articles that mean well. Gives every offence: an input of which
 * something else became than what is expected, active content in any public document; a good article that is missing.
 */

import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import type { Entry } from '../../lambda/model/entry.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { createTestPublication, type TestPublication } from '../../tests/support/publication.ts';
import { findActive, findActiveInPage, isHarmlessAddress } from './active-content.ts';
import type { Expected, HostileInput } from './hostile-input.ts';

const WITNESSES: Readonly<Record<string, string>> = {
  'witness/first.md': '---\ntitle: The first witness\ndate: 2020-01-01\n---\n\nStill here.\n',
  'witness/last.html': '<title>The last witness</title><body><p>Still here.</p></body>',
};

export interface Trial {
  readonly offences: readonly string[];
  /** Everything that was published, for further judges. */
  readonly publication: TestPublication;
  readonly entries: readonly Entry[];
}

export async function tryInputs(inputs: readonly HostileInput[]): Promise<Trial> {
  const publication = await createTestPublication({ files: { 'site.yaml': 'pageSize: 100\n', ...WITNESSES } });
  for (const { key, body } of inputs) await publication.put(key, body);
  await publication.settle();
  const records = await Promise.all(inputs.map(({ key }) => readRecord(publication, key)));
  const witnesses = await Promise.all(Object.keys(WITNESSES).map((key) => readRecord(publication, key)));
  const entries = [...records, ...witnesses].flatMap((record) => record?.shown.map(({ entry }) => entry) ?? []);
  const documents = await publication.documents();
  return {
    publication,
    entries,
    offences: [
      ...inputs.flatMap((input, index) => judgeOutcome(input, records[index] ?? null)),
      ...witnesses.filter((record) => record?.shown.length !== 1).map(() => 'a good article is missing'),
      ...entries.flatMap(judgeEntry),
      ...judgeDocuments(documents),
      ...(Object.hasOwn(Object.prototype, 'polluted') ? ['Object.prototype was written to'] : []),
    ],
  };
}

async function readRecord({ state }: TestPublication, key: string): Promise<ArticleRecord | null> {
  return (await readJson<ArticleRecord>(state, recordKey(key)))?.value ?? null;
}

function judgeOutcome({ name, expected }: HostileInput, record: ArticleRecord | null): readonly string[] {
  const codes = (record?.problems ?? []).filter(({ severity }) => severity === 'error').map(({ code }) => code);
  const isShown = (record?.shown.length ?? 0) > 0;
  const meets: Record<Expected['kind'], boolean> = {
    published: isShown,
    refused: !isShown && expected.kind === 'refused' && codes.some((code) => code === expected.code),
    ignored: !isShown && codes.length === 0,
  };
  if (meets[expected.kind]) return [];
  const wanted = expected.kind === 'refused' ? `refused for ${expected.code}` : expected.kind;
  const was = isShown ? 'published' : codes.length > 0 ? `refused for ${codes.join(', ')}` : 'ignored';
  return [`${name}: should be ${wanted}, was ${was}`];
}

function judgeEntry(entry: Entry): readonly string[] {
  const people = [...entry.authors, ...entry.contributors].flatMap(({ url, avatar }) => [url, avatar]);
  const addresses = [
    entry.url,
    entry.externalUrl,
    ...people,
    entry.image?.url,
    ...entry.attachments.map(({ url }) => url),
  ];
  return [
    ...findActive(entry.contentHtml),
    ...addresses.filter((address) => typeof address === 'string' && !isHarmlessAddress(address)),
  ].map((offence) => `${entry.url}: ${offence}`);
}

function judgeDocuments(documents: ReadonlyMap<string, string>): readonly string[] {
  const offences: string[] = [];
  for (const [path, text] of documents) {
    const found = path.endsWith('.html') ? findActiveInPage(text) : judgeFeed(path, text);
    offences.push(...found.map((offence) => `${path}: ${offence}`));
  }
  return offences;
}

/** The content of each item as another reader takes it: it must be harmless too. */
function judgeFeed(path: string, text: string): readonly string[] {
  if (path.endsWith('.json')) {
    const { items }: { readonly items: readonly { readonly content_html?: string }[] } = JSON.parse(text);
    return items.flatMap(({ content_html = '' }) => findActive(content_html));
  }
  const contents = path.endsWith('rss.xml')
    ? parseRssFeed(text).items?.map((item) => item.content?.encoded ?? item.description)
    : path.endsWith('atom.xml')
      ? parseAtomFeed(text).entries?.map((entry) => entry.content?.value)
      : [];
  return (contents ?? []).flatMap((content) => findActive(content ?? ''));
}
