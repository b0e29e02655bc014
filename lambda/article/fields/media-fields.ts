/** The hero image and the attachments that an article names in its fields. */

import type { MediaReference } from '../../model/article.ts';
import { ATTACHMENTS_MAX } from '../../model/article-limits.ts';
import {
  type Field,
  type FieldMap,
  type Fields,
  type FieldValue,
  findField,
  findFields,
  isMap,
  plainName,
  textIn,
} from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import type { ContentContext } from '../html/context.ts';
import { resolveAddress } from '../html/reference.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { typeFromName } from '../media/media-types.ts';
import { findSounds, spokenSeconds } from './sound-fields.ts';

/** Fields that hold nothing but an image. */
const IMAGE_NAMES = [
  ...['image', 'primaryimage', 'heroimage', 'coverimage', 'featuredimage', 'featureimage', 'headerimage', 'mainimage'],
  ...['bannerimage', 'socialimage', 'ogimage', 'img', 'images', 'picture', 'photo', 'thumbnail', 'thumb'],
];
/** Fields that some systems use for an image and others for something else; what looks like no file is no image. */
const LOOSE_IMAGE_NAMES = ['hero', 'cover', 'featured', 'header', 'banner', 'feature', 'thumbnailimage', 'teaserimage'];
const ATTACHMENT_NAMES = ['attachments', 'attachment', 'enclosures', 'enclosure'];
const LOOSE_ATTACHMENT_NAMES = [
  ...['audio', 'podcast', 'mp3', 'video', 'media', 'audiofile', 'audiourl', 'videourl', 'videofile', 'mediafile'],
  ...['mediaurl', 'episode', 'itunes', 'podcastfile', 'podcasturl', 'podcastlink', 'podcastaudio', 'episodefile'],
  ...['episodeurl', 'episodeaudio', 'enclosureurl'],
];
/** Those of them that hold nothing but a sound. */
const SOUND_NAMES = [
  'audio',
  'mp3',
  'audiofile',
  'audiourl',
  'podcastaudio',
  'podcastfile',
  'episodeaudio',
  'episodefile',
];
/** Maps that say many things, of which a picture is not what there is to hear. */
const EPISODE_MAPS = ['podcast', 'episode', 'itunes'];
const ADDRESS_NAMES = [
  'url',
  'src',
  'href',
  'path',
  'file',
  'image',
  'filename',
  'link',
  'source',
  'audio',
  'video',
  'mp3',
  'enclosure',
  'feature',
];

export function readImage(fields: Fields, context: ContentContext, report: Report): MediaReference | null {
  for (const field of findFields(fields, [
    ...IMAGE_NAMES.slice(0, 1),
    ...LOOSE_IMAGE_NAMES.slice(0, 2),
    ...IMAGE_NAMES.slice(1),
    ...LOOSE_IMAGE_NAMES.slice(2),
  ])) {
    const isLoose = LOOSE_IMAGE_NAMES.includes(plainName(field.name));
    const media = readMedia(field.value, context).find((one) => !isLoose || looksLikeFile(one.url, one.mimeType));
    if (media !== undefined) return besides(media, field, fields);
    if (isLoose || typeof field.value !== 'string' || /^(?:true|false|none)$/i.test(field.value.trim())) continue;
    const message = `The image in “${field.name}” has no address that can be used.`;
    report.add(
      'field-unreadable',
      field.line,
      message,
      'Write the path of a file beside the article, or a whole address.',
    );
  }
  return null;
}

export function readAttachments(fields: Fields, context: ContentContext, report: Report): readonly MediaReference[] {
  const attachments = new Map<string, MediaReference>();
  for (const field of findFields(fields, [...ATTACHMENT_NAMES, ...LOOSE_ATTACHMENT_NAMES])) {
    const isLoose = LOOSE_ATTACHMENT_NAMES.includes(plainName(field.name));
    const named = readMedia(soundsOf(field), context);
    const media = named.filter((one) => !isLoose || looksLikeFile(one.url, one.mimeType));
    for (const one of media) if (!attachments.has(one.url)) attachments.set(one.url, one);
    if (media.length === 0 && named[0] !== undefined && SOUND_NAMES.includes(plainName(field.name))) {
      const unknown = `The field “${field.name}” names ${named[0].url}, which does not say that it is a sound.`;
      const fix = `If it is one, write “${field.name}: { url: …, type: audio/mpeg }”.`;
      report.add('field-unreadable', field.line, unknown, fix);
    }
    if (media.length > 0 || isLoose) continue;
    const message = `The field “${field.name}” holds no address that can be used.`;
    report.add(
      'field-unreadable',
      field.line,
      message,
      'Write the path of a file beside the article, or a whole address.',
    );
  }
  if (![...attachments.values()].some(isPlayable)) {
    const [sound] = findSounds(fields).flatMap(({ value }) => readMedia(value, context));
    if (sound !== undefined) attachments.set(sound.url, sound);
  }
  if (attachments.size > ATTACHMENTS_MAX) {
    const message = `The article has ${attachments.size} attachments; ${ATTACHMENTS_MAX} is the most.`;
    report.add(
      'limit-exceeded',
      findField(fields, ATTACHMENT_NAMES)?.line ?? null,
      message,
      'Link the rest in the text.',
    );
    return [];
  }
  return completePlayable([...attachments.values()], fields);
}

