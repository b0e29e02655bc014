/**
 * Compares the rules of `feedwright rehearse` with the readers themselves: each reads a document of small cases, then another
 * in which every case has changed in one way, and what it shows as new is compared with what its rule says.
 *
 *   node tools/readers/programs/rules-trial.ts [NAME…]
 *
 * The exit code is 1 where a rule says something else than the reader shows.
 */

import { READER_RULES, type SubscribedEntry } from '../../../local/rehearsal/reader-rules.ts';
import { exchangeDocument } from './exchange.ts';
import type { Subscriber } from './subscriber.ts';
import { SUBSCRIBERS } from './subscribers.ts';

/** The fields of a case's entry before and after; a field that is not named stays. */
interface Case {
  readonly name: string;
  readonly formats: readonly Format[];
  readonly before: Partial<Fields>;
  readonly after: Partial<Fields>;
}

type Format = 'RSS' | 'Atom';

interface Fields {
  readonly id: string | null;
  readonly link: string | null;
  readonly title: string;
  readonly updated: string;
  readonly text: string;
}

const EARLY = '2026-05-01T08:00:00Z';
const ADDRESS = 'https://tides.example/address/';
const LATE = '2026-05-01T09:00:00Z';
const BOTH: readonly Format[] = ['RSS', 'Atom'];

const CASES: readonly Case[] = [
  { name: 'the same', formats: BOTH, before: {}, after: {} },
  { name: 'another text', formats: BOTH, before: {}, after: { text: 'Otherwise.' } },
  { name: 'another id', formats: BOTH, before: {}, after: { id: 'urn:tides:another' } },
  { name: 'another link', formats: BOTH, before: {}, after: { link: 'https://tides.example/elsewhere/' } },
  { name: 'another title', formats: BOTH, before: {}, after: { title: 'Slack water' } },
  { name: 'another date', formats: BOTH, before: {}, after: { updated: LATE } },
  { name: 'an address for id, another date', formats: BOTH, before: { id: ADDRESS }, after: { updated: LATE } },
  { name: 'an address for id, another link', formats: BOTH, before: { id: ADDRESS }, after: { link: `${ADDRESS}2/` } },
  { name: 'no id, another text', formats: ['RSS'], before: { id: null }, after: { text: 'Otherwise.' } },
  {
    name: 'no id, another link',
    formats: ['RSS'],
    before: { id: null },
    after: { link: 'https://tides.example/there/' },
  },
  { name: 'no id, another title', formats: ['RSS'], before: { id: null }, after: { title: 'Neap tide' } },
  { name: 'no id, another date', formats: ['RSS'], before: { id: null }, after: { updated: LATE } },
  {
    name: 'no id, then its link for id',
    formats: ['RSS'],
    before: { id: null, link: ADDRESS },
    after: { id: ADDRESS },
  },
  { name: 'the id is gone', formats: ['RSS'], before: { id: ADDRESS }, after: { id: null } },
];

process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  let differenceCount = 0;
  for (const subscriber of SUBSCRIBERS) {
    if (names.length > 0 && !names.includes(subscriber.name)) continue;
    for (const format of BOTH) differenceCount += await compareRule(subscriber, format);
  }
  return differenceCount === 0 ? 0 : 1;
}

/** The number of cases in which the rule says something else. */
async function compareRule(subscriber: Subscriber, format: Format): Promise<number> {
  const cases = CASES.filter(({ formats }) => formats.includes(format));
  const before = cases.map((each, index) => fieldsOf(each.before, index));
  const after = cases.map((each, index) => fieldsOf({ ...each.before, ...each.after }, index));
  const exchange = await exchangeDocument(subscriber, render(format, before), render(format, after));
  const name = `${subscriber.name} ${subscriber.version}, ${format}`;
  if (exchange === null) {
    console.log(`SKIPPED ${name}: it is not installed, or failed`);
    return 0;
  }
  const rule = READER_RULES.find(({ reader }) => reader.split(' (')[0] === subscriber.name);
  const shown = exchange.then.filter(({ isNew }) => isNew);
  const again = cases.filter((_, index) => shown.some(({ text }) => text.includes(markOf(index))));
  console.log(`${name}: ${again.map((each) => each.name).join('; ') || 'nothing'} is new`);
  if (exchange.first.length !== cases.length)
    console.log(`  ${exchange.first.length} entries of ${cases.length} were shown at first`);
  if (rule === undefined) return 0;
  const said = cases.filter((_, index) => {
    const [one, other] = [before[index], after[index]].map((fields) => subscribed(format, fields as Fields));
    return rule.key(one as SubscribedEntry) !== rule.key(other as SubscribedEntry);
  });
  const differing = cases.filter((each) => said.includes(each) !== again.includes(each));
  for (const each of differing)
    console.log(`  NOT AS THE RULE SAYS: ${each.name} is ${said.includes(each) ? 'not ' : ''}new`);
  return differing.length;
}

function fieldsOf(fields: Partial<Fields>, index: number): Fields {
  const whole = {
    id: `urn:tides:${index}`,
    link: `https://tides.example/${index}/`,
    title: `Tide ${index}`,
    updated: EARLY,
    text: 'As it was.',
    ...fields,
  };
  // Two cases must not have one id.
  const own = (text: string | null) => text?.replace(/(\/?)$/, `-${index}$1`) ?? null;
  return {
    ...whole,
    id: fields.id === undefined ? whole.id : own(fields.id),
    link: fields.link === undefined ? whole.link : own(fields.link),
    text: `${whole.text} ${markOf(index)}`,
  };
}

/** By what a case is known again in what a reader shows. */
function markOf(index: number): string {
  return `Case-${index}-`;
}

function subscribed(format: Format, { id, link, title, updated, text }: Fields): SubscribedEntry {
  const published = format === 'RSS' ? updated : EARLY;
  return { format, feed: 'https://tides.example/feed.xml', id, link, title, published, updated, text };
}

function render(format: Format, entries: readonly Fields[]): string {
  return format === 'RSS' ? renderRss(entries) : renderAtom(entries);
}

function renderRss(entries: readonly Fields[]): string {
  const items = entries.map(({ id, link, title, updated, text }) => {
    const guid = id === null ? '' : `<guid isPermaLink="false">${id}</guid>`;
    return `<item><title>${title}</title><link>${link}</link>${guid}<pubDate>${new Date(updated).toUTCString()}</pubDate>
<description>${text}</description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tides</title>
<link>https://tides.example/</link><description>Tides</description>${items.join('\n')}</channel></rss>`;
}

function renderAtom(entries: readonly Fields[]): string {
  const items = entries.map(
    ({ id, link, title, updated, text }) => `<entry><title>${title}</title><link href="${link}"/><id>${id}</id>
<published>${EARLY}</published><updated>${updated}</updated><content>${text}</content></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title>
<id>https://tides.example/</id><link href="https://tides.example/"/><updated>${EARLY}</updated>
<author><name>Tides</name></author>${items.join('\n')}</feed>`;
}
