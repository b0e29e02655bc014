/**
 * Ids as other systems make them, so that subscribers of a site that has moved see nothing twice. What each system really
 * writes was measured (docs/decisions/120). Pure.
 *
 * They are texts to compare, not addresses to open: where a system leaves spaces in them, so does this.
 */

import { stem } from '../../address/file-name.ts';
import { decodePercent } from '../../address/percent-encoding.ts';
import { findIdFault } from '../../model/entry-id.ts';
import type { SiteIds } from '../../model/site.ts';
import type { Moment } from '../../time/moment.ts';

/** What ids are made of. */
export interface IdFacts {
  /** Content key. */
  readonly key: string;
  /** Begins with a slash, percent-encoded. */
  readonly path: string;
  /** As the author states it. */
  readonly slug?: string | undefined;
  readonly published: Moment;
}

type Form = (facts: IdFacts, url: string) => string;

const FORMS: Readonly<Record<SiteIds['form'], Form>> = {
  /** The address with its slash, encoded. Hugo, Eleventy, Hexo, Nikola, MkDocs, Astro. */
  permalink: ({ path }, url) => url + encode(decode(path).slice(1)),

  /** The same without it: Astro with `trailingSlash: 'never'`. */
  'permalink-without-slash': ({ path }, url) => url + encode(withoutSlash(decode(path)).slice(1)),

  /** The folder of the address, and the name of the file or the stated slug. `/about-me/` of `2024-01-02-spring.md` is `/spring`. */
  jekyll({ key, path, slug }, url) {
    const place = withoutSlash(decode(path));
    const folder = place.slice(1, place.lastIndexOf('/') + 1);
    return url + encode(folder + (slug === undefined ? jekyllName(key) : decode(slug)));
  },

  /** `tag:` with the host without its port, the day in the article's own zone, and the whole path, not encoded. */
  pelican({ path, published: { at, offsetMinutes } }, url) {
    const { hostname, pathname } = new URL(url);
    const day = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 10);
    return `tag:${hostname},${day}:${decode(pathname)}${decode(path).slice(1)}`;
  },

  /** The address without its slash, not encoded. */
  docusaurus: ({ path }, url) => url + withoutSlash(decode(path)).slice(1),

  /** The address of a file, not encoded. That of an `index.md` is its folder. */
  vitepress({ key, path }, url) {
    const place = decode(path).slice(1);
    const isFolder = /(?:^|\/)index$/i.test(stem(key)) || !place.endsWith('/');
    return url + (isFolder ? place : `${withoutSlash(place)}.html`);
  },
};

/** The id that an article had in the system that the settings name; null for one that no feed could hold. */
export function formedId({ form, url }: SiteIds, facts: IdFacts): string | null {
  // Readers take white space off the ends.
  const id = FORMS[form](facts, url).trim();
  return findIdFault(id) === null ? id : null;
}

/** A post's name in Jekyll: without date and ending, and without dots at its end. */
function jekyllName(key: string): string {
  const name = stem(key.slice(key.lastIndexOf('/') + 1));
  return name.replace(/^\d{2,4}-\d{1,2}-\d{1,2}-/, '').replace(/\.+$/, '');
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

function decode(path: string): string {
  return decodePercent(path) ?? path;
}

/** As all of these systems encode a path, in capital digits: what may stand in one stays, and so do `+`, `&`, `,` and `@`. */
function encode(path: string): string {
  return encodeURI(path.toWellFormed()).replace(/[?#]/g, encodeURIComponent);
}
