/**
 * How big an article may be. Every list, text and depth that a file can bring along has a bound here, far beyond what
 * people write, so that no single file can take the publisher's time or memory.
 */

export const ARTICLE_BYTES_MAX = 1024 * 1024;
export const FRONT_MATTER_CHARACTERS_MAX = 64 * 1024;
/** Lists and maps inside one another. */
export const FRONT_MATTER_DEPTH_MAX = 20;
/** Values in one front matter, those that aliases repeat counted each time. */
export const FRONT_MATTER_VALUES_MAX = 5_000;

/** Elements inside one another in an HTML file. */
export const HTML_DEPTH_MAX = 500;

export const TITLE_CHARACTERS_MAX = 1_000;
export const SUMMARY_CHARACTERS_MAX = 10_000;
export const RIGHTS_CHARACTERS_MAX = 1_000;
export const NAME_CHARACTERS_MAX = 200;
export const ID_CHARACTERS_MAX = 500;
export const ADDRESS_CHARACTERS_MAX = 2_000;
/** A path on the site, percent-encoded; object keys end at 1,024 bytes. */
export const PATH_CHARACTERS_MAX = 900;
/** In UTF-8: the longest that S3 takes. */
export const FILE_KEY_BYTES_MAX = 1_024;

export const AUTHORS_MAX = 50;
export const TAGS_MAX = 100;
export const ALIASES_MAX = 100;
export const ATTACHMENTS_MAX = 100;
/** People, transcripts, soundbites and the like of one episode, each. */
export const EPISODE_VALUES_MAX = 50;
/** Articles in one JSON file. */
export const JSON_ITEMS_MAX = 1_000;
