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
  '11ty': 'eleventy',
  material: 'mkdocs',
  mkdocsmaterial: 'mkdocs',
};

/** The known name that is nearest to the one written, or null when none is near. */
export function nearestName(written: string, known: readonly string[]): string | null {
  const plain = plainName(written);
  const synonym = ALSO_CALLED[plain];
  const same = known.find((name) => plainName(name) === plain);
  if (same !== undefined) return same;
  if (synonym !== undefined && known.includes(synonym)) return synonym;

  return nearest(known, (name) => {
    const distance = editDistance(plain, plainName(name));
    return distance <= Math.max(1, Math.floor(plain.length / 3)) ? distance : null;
  });
}

/** The same for a word of a command line, of which the beginning may be all that was written. */
export function nearestWord(written: string, known: readonly string[]): string | null {
  return nearest(known, (word) => {
    const distance = editDistance(written, word);
    return distance <= wordLength(written, word) / 2 || word.startsWith(written) ? distance : null;
  });
}

/** The first of those that are least far away; those that have no distance were not meant. */
function nearest(known: readonly string[], distanceOf: (name: string) => number | null): string | null {
  let found: { readonly name: string; readonly distance: number } | null = null;
  for (const name of known) {
    const distance = distanceOf(name);
    if (distance !== null && distance < (found?.distance ?? Number.POSITIVE_INFINITY)) found = { name, distance };
  }
  return found?.name ?? null;
}

/** Of the longer of two words, without an option's dashes. */
function wordLength(a: string, b: string): number {
  return Math.max(a.replace(/^-+/, '').length, b.replace(/^-+/, '').length);
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .slice(0, 50);
}

/** How many letters of a word have to be put in, taken out, replaced, or swapped with their neighbour to make another. */
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
