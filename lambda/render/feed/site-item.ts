/**
 * Entries as items of the `feed` package. An item holds all that its entry says in a document of a certain feed, and
 * is made once: renderers keep their pieces by its identity.
 */

import type { Author, Category, Enclosure, Item } from 'feed';
import { toUri } from '../../address/outward-address.ts';
import { publicAddress } from '../../model/addresses.ts';
import type { Person } from '../../model/article.ts';
import type { FeedHead } from '../../model/document.ts';
import { type Entry, type Media, playableOf } from '../../model/entry.ts';
import type { Episode } from '../../model/episode.ts';
import type { Site } from '../../model/site.ts';
import { type WritableText, writable } from '../../text/xml.ts';
import type { Moment } from '../../time/moment.ts';
import { mediaTitle } from './title.ts';

/** An author who has a name to be shown under, always. */
export interface SiteAuthor extends Author {
  name: string;
}

/** A tag: its spelling as name and term, the site's tags as the scheme. */
export interface SiteCategory extends Category {
  name: string;
  term: string;
  scheme: string;
}

interface SiteEnclosure extends Enclosure {
  type: string;
}

/** An item of the package, with what the package has no place for. */
export interface SiteItem extends Item {
  id: string;
  published: Date;
  description?: WritableText;
  content?: WritableText;
  author: SiteAuthor[];
  contributor: SiteAuthor[];
  category: SiteCategory[];
  /** The authors, else those of the publication: rss2email shows “<author>” for an entry without any. */
  readonly byline: readonly SiteAuthor[];
  /** The media of RSS's one enclosure: a podcast's sound or film, else the first attachment. */
  enclosure?: SiteEnclosure;
  /** `published` and `date` (which is when it was updated) with the offsets their author wrote. */
  readonly moments: { readonly published: Moment; readonly updated: Moment };
  /** BCP 47, where it is not the feed's. */
  readonly language?: string;
  /** BCP 47, of its page. */
  readonly pageLanguage: string;
  /** Atom's `updated` is written as it was by older publishers. */
  readonly keepsUpdatedText?: true;
  /** The page that the entry is about. */
  readonly externalUrl?: string;
  readonly picture: Media | null;
  /** What there is to hear, see or read beside the text; not the picture. */
  readonly attachments: readonly Media[];
  /** In a podcast: what there is to hear, and what is said of it as an episode. */
  readonly sound?: Media;
  readonly episode?: Episode<Media>;
}

/** What a document decides about the items in it. */
interface ItemSetting {
  readonly content: FeedHead['content'];
  /** Language of the feed. */
  readonly language: string;
  /** Language of entries that name none. */
  readonly siteLanguage: string;
  /** What makes a tag of this site another than the same word elsewhere. */
  readonly tagScheme: string;
  readonly isPodcast: boolean;
}

/** While it is being made. */
type Changeable<Model> = { -readonly [Field in keyof Model]: Model[Field] };

/** The items of one entry, in the settings that it was shown in. */
interface KeptItem {
  readonly settingKey: string;
  readonly item: SiteItem;
  readonly others: KeptItem | undefined;
}

const itemsKept = new WeakMap<Entry, KeptItem>();

/** The entries as items of a feed: the same object for the same entry in the same setting. */
export function itemsOf(entries: readonly Entry[], feed: FeedHead, site: Site): SiteItem[] {
  const setting: ItemSetting = {
    content: feed.content,
    language: feed.language,
    siteLanguage: site.language,
    tagScheme: publicAddress(site.url, 'tags/'),
    isPodcast: feed.podcast !== undefined,
  };
  const publication = publicationAuthors(site);
  const settingKey = JSON.stringify([setting, publication]);
  return entries.map((entry) => {
    const kept = itemsKept.get(entry);
    for (let known = kept; known !== undefined; known = known.others) {
      if (known.settingKey === settingKey) return known.item;
    }
    const item = createItem(entry, setting, publication);
    itemsKept.set(entry, { settingKey, item, others: kept });
    return item;
  });
}

