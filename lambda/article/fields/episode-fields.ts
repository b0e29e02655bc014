/**
 * What an article with a sound or a film says of itself as an episode of a podcast: in fields of its own (`season`,
 * `episode_type`), with a prefix (`itunes_explicit`, `podcast_image`), or together in a map (`podcast: { season: 2 }`).
 */

import { isArticleKey } from '../../address/article-key.ts';
import type { MediaReference } from '../../model/article.ts';
import {
  EPISODE_VALUES_MAX,
  ID_CHARACTERS_MAX,
  NAME_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
} from '../../model/article-limits.ts';
import type { Episode, Soundbite, Transcript } from '../../model/episode.ts';
import { type Field, type Fields, type FieldValue, findField, isMap, textIn, toBoolean } from '../../model/fields.ts';
import {
  type PodcastLicense,
  type PodcastLocation,
  type PodcastPerson,
  type PodcastText,
  toPodcastPerson,
} from '../../model/podcast.ts';
import type { Report } from '../../model/report.ts';
import { canonicalTag } from '../../text/language.ts';
import type { ContentContext } from '../html/context.ts';
import { resolveAddress } from '../html/reference.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { readMedia, toSeconds } from './media-fields.ts';
import { readPeople } from './people/people.ts';
import { isWithoutFile } from './sound-fields.ts';

/** Maps that hold the fields of an episode, and prefixes of their names. */
const GROUPS = ['podcast', 'itunes', 'episode'];

const ROLES: Readonly<Record<string, string>> = {
  host: 'host',
  hosts: 'host',
  cohost: 'co-host',
  cohosts: 'co-host',
  guest: 'guest',
  guests: 'guest',
  producer: 'producer',
  producers: 'producer',
};

/** What is found under the names of a field. */
interface Source {
  /** Names inside the maps and with the prefixes; `bareNames` also count without them. */
  find(names: readonly string[], bareNames?: readonly string[]): Field | null;
  readonly context: ContentContext;
  readonly report: Report;
}

/** Null when the article says nothing that only an episode says. */
export function readEpisode(fields: Fields, context: ContentContext, report: Report): Episode<MediaReference> | null {
  const source: Source = { find: (...names) => findIn(fields, ...names), context, report };
  const number = readNumber(source);
  const episode: Episode<MediaReference> = {
    title: readText(source.find(['title']), TITLE_CHARACTERS_MAX, report),
    guid: readGuid(source.find(['guid']), report),
    ...number,
    season: number.season ?? readCount(source.find(['season', 'seasonnumber'], ['season', 'seasonnumber']), report),
    numberLabel: readText(source.find(['display', 'label']), NAME_CHARACTERS_MAX, report),
    seasonName: readText(source.find(['seasonname', 'seasontitle'], ['seasonname']), NAME_CHARACTERS_MAX, report),
    kind: readKind(source.find(['episodetype', 'type'], ['episodetype']), report),
    isExplicit: readExplicit(source.find(['explicit'], ['explicit']), report),
    isBlocked: toBoolean(source.find(['block'])?.value ?? null) ?? false,
    image: readFile(source.find(['image', 'cover', 'artwork'], ['artwork', 'coverart']), source),
    transcripts: readTranscripts(source),
    chapters: readChapters(source.find(['chapters', 'chaptersfile'], ['chapters']), source),
    people: readParticipants(source),
    soundbites: readList(source.find(['soundbites', 'soundbite'], ['soundbites', 'soundbite']), source, readSoundbite),
    locations: readList(source.find(['locations', 'location'], ['locations', 'location']), source, readLocation),
    license: readLicense(source.find(['license', 'licence'], ['license', 'licence'])),
    texts: readList(source.find(['txt']), source, readPurposefulText),
  };
  return saysSomething(episode) ? episode : null;
}

function saysSomething({ isBlocked, ...episode }: Episode<MediaReference>): boolean {
  const isBlank = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  return isBlocked || !Object.values(episode).every(isBlank);
}