/** Whether it is a sound or a film, as far as its name and its author tell. */
export function isPlayable({ url, mimeType }: MediaReference): boolean {
  return /^(?:audio|video)\//.test(mimeType ?? typeFromName(new URL(url).pathname) ?? '');
}

/** Every file that a value names, whatever its shape: an address, a map of what is known of it, a list. */
export function readMedia(value: FieldValue, context: ContentContext): readonly MediaReference[] {
  if (value === null) return [];
  if (typeof value === 'string') return readMediaText(value, context);
  if (isMap(value)) return readMediaMap(value, context);
  return value.flatMap((item) => readMedia(item, context));
}

function soundsOf({ name, value }: Field): FieldValue {
  if (value === null || !isMap(value) || !EPISODE_MAPS.includes(plainName(name))) return value;
  return new Map([...value].filter(([inner]) => inner !== 'image' && inner !== 'feature'));
}

/** Fields beside the sound or film that say more of it (`audio_duration`, `podcast_bytes`). */
function completePlayable(attachments: readonly MediaReference[], fields: Fields): readonly MediaReference[] {
  const playable = attachments.find(isPlayable);
  if (playable === undefined) return attachments;
  const prefixes = ['audio', 'video', 'podcast', 'itunes', 'episode', 'enclosure', 'mp3', 'file'];
  const beside = (endings: readonly string[], bareNames: readonly string[]) => {
    const names = prefixes.flatMap((prefix) => endings.map((ending) => prefix + ending));
    const value = findField(fields, [...names, ...bareNames])?.value;
    return typeof value === 'string' ? value : '';
  };
  // Bytes in one program, a time in another.
  const length = beside([], ['length', 'size']);
  const isClock = /:|[a-z]$/i.test(length.trim());
  const complete = {
    ...playable,
    mimeType: playable.mimeType ?? toMimeType(beside(['mimetype', 'type'], ['mimetype'])),
    lengthBytes:
      playable.lengthBytes ??
      toCount(beside(['bytes', 'size', 'length', 'filesize'], ['lengthinbytes', 'sizeinbytes', 'bytes', 'filesize'])) ??
      (isClock ? null : toLargeCount(length)),
    durationSeconds:
      playable.durationSeconds ??
      toSeconds(beside(['duration'], ['duration', 'durationinseconds', 'durationseconds', 'runtime', 'playtime'])) ??
      (isClock ? toSeconds(length) : null),
  };
  return attachments.map((one) => (one === playable ? complete : one));
}

/** An address; WordPress writes length and type on the lines below it, others behind it. */
function readMediaText(text: string, context: ContentContext): readonly MediaReference[] {
  const [address = '', length = '', type = ''] = text
    .trim()
    .replace(/^(\S+)[ \t]+(\d+)[ \t]+([a-z]+\/\S+)$/i, '$1\n$2\n$3')
    .split('\n')
    .map((line) => line.trim());
  const resolved = /^(?:true|false|none|null)$/i.test(address) ? null : resolveAddress(fileName(address), context);
  if (resolved === null || !/^https?:/.test(resolved.url)) return [];
  return [{ ...NOTHING_KNOWN, ...resolved, lengthBytes: toCount(length), mimeType: toMimeType(type) }];
}

