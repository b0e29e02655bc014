/** How big site.yaml may be. Every list and text in it has a bound, far beyond what a publication needs. */

export const SITE_BYTES_MAX = 512 * 1024;
/** Lists and maps inside one another. */
export const SITE_DEPTH_MAX = 10;
/** Values in the file, those that aliases repeat counted each time. */
export const SITE_VALUES_MAX = 20_000;

export const TITLE_CHARACTERS_MAX = 300;
export const TEXT_CHARACTERS_MAX = 4_000;
export const NAME_CHARACTERS_MAX = 200;
export const ADDRESS_CHARACTERS_MAX = 2_000;
/** Object keys end at 1,024 bytes, and a feed's name is a part of its documents' and its archive's. */
export const FEED_NAME_CHARACTERS_MAX = 100;

export const PAGE_SIZE_DEFAULT = 30;
export const PAGE_SIZE_MIN = 10;
export const PAGE_SIZE_MAX = 200;
/** Not more than PAGE_SIZE_MIN: a feed without documents has no archive. */
export const FEED_MINIMUM_MAX = 10;
/** Directories read no archive pages: to them, an episode is withdrawn that is not in the newest. */
export const PODCAST_PAGE_SIZE = 1_000;

export const AUTHORS_MAX = 50;
export const PEOPLE_MAX = 2_000;
export const LANGUAGES_MAX = 100;
export const HUBS_MAX = 10;
export const FEEDS_MAX = 200;
export const FILTER_VALUES_MAX = 200;
/** Names, titles and labels in the Podcast namespace: players cut longer ones. */
export const PODCAST_NAME_CHARACTERS_MAX = 128;
/** Apple shows the first and keeps three. */
export const PODCAST_CATEGORIES_MAX = 3;
/** People, places, funding links and the like of one podcast. */
export const PODCAST_VALUES_MAX = 50;
/** Patterns of files that are pages, or are none. */
export const PAGE_PATTERNS_MAX = 500;
export const MENU_LINKS_MAX = 20;
export const REDIRECTS_MAX = 5_000;
/** Words of `status` that the settings explain. */
export const STATUSES_MAX = 500;