function findIn(fields: Fields, names: readonly string[], bareNames: readonly string[] = []): Field | null {
  for (const group of GROUPS) {
    const field = fields.get(group);
    if (field === undefined || !isMap(field.value)) continue;
    for (const name of names) {
      const value = field.value.get(name);
      if (value !== undefined && value !== null && value !== '') {
        return { name: `${field.name}.${name}`, value, line: field.line };
      }
    }
  }
  return findField(fields, [...GROUPS.flatMap((group) => names.map((name) => group + name)), ...bareNames]);
}

/** `12`, `12.5`, `Episode 12`, `#12`, and `S02E12`, which tells the season too. */
function readNumber({ find, report }: Source): { readonly number: number | null; readonly season: number | null } {
  const field = find(['number', 'episode', 'episodenumber'], ['episode', 'ep']);
  if (field === null || typeof field.value !== 'string') return { number: null, season: null };
  const [, season, number] =
    /^(?:s(?:eason)?\s*(\d{1,4})[\s,]*)?(?:e(?:p(?:isode)?)?\.?\s*)?[#№]?\s*(\d{1,6}(?:\.\d{1,3})?)$/i.exec(
      field.value.trim(),
    ) ?? [];
  if (number === undefined) warn(report, field, 'holds no number', 'Write digits, such as “12”.');
  return { number: number === undefined ? null : Number(number), season: season === undefined ? null : Number(season) };
}

function readCount(field: Field | null, report: Report): number | null {
  if (field === null || isMap(field.value)) return null;
  const digits = /^(?:season|s)?\s*(\d{1,4})$/i.exec(typeof field.value === 'string' ? field.value.trim() : '')?.[1];
  if (digits !== undefined && Number(digits) > 0) return Number(digits);
  warn(report, field, 'holds no number above 0', 'Write digits, such as “2”.');
  return null;
}

function readKind(field: Field | null, report: Report): 'full' | 'trailer' | 'bonus' | null {
  const word = typeof field?.value === 'string' ? field.value.trim().toLowerCase() : null;
  if (word === 'full' || word === 'trailer' || word === 'bonus') return word;
  if (field !== null) warn(report, field, 'is none of the kinds of episodes', 'Write “full”, “trailer” or “bonus”.');
  return null;
}

/** `clean` is Apple’s former word for what is not explicit. */
function readExplicit(field: Field | null, report: Report): boolean | null {
  if (field === null) return null;
  const word = typeof field.value === 'string' ? field.value.trim().toLowerCase() : '';
  if (word === 'clean' || word === 'explicit') return word === 'explicit';
  const answer = toBoolean(field.value);
  if (answer === null) warn(report, field, 'is neither true nor false', 'Write “true” or “false”.');
  return answer;
}

function readText(field: Field | null, charactersMax: number, report: Report): string | null {
  if (field === null || typeof field.value !== 'string') return null;
  const text = inlineText(field.value);
  if (text.length <= charactersMax) return text === '' ? null : text;
  warn(report, field, `has more than ${charactersMax} characters`, 'Shorten it.');
  return null;
}

/** Whatever the other host wrote, to the letter. */
function readGuid(field: Field | null, report: Report): string | null {
  const guid = typeof field?.value === 'string' ? field.value.trim() : '';
  if (field !== null && (guid === '' || guid.length > ID_CHARACTERS_MAX)) {
    warn(report, field, 'is no guid', 'Copy it from the old feed.');
    return null;
  }
  return guid === '' ? null : guid;
}

function readFile(field: Field | null, source: Source): MediaReference | null {
  if (field === null) return null;
  const [file] = readMedia(field.value, source.context);
  if (file !== undefined) return isPublishedAsArticle(file, field, source) ? null : file;
  warn(source.report, field, 'names no file', 'Write the path of a file beside the article, or a whole address.');
  return null;
}

