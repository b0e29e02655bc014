/** The name somebody most likely meant. */

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

/** How many letters have to be put in, taken out, replaced, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
