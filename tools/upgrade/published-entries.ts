/** The facts by which subscribers know an entry, read from the public documents, and the changes that an upgrade makes to them. */

/** An entry as one feed shows it. */
interface PublishedEntry {
  readonly guid: string;
  readonly atomId: string;
  readonly url: string;
  readonly published: string;
  readonly updated: string;
  readonly title: string;
}

/** Entries by feed and position in its documents: `tags/sea/feed.json`, then the id of each format. */
export type PublishedFeeds = ReadonlyMap<string, readonly PublishedEntry[]>;

/** @param documents texts of public documents by path */
export function readPublished(documents: ReadonlyMap<string, string>): PublishedFeeds {
  const feeds = new Map<string, readonly PublishedEntry[]>();
  for (const [path, text] of documents) {
    if (!/(?:^|\/)feed\.json$/.test(path)) continue;
    const atom = idsOf(documents.get(path.replace(/feed\.json$/, 'atom.xml')) ?? '');
    const { items }: { items: readonly Record<string, string>[] } = JSON.parse(text);
    const entries = items.map(
      ({ id = '', url = '', title = '', date_published: published = '', date_modified: updated = '' }, index) => ({
        ...{ guid: id, atomId: atom[index] ?? '', url, published, updated, title },
      }),
    );
    feeds.set(path, entries);
  }
  return feeds;
}

function idsOf(atom: string): readonly string[] {
  return [...atom.matchAll(/<entry[\s\S]*?<id>([^<]*)<\/id>/g)].map(([, id = '']) => id);
}

/** Every difference in a sentence: feeds and entries that are gone or new, and ids, addresses and dates that changed. */
export function comparePublished(before: PublishedFeeds, after: PublishedFeeds): readonly string[] {
  const differences: string[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [old, present] = [before.get(path), after.get(path)];
    if (old === undefined || present === undefined) {
      differences.push(`${path}: the document is ${present === undefined ? 'gone' : 'new'}`);
      continue;
    }
    const known = new Map(present.map((entry) => [entry.guid, entry]));
    for (const entry of old) {
      const now = known.get(entry.guid);
      known.delete(entry.guid);
      if (now === undefined) differences.push(`${path}: “${entry.title}” (${entry.guid}) is gone`);
      else {
        for (const name of ['atomId', 'url', 'published', 'updated'] as const) {
          if (entry[name] !== now[name]) {
            differences.push(`${path}: ${name} of “${entry.title}” was ${entry[name]} and is ${now[name]}`);
          }
        }
      }
    }
    for (const entry of known.values()) differences.push(`${path}: “${entry.title}” (${entry.guid}) is new`);
  }
  return differences;
}
