/** The settings that make a feed of the site's own a podcast. */

import type { Moment } from '../time/moment.ts';
import type { Person } from './article.ts';

export interface Podcast {
  /** Square artwork of 1400 to 3000 pixels, JPEG or PNG: an absolute address. Null: the site's image or icon. */
  readonly image: string | null;
  /** From Apple's list, the most fitting first. */
  readonly categories: readonly PodcastCategory[];
  readonly isExplicit: boolean;
  /** Who presents it, as directories show it; null: the site's authors. */
  readonly author: string | null;
  /** Whom directories write to. */
  readonly owner: { readonly name: string | null; readonly email: string } | null;
  /** Serial: to be heard from the first episode on. */
  readonly order: 'episodic' | 'serial';
  /** No further episode will come. */
  readonly isComplete: boolean;
  /** Kept out of directories. */
  readonly isBlocked: boolean;
  /** Where the feed has moved to. */
  readonly newFeedUrl: string | null;
  /** The identity of the show, in lower case; null: made from the feed's address, as the Podcast namespace says. */
  readonly guid: string | null;
  /** Whether other hosts are asked not to import the feed; null: nothing is said. */
  readonly isLocked: boolean | null;
  readonly funding: readonly { readonly url: string; readonly label: string }[];
  readonly people: readonly PodcastPerson[];
  readonly medium: PodcastMedium | null;
  readonly license: PodcastLicense | null;
  readonly trailers: readonly PodcastTrailer[];
  readonly locations: readonly PodcastLocation[];
  readonly texts: readonly PodcastText[];
  readonly updateFrequency: { readonly label: string; readonly rule: string | null } | null;
  /** BCP 47; null: the site's. */
  readonly language: string | null;
}

export interface PodcastCategory {
  readonly name: string;
  readonly subcategory: string | null;
}

/** Somebody who takes part in a show or an episode. */
export interface PodcastPerson {
  readonly name: string;
  /** Of the Podcast Taxonomy: `host`, `guest`, `producer`…; null for a host. */
  readonly role: string | null;
  readonly group: string | null;
  /** Absolute addresses. */
  readonly image: string | null;
  readonly url: string | null;
}

export const PODCAST_MEDIA = [
  'podcast',
  'music',
  'video',
  'film',
  'audiobook',
  'newsletter',
  'blog',
  'course',
] as const;

type PodcastMedium = (typeof PODCAST_MEDIA)[number];

export interface PodcastLicense {
  /** An identifier of SPDX in lower case, or a name of one's own. */
  readonly name: string;
  readonly url: string | null;
}

interface PodcastTrailer {
  readonly title: string;
  readonly published: Moment;
  readonly url: string;
  readonly mimeType: string;
  readonly lengthBytes: number | null;
  readonly season: number | null;
}

export interface PodcastLocation {
  readonly name: string;
  /** `subject`: what it is about; `creator`: where it was made. */
  readonly relation: 'subject' | 'creator' | null;
  /** `geo:38.7,-9.1` (RFC 5870), also with an altitude and parameters: `geo:38.7,-9.1;u=500`. */
  readonly geo: string | null;
  /** OpenStreetMap: a letter for the kind (N, W, R) and the number; `#` and a revision may follow. */
  readonly osm: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

export interface PodcastText {
  readonly text: string;
  readonly purpose: string | null;
}

/** Somebody of the site's as one who takes part in a show; null without a name. */
export function toPodcastPerson(
  { name, url, avatar }: Person,
  role: string | null,
  group: string | null,
): PodcastPerson | null {
  return name === null ? null : { name, role, group, image: avatar, url };
}
