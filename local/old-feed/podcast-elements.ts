/** The elements of Apple and of the Podcast Index in RSS, read as settings and as fields of an article. */

import type { FieldValue } from '../import/model/exported.ts';
import { elementsOf, textOf, type XmlNode } from '../import/xml/xml-tree.ts';

const APPLE = 'http://www.itunes.com/dtds/podcast-1.0.dtd';
const INDEX = /^https:\/\/(?:podcastindex\.org\/namespace\/1\.0|github\.com\/Podcastindex-org\/podcast-namespace)/i;

type Fields = Record<string, FieldValue>;

function apple(node: XmlNode, name: string): XmlNode | undefined {
  return elementsOf(node).find((each) => each.name === name && each.namespace.toLowerCase() === APPLE);
}

function appleText(node: XmlNode, name: string): string {
  return textOf(apple(node, name)).trim();
}

function indexed(node: XmlNode, name: string): readonly XmlNode[] {
  return elementsOf(node).filter((each) => each.name === name.toLowerCase() && INDEX.test(each.namespace));
}

function compact(fields: Readonly<Record<string, FieldValue | null | undefined | ''>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, FieldValue] => entry[1] !== null && entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

function isExplicit(word: string): boolean | null {
  return word === '' ? null : /^(?:yes|true|explicit)$/i.test(word);
}

/** Fields of an episode. */
export function readEpisode(item: XmlNode): Fields {
  const [season] = indexed(item, 'season');
  const [episode] = indexed(item, 'episode');
  const [chapters] = indexed(item, 'chapters');
  const number = appleText(item, 'episode') || textOf(episode).trim();
  const seasonNumber = appleText(item, 'season') || textOf(season).trim();
  const explicit = isExplicit(appleText(item, 'explicit'));
  const transcripts = indexed(item, 'transcript').flatMap(({ attributes: { url, type, language, rel } }) =>
    url === undefined ? [] : [compact({ url, type, language, rel })],
  );
  const people = readPeople(item);
  const soundbites = indexed(item, 'soundbite').map((node) =>
    compact({ start: node.attributes.startTime, duration: node.attributes.duration, title: textOf(node).trim() }),
  );
  const inside = compact({
    title: appleText(item, 'title'),
    season: /^\d{1,4}$/.test(seasonNumber) && seasonNumber !== '0' ? Number(seasonNumber) : null,
    season_name: season?.attributes.name,
    episode: /^\d{1,6}(?:\.\d{1,3})?$/.test(number) ? Number(number) : null,
    display: episode?.attributes.display,
    type: appleText(item, 'episodetype').toLowerCase(),
    explicit,
    block: /^yes$/i.test(appleText(item, 'block')) ? true : null,
    image: apple(item, 'image')?.attributes.href,
    chapters: chapters?.attributes.url,
    transcript: transcripts.length > 0 ? transcripts : null,
    people: people.length > 0 ? people : null,
    soundbites: soundbites.length > 0 ? soundbites : null,
    location: locationOf(item),
    license: licenseOf(item),
  });
  return Object.keys(inside).length === 0 ? {} : { podcast: inside };
}

function readPeople(node: XmlNode): readonly Fields[] {
  return indexed(node, 'person').map((person) => {
    const { role, group, img, href } = person.attributes;
    return compact({ name: textOf(person).trim(), role, group, image: img, url: href });
  });
}

function locationOf(node: XmlNode): FieldValue | null {
  const [location] = indexed(node, 'location');
  if (location === undefined) return null;
  const { geo, osm, rel, country } = location.attributes;
  return compact({ name: textOf(location).trim(), geo, osm, rel, country });
}

function licenseOf(node: XmlNode): FieldValue | null {
  const [license] = indexed(node, 'license');
  if (license === undefined) return null;
  return compact({ name: textOf(license).trim(), url: license.attributes.url });
}

/** Seconds of `itunes:duration`: `1234`, `20:34`, `1:20:34`. */
export function readDuration(item: XmlNode): number | null {
  const text = appleText(item, 'duration');
  if (!/^\d{1,6}(?:\.\d+)?$|^(?:\d{1,3}:)?\d{1,2}:\d{1,2}$/.test(text)) return null;
  return Math.round(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)) || null;
}

/** Settings of a show; null for a feed that is none. */
export function readShow(channel: XmlNode): Fields | null {
  const categories = elementsOf(channel)
    .filter(({ name, namespace }) => name === 'category' && namespace.toLowerCase() === APPLE)
    .map((outer) => {
      const inner = elementsOf(outer).find(({ name }) => name === 'category');
      return [outer.attributes.text, inner?.attributes.text].filter(Boolean).join(' > ');
    });
  const owner = apple(channel, 'owner');
  const mail = owner === undefined ? '' : appleText(owner, 'email');
  const people = readPeople(channel);
  const funding = indexed(channel, 'funding').map((node) =>
    compact({ url: node.attributes.url, text: textOf(node).trim() }),
  );
  const settings = compact({
    image: apple(channel, 'image')?.attributes.href,
    category: categories.length > 0 ? categories.slice(0, 3) : null,
    owner: owner === undefined || mail === '' ? null : `${appleText(owner, 'name')} <${mail}>`.trim(),
    author: appleText(channel, 'author'),
    explicit: isExplicit(appleText(channel, 'explicit')),
    type: appleText(channel, 'type').toLowerCase(),
    guid: textOf(indexed(channel, 'guid')[0]).trim(),
    medium: textOf(indexed(channel, 'medium')[0]).trim(),
    locked: /^yes$/i.test(textOf(indexed(channel, 'locked')[0]).trim()) ? true : null,
    complete: /^yes$/i.test(appleText(channel, 'complete')) ? true : null,
    block: /^yes$/i.test(appleText(channel, 'block')) ? true : null,
    people: people.length > 0 ? people : null,
    funding: funding.length > 0 ? funding : null,
    location: locationOf(channel),
    license: licenseOf(channel),
  });
  return Object.keys(settings).length === 0 ? null : settings;
}
