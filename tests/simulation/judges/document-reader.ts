/** What a subscriber makes of one document, in any of the three formats. Pure; what was read once is kept. */

export interface ReadDocument {
  /** What is wrong with it as it stands. */
  readonly faults: readonly string[];
  /** Ids of the entries. */
  readonly ids: readonly string[];
  readonly titles: readonly EntryTitle[];
  /** Number of the settings that its own title names; null when they name none. */
  readonly settings: number | null;
  /** Path of the next older document; null when there is none. */
  readonly previous: string | null;
  /** Path of the next newer one; null when there is none, and where the format has no such link. */
  readonly next: string | null;
  /** When the feed says it last changed, in milliseconds since the epoch; null where it doesn't say. */
  readonly updated: number | null;
  /** When each entry was last changed, as JSON tells, in milliseconds since the epoch. */
  readonly changes: readonly { readonly writing: string; readonly at: number }[];
  /** Paths of the pictures it names. */
  readonly pictures: readonly string[];
}

/** Titles tell the article and the write that an entry comes from. */
export interface EntryTitle {
  readonly article: string;
  readonly write: number;
}

const SITE_URL = 'https://example.org/';
/** Of so many documents one is looked at to its last character. */
const WHOLE_LOOK_EVERY = 16;

const read = new WeakMap<Uint8Array, ReadDocument>();
const decoder = new TextDecoder();

export function readDocument(path: string, body: Uint8Array): ReadDocument {
  const known = read.get(body);
  if (known !== undefined) return known;
  const text = decoder.decode(body);
  const document = path.endsWith('.json') ? readJsonFeed(text) : readXml(text);
  read.set(body, document);
  return document;
}

const NOTHING = {
  ids: [],
  changes: [],
  titles: [],
  settings: null,
  previous: null,
  next: null,
  updated: null,
  pictures: [],
};

interface JsonFeed {
  readonly title: string;
  readonly next_url?: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly date_published: string;
    readonly date_modified: string;
  }[];
}

function readJsonFeed(text: string): ReadDocument {
  let feed: JsonFeed;
  try {
    feed = JSON.parse(text) as JsonFeed;
  } catch {
    return { ...NOTHING, faults: ['is no JSON'] };
  }
  return {
    ...NOTHING,
    ...readTitles(feed.items.map(({ title }) => title)),
    ids: feed.items.map(({ id }) => id),
    // A copy of a file says the same, and is another entry.
    changes: feed.items.map(({ id, title, date_published, date_modified }) => ({
      writing: `${title} (${id}) of ${new Date(date_published).toISOString()}`,
      at: Date.parse(date_modified),
    })),
    settings: settingsIn(feed.title),
    previous: feed.next_url === undefined ? null : pathOf(feed.next_url),
    pictures: picturesIn(text),
  };
}

function readXml(text: string): ReadDocument {
  const start = Math.max(0, text.search(/<(?:item|entry)[ >]/));
  const head = start === 0 ? text : text.slice(0, start);
  const isAtom = text.includes('<feed ');
  const updated = /<(?:updated|lastBuildDate)>([^<]+)</.exec(head)?.[1];
  const fault = findXmlFault(text, isAtom);
  const titles = start === 0 ? [] : [...text.slice(start).matchAll(/<title[^>]*>([^<]*)<\/title>/g)];
  const ids = start === 0 ? [] : [...text.slice(start).matchAll(isAtom ? /<id>([^<]+)</g : /<guid[^>]*>([^<]+)</g)];
  const { faults, ...named } = readTitles(titles.map(([, title = '']) => title));
  return {
    ...named,
    faults: [...faults, ...(fault === null ? [] : [`is not well-formed: ${fault}`])],
    ids: ids.map(([, id = '']) => id),
    changes: [],
    settings: settingsIn(/<title[^>]*>([^<]*)</.exec(head)?.[1] ?? ''),
    previous: linkIn(head, 'prev-archive'),
    next: linkIn(head, 'next-archive'),
    updated: updated === undefined ? null : Date.parse(updated),
    pictures: [],
  };
}

function readTitles(titles: readonly string[]): Pick<ReadDocument, 'titles' | 'faults'> {
  const read = titles.map((title) => /^k(\d+(?:\.\d+)?) r(\d+)$/.exec(title));
  const strange = titles.filter((_, index) => read[index] === null);
  return {
    titles: read.flatMap((parts) => (parts === null ? [] : [{ article: parts[1] ?? '', write: Number(parts[2]) }])),
    faults: strange.map((title) => `shows ${JSON.stringify(title)}, which nobody wrote`),
  };
}

function settingsIn(title: string): number | null {
  const number = /\bT(\d+)/.exec(title)?.[1];
  return number === undefined ? null : Number(number);
}

function linkIn(head: string, relation: string): string | null {
  const address = new RegExp(`rel="${relation}"[^>]* href="([^"]+)"`).exec(head)?.[1];
  return address === undefined ? null : pathOf(address);
}

function pathOf(address: string): string {
  return decodeURI(address.slice(SITE_URL.length));
}

function picturesIn(text: string): readonly string[] {
  const found = text.matchAll(/https:\/\/example\.org\/((?:news\/)?pic-\d\.(?:png|svg))/g);
  return [...new Set([...found].map(([, path = '']) => path))];
}

/** Beginning and end tell half a document; what is in between is looked at now and then. */
function findXmlFault(text: string, isAtom: boolean): string | null {
  if (!text.startsWith('<?xml ')) return 'it has no beginning';
  if (!text.trimEnd().endsWith(isAtom ? '</feed>' : '</rss>')) return 'it has no end';
  return text.length % WHOLE_LOOK_EVERY === 0 ? findFaultInside(text) : null;
}

const XML_PART =
  /<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>]+)(?:\s+[^\s=>]+="[^"<]*")*\s*(\/?)>|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);|[<&]/g;

/** Tags that match and nothing unescaped: enough to see two documents that were mixed. */
function findFaultInside(text: string): string | null {
  const open: string[] = [];
  let roots = 0;
  for (const [part, slash, name, empty] of text.matchAll(XML_PART)) {
    if (part === '<' || part === '&') return `a stray ${part}`;
    if (name === undefined) continue;
    if (slash === '/') {
      const expected = open.pop();
      if (expected !== name) return `</${name}> closes <${expected ?? 'nothing'}>`;
    } else {
      if (open.length === 0) roots += 1;
      if (empty !== '/') open.push(name);
    }
  }
  if (open.length > 0) return `<${open.join('> <')}> stays open`;
  return roots === 1 ? null : `it has ${roots} roots`;
}