/** Chapters may be a list of times in the article itself. Feeds have no place for such a list. */
function readChapters(field: Field | null, source: Source): MediaReference | null {
  if (field === null || !isWithoutFile(field.value)) return readFile(field, source);
  // A map whose address is left blank says nothing.
  if (isMap(field.value) && ['url', 'src', 'href', 'file'].some((name) => isMap(field.value) && field.value.has(name)))
    return null;
  const message = `The chapters in “${field.name}” are in the article itself. Players read chapters only from a file.`;
  const fix =
    'Put them into a JSON file beside the article and name it here: “chapters: fog.chapters.json” (docs/podcasts.md).';
  source.report.add('chapters-inline', field.line, message, fix);
  return null;
}

/** A text beside the article that has the name of an article is one, and is read as such. */
function isPublishedAsArticle(file: MediaReference, field: Field, { context, report }: Source): boolean {
  const { key, url } = file;
  const isArticle = key === null ? url.startsWith(context.site.url) : isArticleKey(key);
  if (isArticle) {
    const fix = 'Name it as in “fog.chapters.json” and “fog.transcript.html” (docs/podcasts.md).';
    warn(report, field, `names ${key ?? url}, which would be published as an article`, fix);
  }
  return isArticle;
}

function readTranscripts(source: Source): readonly Transcript<MediaReference>[] {
  const field = source.find(['transcripts', 'transcript'], ['transcripts', 'transcript']);
  if (field === null) return [];
  const transcripts = readList(field, source, readTranscript);
  return transcripts.filter(({ file }) => !isPublishedAsArticle(file, field, source));
}

/** A file; a map may tell its language, or hold several files, each under the name of its kind. */
function readTranscript(value: FieldValue, context: ContentContext): readonly Transcript<MediaReference>[] {
  // Some write the words themselves there.
  if (typeof value === 'string' && !/\.[a-z]{3,5}$/i.test(value.trim())) return [];
  const map = value !== null && isMap(value) ? value : null;
  const named = readMedia(value, context);
  const files = named.length === 0 && map !== null ? readMedia([...map.values()], context) : named;
  const language = map === null ? null : textIn(map, ['language', 'lang']);
  const isStated = map !== null && textIn(map, ['rel']) === 'captions';
  return files.map((file) => ({
    file,
    language: language === null ? null : canonicalTag(language),
    isCaptions: isStated || isTimed(file),
  }));
}

/** WebVTT and SubRip have time codes by their nature. */
function isTimed({ url, mimeType }: MediaReference): boolean {
  return /\.(?:vtt|srt)$/i.test(new URL(url).pathname) || /vtt|subrip|srt/.test(mimeType ?? '');
}

function readParticipants(source: Source): readonly PodcastPerson[] {
  const names = ['people', 'persons', 'person', ...Object.keys(ROLES)];
  return names.flatMap((name) => {
    const field = source.find([name], name === 'people' || name === 'person' ? [] : [name]);
    return readList(field, source, (value, context) => readParticipant(value, ROLES[name] ?? null, context));
  });
}

function readParticipant(value: FieldValue, role: string | null, context: ContentContext): readonly PodcastPerson[] {
  const map = value !== null && isMap(value) ? value : null;
  const stated = (names: readonly string[]) => (map === null ? null : textIn(map, names));
  const address = (names: readonly string[]) => resolveAddress(stated(names) ?? '', context)?.url ?? null;
  return readPeople(value, context).flatMap((person) => {
    const participant = toPodcastPerson(person, stated(['role']) ?? role, stated(['group']));
    if (participant === null) return [];
    return [
      { ...participant, image: participant.image ?? address(['img']), url: participant.url ?? address(['href']) },
    ];
  });
}

function readSoundbite(value: FieldValue): readonly Soundbite[] {
  if (value === null || !isMap(value)) return [];
  const start = toMoment(textIn(value, ['start', 'starttime', 'startseconds', 'at']));
  const duration = toMoment(textIn(value, ['duration', 'length', 'durationseconds']));
  if (start === null || duration === null || duration === 0) return [];
  const title = textIn(value, ['title', 'text', 'name']);
  return [{ startSeconds: start, durationSeconds: duration, title: title === null ? null : inlineText(title) }];
}

