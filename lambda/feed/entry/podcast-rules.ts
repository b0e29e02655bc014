/**
 * What directories ask of a podcast (Apple's requirements, which the others share). Breaking one keeps nothing from
 * being published, but keeps the show, or an episode, out of directories.
 */

import type { AssetFacts } from '../../article/media/media.ts';
import { type Entry, type Media, playableOf } from '../../model/entry.ts';
import type { Podcast } from '../../model/podcast.ts';
import { createProblem, type Problem, type ProblemCode } from '../../model/problem.ts';
import type { FeedDefinition, Site } from '../../model/site.ts';
import { PODCAST_PAGE_SIZE } from '../../model/site-limits.ts';
import { SITE_KEY } from '../../site/setting.ts';
import { cutPages } from '../pages.ts';

const ARTWORK_PIXELS_MIN = 1_400;
const ARTWORK_PIXELS_MAX = 3_000;
const DESCRIPTION_BYTES_MAX = 4_000;
const ARTWORK_TYPES = ['image/jpeg', 'image/png'];
const SOUND_TYPES = ['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'video/mp4', 'video/quicktime', 'video/x-m4v'];
const SOUND_ENDING = /\.(?:mp3|m4a|mp4|m4v|mov)$/i;

/** An episode and the file that it is made from. */
export interface EpisodeSource {
  /** Key in the content store. */
  readonly key: string;
  readonly entry: Entry;
}

/** A feed that is a podcast. */
export interface Show {
  readonly definition: FeedDefinition;
  readonly podcast: Podcast;
  readonly site: Site;
  /** What is known of its artwork; null when it lies elsewhere, so that nothing can be known of it. */
  readonly artwork: AssetFacts | 'missing' | null;
  /** Oldest first. */
  readonly episodes: readonly EpisodeSource[];
}

/** What is wrong with a show and its episodes; each as a warning. */
export function checkShow(show: Show): readonly Problem[] {
  return [
    ...checkChannel(show),
    ...checkShowArtwork(show),
    ...checkLength(show),
    ...show.episodes.flatMap(checkEpisode),
    ...checkNumbers(show),
    ...checkRepetitions(show),
  ];
}

/** The address of the picture that stands for the show, or null when there is none. */
export function artworkOf({ podcast, site }: Pick<Show, 'podcast' | 'site'>): string | null {
  return podcast.image ?? site.icon ?? site.image;
}

function checkChannel({ definition, podcast, site, episodes }: Show): readonly Problem[] {
  const { name } = definition;
  const description = definition.description || site.description;
  const says = (message: string, fix: string) => warn('podcast-incomplete', SITE_KEY, message, fix);
  return [
    ...(podcast.categories.length > 0
      ? []
      : [says(`The podcast “${name}” has no category.`, `Write one of Apple’s: “category: Arts > Books”.`)]),
    ...(podcast.owner !== null
      ? []
      : [
          says(`The podcast “${name}” has no owner to write to.`, 'Write “owner: Name <mail>”; directories ask there.'),
        ]),
    ...(podcast.author !== null || site.authors.some((author) => author.name !== null)
      ? []
      : [says(`The podcast “${name}” has no author.`, 'Write “author: …”, or name the authors of the site.')]),
    ...(description !== ''
      ? []
      : [says(`The podcast “${name}” has no description.`, 'Write a sentence or two as its “description”.')]),
    ...(Buffer.byteLength(description) <= DESCRIPTION_BYTES_MAX
      ? []
      : [says(`The description of “${name}” has more than ${DESCRIPTION_BYTES_MAX} bytes.`, 'Shorten it.')]),
    ...(episodes.length > 0
      ? []
      : [says(`The podcast “${name}” has no episode.`, 'Give it an article that names a sound: “audio: first.mp3”.')]),
  ];
}

function checkShowArtwork(show: Show): readonly Problem[] {
  const { name } = show.definition;
  const address = artworkOf(show);
  const fix = `Name a square JPEG or PNG of ${ARTWORK_PIXELS_MIN} to ${ARTWORK_PIXELS_MAX} pixels as “image” of the podcast.`;
  if (address === null) return [warn('podcast-artwork', SITE_KEY, `The podcast “${name}” has no artwork.`, fix)];
  if (show.artwork === null) return [];
  const fault = show.artwork === 'missing' ? 'is not there' : artworkFault(show.artwork);
  if (fault === null) return [];
  return [warn('podcast-artwork', SITE_KEY, `The artwork of “${name}”, ${address}, ${fault}.`, fix)];
}

/** Directories know no archive pages: for them, an episode that is not in the subscription document is withdrawn. */
function checkLength({ definition, episodes }: Show): readonly Problem[] {
  const newest = cutPages(episodes, PODCAST_PAGE_SIZE / 2, false).rest.length;
  if (newest === episodes.length) return [];
  const message = `Of the ${episodes.length} episodes of “${definition.name}”, directories show the newest ${newest}: they read no archive pages.`;
  const fix = 'A page can hold no more: give older seasons a podcast of their own, by a section or a tag.';
  return [warn('podcast-incomplete', SITE_KEY, message, fix)];
}

/** What keeps a picture from being artwork, or null. */
function artworkFault({ mimeType, width, height }: Pick<AssetFacts, 'mimeType' | 'width' | 'height'>): string | null {
  if (!ARTWORK_TYPES.includes(mimeType)) return `is ${mimeType}, not JPEG or PNG`;
  if (width === null || height === null) return null;
  if (width !== height) return `is not square but ${width} × ${height} pixels`;
  if (width >= ARTWORK_PIXELS_MIN && width <= ARTWORK_PIXELS_MAX) return null;
  return `has ${width} × ${height} pixels, not ${ARTWORK_PIXELS_MIN} to ${ARTWORK_PIXELS_MAX}`;
}

function checkEpisode({ key, entry }: EpisodeSource): readonly Problem[] {
  const sound = playableOf(entry);
  const image = entry.episode?.image ?? null;
  const fault = image === null ? null : artworkFault(image);
  return [
    ...(entry.title.trim() === ''
      ? [warn('podcast-episode', key, 'The episode has no title.', 'Write “title: …”.')]
      : []),
    ...(sound === null ? [] : checkSound(key, sound)),
    ...(fault === null
      ? []
      : [
          warn(
            'podcast-artwork',
            key,
            `The artwork of the episode, ${image?.url}, ${fault}.`,
            `Take a square JPEG or PNG of ${ARTWORK_PIXELS_MIN} to ${ARTWORK_PIXELS_MAX} pixels, or none.`,
          ),
        ]),
  ];
}

function checkSound(key: string, { url, mimeType, lengthBytes, durationSeconds }: Media): readonly Problem[] {
  const says = (message: string, fix: string) => warn('podcast-episode', key, message, fix);
  const isPlayed = SOUND_TYPES.includes(mimeType) && SOUND_ENDING.test(new URL(url).pathname);
  return [
    ...(isPlayed
      ? []
      : [
          says(
            `Not every player plays ${url} (${mimeType}).`,
            'Publish the episode as .mp3 or .m4a, this file beside it.',
          ),
        ]),
    ...(lengthBytes !== null
      ? []
      : [says(`The size of ${url} is not known.`, 'Write its bytes: “audio: { url: …, length: 12345678 }”.')]),
    ...(durationSeconds !== null
      ? []
      : [says(`The duration of ${url} is not known.`, 'Write it beside the sound: “duration: 12:34”.')]),
  ];
}

/** A serial show is ordered by its numbers; in any show two episodes of one number are taken for one. */
function checkNumbers({ definition, podcast, episodes }: Show): readonly Problem[] {
  const seen = new Map<string, string>();
  return episodes.flatMap(({ key, entry: { episode } }) => {
    if ((episode?.kind ?? 'full') !== 'full') return [];
    const number = episode?.number ?? null;
    if (number === null) {
      if (podcast.order === 'episodic') return [];
      const message = `“${definition.name}” is serial, and the episode has no number.`;
      return [warn('podcast-episode', key, message, 'Write “episode: 1”, or “episode_type: bonus”.')];
    }
    const place = `${episode?.season ?? ''} ${number}`;
    const other = seen.get(place);
    seen.set(place, other ?? key);
    if (other === undefined) return [];
    const message = `The episode has the same season and number as ${other}.`;
    return [warn('podcast-episode', key, message, 'Give one of the two another “episode” or “season”.')];
  });
}

/** Players take two episodes with one guid for one, and Apple passes over a sound that it has seen in another. */
function checkRepetitions({ episodes }: Show): readonly Problem[] {
  const seen = new Map<string, string>();
  return episodes.flatMap(({ key, entry }) => {
    const sound = playableOf(entry);
    const marks = [
      [
        'guid',
        entry.episode?.guid ?? entry.guid ?? entry.id,
        'Give it the guid that it has had so far as “podcast_guid”, or none.',
      ],
      ['sound', sound?.url ?? '', 'Give it a sound of its own; who wants the old one finds the old episode.'],
    ] as const;
    return marks.flatMap(([name, value, fix]) => {
      const mark = `${name} ${value}`;
      const other = seen.get(mark);
      seen.set(mark, other ?? key);
      if (value === '' || other === undefined) return [];
      return [warn('podcast-episode', key, `The episode has the same ${name} as ${other}: ${value}`, fix)];
    });
  });
}

function warn(code: ProblemCode, path: string, message: string, fix: string): Problem {
  return createProblem(code, { path, line: null, message, fix });
}
