/** Ids that Feedwright has made for Atom, which takes no plain words (lambda/model/entry-id.ts). */

/** Of an id that Feedwright has made for Atom from a word: the word, by which RSS and JSON Feed know the entry, and the site. */
export function wordOf(id: string): { readonly site: string; readonly word: string } | null {
  const [, site, word] = /^urn:feedwright:([^:]+):(.+)$/.exec(id) ?? [];
  if (site === undefined || word === undefined) return null;
  try {
    return { site: decodeURIComponent(site), word: decodeURIComponent(word) };
  } catch {
    return null;
  }
}

/** Of the first such id. */
export function siteIdOf(ids: readonly (string | null)[]): string | null {
  return ids.map((id) => (id === null ? null : wordOf(id))?.site).find((site) => site !== undefined) ?? null;
}
