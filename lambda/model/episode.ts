/**
 * What makes an article an episode of a podcast, besides its sound or film. `File` is how the files that belong to it
 * are known: as an article names them, or as they are public.
 */

import type { PodcastLicense, PodcastLocation, PodcastPerson, PodcastText } from './podcast.ts';

export interface Episode<File> {
  /** The title without number and show, where it differs from the article's. */
  readonly title: string | null;
  /** The guid under which players know it from another host, where that is no id for an article; RSS shows it. */
  readonly guid: string | null;
  /** Above 0; `12.5` for an episode between two others. */
  readonly number: number | null;
  /** Shown instead of the number: `Ch. 3`. */
  readonly numberLabel: string | null;
  readonly season: number | null;
  readonly seasonName: string | null;
  readonly kind: 'full' | 'trailer' | 'bonus' | null;
  /** Null: as the show is. */
  readonly isExplicit: boolean | null;
  /** Kept out of directories. */
  readonly isBlocked: boolean;
  /** Artwork of its own. */
  readonly image: File | null;
  readonly transcripts: readonly Transcript<File>[];
  readonly chapters: File | null;
  /** In place of the show's people, when there is anybody. */
  readonly people: readonly PodcastPerson[];
  readonly soundbites: readonly Soundbite[];
  readonly locations: readonly PodcastLocation[];
  readonly license: PodcastLicense | null;
  readonly texts: readonly PodcastText[];
}

export interface Transcript<File> {
  readonly file: File;
  /** BCP 47; null for the article's. */
  readonly language: string | null;
  /** Has time codes, so that it can be shown while the sound is heard. */
  readonly isCaptions: boolean;
}

/** A part of the sound that stands for the whole. */
export interface Soundbite {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly title: string | null;
}