/** People as authors, without those who have neither name nor address. */
export function authorsOf(people: readonly Person[]): SiteAuthor[] {
  return people.flatMap((person) => {
    const name = nameOf(person);
    if (name === undefined) return [];
    return [
      {
        name,
        ...(isMailAddress(person.email) && { email: person.email }),
        ...(person.url !== null && { link: toUri(person.url) }),
        ...(person.avatar !== null && { avatar: toUri(person.avatar) }),
      },
    ];
  });
}

/** The authors of an entry that names none: the site's authors, else the publication itself. */
export function publicationAuthors({ authors, title }: Pick<Site, 'authors' | 'title'>): readonly SiteAuthor[] {
  const named = authorsOf(authors);
  return named.length > 0 ? named : [{ name: title }];
}

function createItem(entry: Entry, setting: ItemSetting, publication: readonly SiteAuthor[]): SiteItem {
  const picture = entry.image && publicMedia(entry.image);
  const attachments = entry.attachments.map(publicMedia).filter(({ url }) => url !== picture?.url);
  const sound = setting.isPodcast ? playableOf({ attachments }) : null;
  const enclosed = sound ?? attachments[0];
  const language = entry.language ?? setting.siteLanguage;
  const summary = shown(entry.summary);
  const content = setting.content === 'full' ? shown(entry.contentHtml) : undefined;
  const rights = shown(entry.rights);
  const author = authorsOf(entry.authors);
  const item: Changeable<SiteItem> = {
    id: entry.id,
    link: toUri(entry.url),
    title: shown(entry.title) ?? shown(mediaTitle(entry)) ?? '',
    published: new Date(entry.published.at),
    date: new Date(entry.updated.at),
    moments: { published: entry.published, updated: entry.updated },
    author,
    byline: author.length > 0 ? author : publication,
    contributor: authorsOf(entry.contributors),
    category: entry.tags.flatMap(({ label }) => {
      const name = shown(label);
      return name === undefined ? [] : [{ name, term: name, scheme: setting.tagScheme }];
    }),
    picture,
    attachments,
    pageLanguage: language,
  };
  if (entry.guid !== undefined) item.guid = entry.guid;
  if (summary !== undefined) item.description = summary;
  if (content !== undefined) item.content = content;
  if (enclosed) item.enclosure = { url: enclosed.url, type: enclosed.mimeType, length: enclosed.lengthBytes ?? 0 };
  if (language !== setting.language) item.language = language;
  if (entry.keepsUpdatedText === true) item.keepsUpdatedText = true;
  if (entry.externalUrl !== null) item.externalUrl = toUri(entry.externalUrl);
  if (rights !== undefined) item.copyright = rights;
  if (sound !== null) item.sound = sound;
  if (sound !== null && entry.episode !== undefined) item.episode = publicEpisode(entry.episode);
  return item;
}

function publicEpisode(episode: Episode<Media>): Episode<Media> {
  return {
    ...episode,
    image: episode.image && publicMedia(episode.image),
    chapters: episode.chapters && publicMedia(episode.chapters),
    transcripts: episode.transcripts.map((one) => ({ ...one, file: publicMedia(one.file) })),
  };
}

function publicMedia(media: Media): Media {
  return {
    ...media,
    url: toUri(media.url),
    title: shown(media.title) ?? null,
    alt: shown(media.alt) ?? null,
    caption: shown(media.caption) ?? null,
    credit: shown(media.credit) ?? null,
  };
}

/**
 * Documents want something to show: who left no name goes by the mail address's local part, or the host. Nobody goes by a
 * mail address.
 */
function nameOf({ name, email, url }: Person): string | undefined {
  const shownName = shown(name);
  if (shownName !== undefined && !isMailAddress(shownName.trim())) return shownName;
  const address = shownName?.trim() ?? email;
  if (isMailAddress(address)) return address.slice(0, address.indexOf('@'));
  return url === null ? undefined : URL.parse(url)?.hostname || undefined;
}

/** Whether it is an address as RSS and Atom ask for it (RFC 2822's addr-spec without quoted and exotic forms). */
function isMailAddress(text: string | null): text is string {
  return text !== null && /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d-]+\.)+[a-z\d][a-z\d-]*$/i.test(text);
}

/** The text as documents can hold it, unless nothing of it would be seen. */
function shown(text: string | null): WritableText | undefined {
  if (!text) return undefined;
  const written = writable(text);
  return /\S/.test(written) ? written : undefined;
}
