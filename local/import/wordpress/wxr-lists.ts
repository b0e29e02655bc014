/**
 * Where WordPress had the feeds and pages of categories, tags and authors, and where they are now. A category shows what
 * stands in those below it, too; such a one becomes a feed of the site's own at its old place. Of public posts alone: the name
 * of a category may be as private as what is in it.
 */

import { decodePercent } from '../../../lambda/address/percent-encoding.ts';
import { FEED_NAME_CHARACTERS_MAX, FEEDS_MAX, FILTER_VALUES_MAX } from '../../../lambda/model/site-limits.ts';
import { slugify } from '../../../lambda/text/slug.ts';
import { plainText } from '../html/markup.ts';
import type { ExportedFeed } from '../model/exported.ts';
import { type ListForm, type OldList, redirectsOfLists } from '../model/old-lists.ts';
import type { WxrItem } from './wxr-reader.ts';

const LISTS_MAX = 2_000;
const PARENTS_MAX = 10;
const FORMS: readonly ListForm[] = [
  ['feed/', 'rss.xml'],
  ['feed/atom/', 'atom.xml'],
  ['', ''],
];

export interface OldLists {
  /** From a path of WordPress to one of ours. */
  readonly redirects: Readonly<Record<string, string>>;
  readonly feeds: readonly ExportedFeed[];
}

export interface ListSurvey {
  /** A category as the head of an export states it. */
  category(facts: { readonly nicename: string; readonly parent: string; readonly label: string }): void;
  item(item: WxrItem): void;
  /** @param authors names by login */
  lists(authors: ReadonlyMap<string, string>): OldLists;
}

export function surveyLists(): ListSurvey {
  /** Labels of public posts by nicename. */
  const [categories, tags] = [new Map<string, string>(), new Map<string, string>()];
  const heads = new Map<string, { readonly parent: string; readonly label: string }>();
  const logins = new Set<string>();

  /** The nicenames of a category and of those above it, the highest first. */
  const lineOf = (nicename: string): readonly string[] => {
    const line = [nicename];
    for (let above = heads.get(nicename)?.parent; above && line.length < PARENTS_MAX; above = heads.get(above)?.parent)
      line.unshift(above);
    return line;
  };

  /** The labels of public posts below a category, by the nicenames of all that are above one. */
  const gatherBelow = (): ReadonlyMap<string, ReadonlySet<string>> => {
    const below = new Map<string, Set<string>>();
    for (const [nicename, label] of categories) {
      for (const above of lineOf(nicename).slice(0, -1)) below.set(above, (below.get(above) ?? new Set()).add(label));
    }
    return below;
  };

  return {
    category: ({ nicename, parent, label }) => void heads.set(nicename, { parent, label }),
    item({ texts, terms }) {
      const isPublic = texts.get('wp:status') === 'publish' && (texts.get('wp:post_password') ?? '') === '';
      if (!isPublic || texts.get('wp:post_type') !== 'post' || categories.size + tags.size >= LISTS_MAX) return;
      logins.add((texts.get('dc:creator') ?? '').trim());
      for (const { domain, nicename, label } of terms) {
        const labels = domain === 'category' ? categories : domain === 'post_tag' ? tags : null;
        if (nicename !== '') labels?.set(nicename, plainText(label));
      }
    },
    lists(authors) {
      const feeds: ExportedFeed[] = [];
      const pathOf = (nicename: string) =>
        ['category', ...lineOf(nicename).map((part) => decodePercent(part) ?? part)].join('/');
      for (const [nicename, labels] of gatherBelow()) {
        const name = pathOf(nicename);
        const label = categories.get(nicename) ?? heads.get(nicename)?.label ?? nicename;
        const all = [...new Set([...(categories.has(nicename) ? [label] : []), ...labels])];
        if (feeds.length < FEEDS_MAX && all.length <= FILTER_VALUES_MAX && isFeedName(name))
          feeds.push({ name, label, tags: all });
      }
      const own = new Set(feeds.map(({ name }) => name));
      const lists: OldList[] = [
        ...feeds.map(({ name }) => ({ from: name, to: name, isThere: true })),
        ...[...categories]
          .map(([nicename, label]) => ({ from: pathOf(nicename), to: `tags/${slugify(label)}` }))
          .filter(({ from }) => !own.has(from)),
        ...[...tags].map(([nicename, label]) => ({
          from: `tag/${decodePercent(nicename) ?? nicename}`,
          to: `tags/${slugify(label)}`,
        })),
        ...[...logins].flatMap((login) => {
          const nicename = nicenameOf(login);
          const name = authors.get(login) ?? '';
          return nicename === '' || name === '' ? [] : [{ from: `author/${nicename}`, to: `authors/${slugify(name)}` }];
        }),
      ];
      const redirects = redirectsOfLists(lists, FORMS);
      return { redirects, feeds };
    },
  };
}

/** Whether a feed may have it; what lies in `archive` or `pages` is the publisher's. */
function isFeedName(name: string): boolean {
  const parts = name.split('/');
  return (
    name.length <= FEED_NAME_CHARACTERS_MAX &&
    parts.every((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part) && !['archive', 'directory', 'pages'].includes(part))
  );
}

/** The slug that stands for a login in addresses; none for a mail address, which nobody has published. */
function nicenameOf(login: string): string {
  if (login.includes('@')) return '';
  const plain = login.toLowerCase().replaceAll('.', '-');
  return plain
    .replace(/[^\w -]/g, '')
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '');
}
