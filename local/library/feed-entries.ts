/** Items of a feed model as entries, which is what documents are made of. */

import { DomUtils, parseDocument } from 'htmlparser2';
import { typeFromName } from '../../lambda/article/media/media-types.ts';
import type { Person, Tag } from '../../lambda/model/article.ts';
import type { Entry, Media } from '../../lambda/model/entry.ts';
import { iriOfWord } from '../../lambda/model/entry-id.ts';
import { slugify } from '../../lambda/text/slug.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import type { FeedAuthor, FeedCategory, FeedEnclosure, FeedItem } from './feed-model.ts';

/** The formats differ in which id they have always shown. */
export type IdForm = 'guid' | 'id';

const DEFAULT_TYPES = {
  image: 'image/jpeg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  file: 'application/octet-stream',
};

/**
 * @param siteId what ids that are plain words are made IRIs of in Atom
 * @throws TypeError with the item's place where an address is not absolute, or a date is none
 */
export function entryOf(item: FeedItem, index: number, siteId: string, form: IdForm): Entry {
  const place = `items[${index}]`;
  const link = absolute(item.link, `${place}.link`);
  const updated = instant(item.date, `${place}.date`);
  const published = item.published === undefined ? updated : instant(item.published, `${place}.published`);
  const stated = item.id ?? link;
  const id = URL.parse(stated)?.href ?? iriOfWord(stated, siteId);
  const shownId = (form === 'guid' ? item.guid : undefined) ?? stated;
  const { summary, contentHtml } = textsOf(item);
  return {
    id,
    ...(shownId !== id && { guid: shownId }),
    url: link,
    externalUrl: null,
    title: item.title ?? '',
    published: momentAt(published),
    updated: momentAt(Math.max(published, updated)),
    authors: peopleOf(item.author, `${place}.author`),
    contributors: peopleOf(item.contributor, `${place}.contributor`),
    tags: (item.category ?? []).flatMap((category) => tagOf(category) ?? []),
    section: null,
    language: null,
    summary,
    contentHtml,
    image: item.image === undefined ? null : mediaOf(item.image, 'image', `${place}.image`),
    attachments: attachmentsOf(item, place),
    rights: item.copyright ?? null,
  };
}

export function categoryName({ name, term }: FeedCategory): string {
  return (name ?? term ?? '').trim();
}

export function peopleOf(authors: readonly FeedAuthor[] | FeedAuthor | undefined, place: string): readonly Person[] {
  return [authors ?? []].flat().map(({ name, email, link, avatar }) => ({
    name: name ?? null,
    email: email ?? null,
    url: link === undefined ? null : absolute(link, `${place}.link`),
    avatar: avatar === undefined ? null : absolute(avatar, `${place}.avatar`),
  }));
}

/** @throws TypeError where it is not absolute */
export function absolute(address: string, place: string): string {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url === null)
    throw new TypeError(`${place} is ${JSON.stringify(address)}: give an absolute address, https://example.org/…`);
  return url.href;
}

/** @throws TypeError where it is no date */
export function instant(date: Date, place: string): number {
  const at = date instanceof Date ? date.getTime() : Number.NaN;
  if (Number.isNaN(at)) throw new TypeError(`${place} is no date: give a Date that exists.`);
  return at;
}

/** A description may be HTML; a summary is plain text. What has no content has its description for one. */
function textsOf({ description = '', content }: FeedItem): Pick<Entry, 'summary' | 'contentHtml'> {
  const hasMarkup = /<[a-z][^>]*>|&(?:#\w+|\w+);/i.test(description);
  const summary = hasMarkup
    ? DomUtils.textContent(parseDocument(description)).replace(/\s+/g, ' ').trim()
    : description;
  if (content !== undefined) return { summary, contentHtml: content };
  return hasMarkup ? { summary: '', contentHtml: description } : { summary, contentHtml: '' };
}

function tagOf(category: FeedCategory): Tag | null {
  const label = categoryName(category);
  return label === '' ? null : { slug: slugify(label), label };
}

function attachmentsOf({ audio, video, enclosure }: FeedItem, place: string): readonly Media[] {
  const all = [
    ...(audio === undefined ? [] : [mediaOf(audio, 'audio', `${place}.audio`)]),
    ...(video === undefined ? [] : [mediaOf(video, 'video', `${place}.video`)]),
    ...(enclosure === undefined ? [] : [mediaOf(enclosure, 'file', `${place}.enclosure`)]),
  ];
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

function mediaOf(given: string | FeedEnclosure, kind: keyof typeof DEFAULT_TYPES, place: string): Media {
  const { url, type, length, title, duration }: FeedEnclosure = typeof given === 'string' ? { url: given } : given;
  const address = absolute(url, `${place}.url`);
  return {
    url: address,
    mimeType: type ?? typeFromName(new URL(address).pathname) ?? DEFAULT_TYPES[kind],
    lengthBytes: length ?? null,
    durationSeconds: duration ?? null,
    width: null,
    height: null,
    title: title ?? null,
    alt: null,
    caption: null,
    credit: null,
  };
}