/** In the name of a file beside the article, `Episode #12.mp3`, a number sign begins no fragment. */
function fileName(address: string): string {
  return /^(?![a-z][a-z\d+.-]*:|\/\/)[^?#]+#[^?#/]*\.[a-z][a-z\d]{1,4}$/i.test(address)
    ? address.replace('#', '%23')
    : address;
}

function readMediaMap(map: FieldMap, context: ContentContext): readonly MediaReference[] {
  const address = ADDRESS_NAMES.map((name) => map.get(name)).find((value) => value !== undefined && value !== null);
  const [first] = address === undefined ? [] : readMedia(address, context);
  if (first === undefined) return [];
  const text = (names: readonly string[]) => {
    const found = textIn(map, names);
    return found === null ? null : inlineText(found);
  };
  return [
    {
      url: first.url,
      key: first.key,
      mimeType: toMimeType(textIn(map, ['mimetype', 'type', 'contenttype', 'mime']) ?? '') ?? first.mimeType,
      lengthBytes:
        toCount(textIn(map, ['sizeinbytes', 'length', 'size', 'bytes', 'filesize', 'lengthbytes']) ?? '') ??
        first.lengthBytes,
      durationSeconds:
        toSeconds(textIn(map, ['durationinseconds', 'duration', 'durationseconds']) ?? '') ?? first.durationSeconds,
      width: toCount(textIn(map, ['width', 'w']) ?? '') ?? first.width,
      height: toCount(textIn(map, ['height', 'h']) ?? '') ?? first.height,
      title: text(['title', 'name']) ?? first.title,
      alt: text(['alt', 'alttext', 'imagealt']) ?? first.alt,
      caption: text(['caption', 'description', 'figcaption', 'imagecaption']) ?? first.caption,
      credit: text(['credit', 'credits', 'copyright', 'photographer', 'attribution', 'imagecredit']) ?? first.credit,
    },
  ];
}

const NOTHING_KNOWN = {
  mimeType: null,
  lengthBytes: null,
  durationSeconds: null,
  width: null,
  height: null,
  title: null,
  alt: null,
  caption: null,
  credit: null,
};

/** `image_alt`, `cover_caption` and the like, beside the field of the image. */
function besides(media: MediaReference, field: Field, fields: Fields): MediaReference {
  const base = plainName(field.name);
  const text = (...endings: readonly string[]) => {
    const names = endings.flatMap((ending) => [base + ending, `image${ending}`]);
    const value = findField(fields, names)?.value;
    return typeof value === 'string' ? inlineText(value) : null;
  };
  const count = (ending: string) => {
    const value = findField(fields, [base + ending])?.value;
    return typeof value === 'string' ? toCount(value) : null;
  };
  return {
    ...media,
    width: media.width ?? count('width'),
    height: media.height ?? count('height'),
    alt: media.alt ?? text('alt', 'alttext', 'accessibility'),
    caption: media.caption ?? text('caption', 'figcaption', 'description'),
    credit: media.credit ?? text('credit', 'credits', 'attribution'),
  };
}

function looksLikeFile(url: string, mimeType: string | null): boolean {
  return mimeType !== null || /\.(?!(?:html?|php)$)[a-z][a-z\d]{1,4}$/i.test(new URL(url).pathname);
}

function toMimeType(text: string): string | null {
  return /^[a-z]+\/[a-z\d.+-]+$/i.test(text) ? text.toLowerCase() : null;
}

/** A sound of less would be heard in a second. */
const SOUND_BYTES_MIN = 20_000;

function toLargeCount(text: string): number | null {
  const count = toCount(text);
  return count !== null && count >= SOUND_BYTES_MIN ? count : null;
}

function toCount(text: string): number | null {
  const plain = /^\s*\d{1,3}(?:([,_'’ ])\d{3})(?:\1\d{3})*\s*(?:bytes?)?\s*$/i.test(text)
    ? text.replace(/[,_'’ ]/g, '')
    : text;
  const digits = /^\s*(\d{1,15})(?:\s*(?:px|bytes?))?\s*$/i.exec(plain)?.[1];
  const count = digits === undefined ? 0 : Number(digits);
  return count === 0 ? null : count;
}

/** Seconds, `mm:ss`, `hh:mm:ss`, or `PT1H2M3S`. */
export function toSeconds(text: string): number | null {
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})$/.exec(text.trim());
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const period = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/i.exec(text.trim());
  if (period !== null)
    return Number(period[1] ?? 0) * 3600 + Number(period[2] ?? 0) * 60 + Number(period[3] ?? 0) || null;
  return spokenSeconds(text) ?? toCount(text.trim().replace(/\.\d+$/, ''));
}
