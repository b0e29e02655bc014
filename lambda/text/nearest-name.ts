/** The name somebody most likely meant. */

import { editDistance } from './edit-distance.ts';

/** What other publishing systems call our settings. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  baseurl: 'url',
  siteurl: 'url',
  link: 'url',
  homepage: 'url',
  sitetitle: 'title',
  subtitle: 'description',
  tagline: 'description',
  summary: 'description',
  lang: 'language',
  locale: 'language',
  languagecode: 'language',
  tz: 'timeZone',
  rights: 'copyright',
  license: 'copyright',
  websub: 'hub',
  paginate: 'pageSize',
  perpage: 'pageSize',
  postsperpage: 'pageSize',
  limit: 'pageSize',
  contributors: 'people',
  team: 'people',
  aliases: 'redirects',
  permalinks: 'permalink',
  mail: 'email',
  uri: 'url',
  website: 'url',
  picture: 'avatar',
  photo: 'avatar',
  category: 'tags',
  categories: 'tags',
  excludetags: 'withoutTags',
  nottags: 'withoutTags',
};

/** The known name that is nearest to the one written, or null when none is near. */
export function nearestName(written: string, known: readonly string[]): string | null {
  const plain = plainName(written);
  const synonym = ALSO_CALLED[plain];
  const same = known.find((name) => plainName(name) === plain);
  if (same !== undefined) return same;
  if (synonym !== undefined && known.includes(synonym)) return synonym;

  const distances = known.map((name) => ({ name, distance: editDistance(plain, plainName(name)) }));
  const nearest = distances.reduce((best, next) => (next.distance < best.distance ? next : best), {
    name: '',
    distance: Number.POSITIVE_INFINITY,
  });
  return nearest.distance <= Math.max(1, Math.floor(plain.length / 3)) ? nearest.name : null;
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .slice(0, 50);
}
