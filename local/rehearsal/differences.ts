/** The ways in which what a subscriber is given can differ after a move: what to call each, and what to do about it. */

/** Kinds of differences, the worst first: `lost` and `again` fail a rehearsal. */
const DIFFERENCES = {
  'address-lost': {
    says: (count: string) => `${count} of an old feed where nothing would answer: its subscribers see nothing new`,
    fix: 'Write the old address into “redirects” of site.yaml, and see docs/hosting.md for what answers there.',
    isFailure: true,
  },
  'address-moved': {
    says: (count: string) =>
      `${count} of an old feed that answers with a redirect on AWS and Cloudflare Pages: sfeed follows none`,
    fix: 'Other readers need nothing. With the rules of “build --for” most servers give the feed itself there (docs/hosting.md); elsewhere who reads with sfeed has to subscribe to the new address.',
    isFailure: false,
  },
  'id-missing-before': {
    says: (count: string) => `${count} had no id, and have one`,
    fix: 'Nothing can be done for the readers that are named: they know such an entry by nothing that can be kept.',
    isFailure: true,
  },
  'id-scheme': {
    says: (count: string) => `${count} whose id differs only in http and https`,
    fix: 'Keep the old ids: “feedwright adopt” takes them from the old feed.',
    isFailure: true,
  },
  'id-domain': {
    says: (count: string) => `${count} with an id on another domain`,
    fix: 'Keep the old ids with the old domain in them: “feedwright adopt” takes them from the old feed.',
    isFailure: true,
  },
  'id-slash': {
    says: (count: string) => `${count} with an id that differs in the slash at its end`,
    fix: 'Choose the rule of the old system (“ids: jekyll” has no slash, “ids: permalink” the one of the address), or “feedwright adopt”.',
    isFailure: true,
  },
  'id-escapes': {
    says: (count: string) => `${count} with an id whose escapes differ in capitals (%d0, %D0)`,
    fix: 'Keep the old ids: “feedwright adopt” takes them from the old feed, letter by letter.',
    isFailure: true,
  },
  'id-space': {
    says: (count: string) => `${count} whose old id has white space around it`,
    fix: 'Nothing can be done for the readers that are named: an id is written without white space around it here.',
    isFailure: true,
  },
  'id-changed': {
    says: (count: string) => `${count} with another id`,
    fix: 'Choose the rule of the old system in site.yaml (“ids: permalink”, “ids: jekyll”), or take the old ids with “feedwright adopt”.',
    isFailure: true,
  },
  'entry-lost': {
    says: (count: string) => `${count} of the old feed that are not here`,
    fix: 'If they were moved, let an alias or the title show which they are; if not, their readers keep what they have.',
    isFailure: true,
  },
  'feed-address': {
    says: (count: string) => `${count} at another address of the feed`,
    fix: 'Keep the domain, if you can; let the old address answer with 301.',
    isFailure: false,
  },
  'format-changed': {
    says: (count: string) => `${count} in another format under the old address`,
    fix: 'Lead the old address to the feed in the format that it had.',
    isFailure: false,
  },
  'date-of-change': {
    says: (count: string) => `${count} whose date of change differs, with an id that is an address`,
    fix: 'Nothing has to be done: one reader counts that date. Write “updated” into the article to keep it.',
    isFailure: false,
  },
  'link-or-title': {
    says: (count: string) => `${count} with another link or title`,
    fix: 'Nothing has to be done: one reader counts them.',
    isFailure: false,
  },
  'old-link-lost': {
    says: (count: string) => `${count} whose old link would lead nowhere; Liferea and yarr keep it for ever`,
    fix: 'Write the old path into “aliases” of the article.',
    isFailure: false,
  },
  'id-twice': {
    says: (count: string) => `${count} with the id of another one: newsboat shows one of them`,
    fix: 'The first keeps the id; the other has one of its own here, and is new once.',
    isFailure: false,
  },
  'shown-first': {
    says: (count: string) =>
      `${count} of the archive in the new feed: who subscribed lately was never given them, and gets them as unread`,
    fix: 'A smaller “pageSize” in site.yaml shows fewer of them. Who has had them does not see them again.',
    isFailure: false,
  },
  'older-than-known': {
    says: (count: string) =>
      `${count} in the new feed that are older than all of the old feed: who was given them once knows them by ids that can’t be compared`,
    fix: 'Make sure of the rule for ids (“ids” in site.yaml); a smaller “pageSize” shows fewer of them.',
    isFailure: false,
  },
} as const;

export type DifferenceKind = keyof typeof DIFFERENCES;

export const DIFFERENCE_KINDS = Object.keys(DIFFERENCES) as readonly DifferenceKind[];

/** An entry, or an address, of one kind. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The entry's key in the old feed; null for an entry that the old feed does not have, and for an address. */
  readonly entry: string | null;
  /** The readers that show it as new; empty where none does. */
  readonly readers: readonly string[];
  /** The old value and the new one; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly title: string;
}

export function isFailure({ kind }: Pick<Difference, 'kind'>): boolean {
  return DIFFERENCES[kind].isFailure;
}

export function describeKind(kind: DifferenceKind, count: number): { readonly says: string; readonly fix: string } {
  const { says, fix } = DIFFERENCES[kind];
  const thing = kind.startsWith('address-') ? ['address', 'addresses'] : ['entry', 'entries'];
  return { says: says(`${count} ${count === 1 ? thing[0] : thing[1]}`), fix };
}

/** How a changed id is changed. */
export function kindOfId(before: string, after: string): DifferenceKind {
  const same = (change: (id: string) => string): boolean => change(before) === change(after);
  if (same((id) => id.replace(/^https?:/i, ''))) return 'id-scheme';
  if (same((id) => id.replace(/\/$/, ''))) return 'id-slash';
  if (same((id) => id.replace(/%[0-9a-f]{2}/gi, (written) => written.toUpperCase()))) return 'id-escapes';
  const areAddresses = [before, after].every((id) => /^https?:\/\//i.test(id));
  if (areAddresses && same((id) => id.replace(/^https?:\/\/[^/?#]*/i, ''))) return 'id-domain';
  return 'id-changed';
}