/** Seconds or a time as on a clock, either with a fraction. */
function toMoment(text: string | null): number | null {
  const [, whole, fraction] = /^([\d:]{1,9})(\.\d{1,3})?$/.exec(text ?? '') ?? [];
  if (whole === undefined) return null;
  const seconds = whole.includes(':') ? toSeconds(whole) : Number(whole);
  return seconds === null ? null : seconds + Number(fraction ?? 0);
}

function readLocation(value: FieldValue): readonly PodcastLocation[] {
  const name = value !== null && isMap(value) ? textIn(value, ['name', 'title', 'text']) : value;
  if (typeof name !== 'string' || name.trim() === '') return [];
  const part = (names: readonly string[], pattern: RegExp) => {
    const text = value !== null && isMap(value) ? textIn(value, names) : null;
    return text !== null && pattern.test(text) ? text : null;
  };
  const geo = part(
    ['geo', 'coordinates'],
    /^(?:geo:)?-?\d+(?:\.\d+)?(?:,\s*-?\d+(?:\.\d+)?){1,2}(?:;[\w-]+=[\w.-]+)*$/,
  );
  const relation = part(['rel'], /^(?:subject|creator)$/);
  return [
    {
      name: inlineText(name),
      relation: relation === 'subject' || relation === 'creator' ? relation : null,
      geo: geo === null ? null : `geo:${geo.replace(/^geo:|\s/g, '')}`,
      osm: part(['osm'], /^[NWR]\d+(?:#\d+)?$/),
      country: part(['country'], /^[A-Z]{2}$/),
    },
  ];
}

function readLicense(field: Field | null): PodcastLicense | null {
  const value = field?.value ?? null;
  if (typeof value === 'string') return isLicenseName(value.trim()) ? { name: value.trim(), url: null } : null;
  if (value === null || !isMap(value)) return null;
  const name = textIn(value, ['name', 'id', 'spdx']);
  const url = textIn(value, ['url', 'href', 'link']);
  if (name === null || !isLicenseName(name)) return null;
  return { name, url: url !== null && /^https?:\/\//i.test(url) && URL.parse(url) !== null ? url : null };
}

/** A word such as `CC-BY-4.0`; a sentence about rights is none. */
function isLicenseName(text: string): boolean {
  return /^[\w.+-]{2,128}$/.test(text);
}

function readPurposefulText(value: FieldValue): readonly PodcastText[] {
  const text = value !== null && isMap(value) ? textIn(value, ['text', 'value']) : value;
  if (typeof text !== 'string' || text.trim() === '') return [];
  return [{ text: text.trim(), purpose: value !== null && isMap(value) ? textIn(value, ['purpose']) : null }];
}

/** A list, or a single value. Each value may give several results, or none, which is then reported. */
function readList<Value>(
  field: Field | null,
  { context, report }: Source,
  read: (value: FieldValue, context: ContentContext) => readonly Value[],
): readonly Value[] {
  if (field === null || field.value === null) return [];
  const items = typeof field.value === 'string' || isMap(field.value) ? [field.value] : field.value;
  const values = items.map((item) => read(item, context));
  if (values.some((found) => found.length === 0)) {
    warn(report, field, 'holds something that can’t be used', 'Look up in docs/podcasts.md how it is written.');
  }
  const all = values.flat();
  if (all.length <= EPISODE_VALUES_MAX) return all;
  warn(report, field, `holds more than ${EPISODE_VALUES_MAX} values`, `Keep the first ${EPISODE_VALUES_MAX}.`);
  return all.slice(0, EPISODE_VALUES_MAX);
}

function warn(report: Report, field: Field, fault: string, fix: string): void {
  report.add('field-unreadable', field.line, `The field “${field.name}” ${fault}.`, fix);
}
