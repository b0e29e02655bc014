/**
 * OPML 2.0: the list of all feeds, for readers to import. The feed of everything stands first and alone, the others in a
 * folder of their kind: who imports them all sees which ones only repeat it. No date in it, so that the same feeds give the
 * same bytes.
 */

import { pageAddress, publicAddress, subscriptionPath } from '../model/addresses.ts';
import type { Site } from '../model/site.ts';
import { escapeAddress, escapeAttribute, escapeText } from '../text/xml.ts';
import { GROUPS, groupOf } from './html/feed-groups.ts';
import { wordsIn } from './html/words/words.ts';

interface ListedFeed {
  readonly name: string;
  readonly title: string;
}

/** The list in UTF-8, in the order given within each folder. */
export function renderOpml(input: { readonly site: Site; readonly feeds: readonly ListedFeed[] }): Uint8Array {
  const { site, feeds } = input;
  const words = wordsIn(site.language);
  const outlines = (group: ReturnType<typeof groupOf>, indent: string) =>
    feeds.filter(({ name }) => groupOf(name) === group).map((feed) => indent + renderFeed(feed, site));
  const folders = GROUPS.map((group) => {
    const members = outlines(group, '      ');
    const label = escapeAttribute(words[group]);
    return members.length === 0 ? '' : `    <outline text="${label}">\n${members.join('')}    </outline>\n`;
  });
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${escapeText(site.title)}</title>
  </head>
  <body>
${outlines(null, '    ').join('')}${folders.join('')}  </body>
</opml>
`);
}

function renderFeed({ name, title }: ListedFeed, site: Site): string {
  const text = escapeAttribute(title);
  const xmlUrl = escapeAddress(publicAddress(site.url, subscriptionPath(name, 'rss')));
  const htmlUrl = escapeAddress(pageAddress(site.url, subscriptionPath(name, 'html')));
  return `<outline text="${text}" title="${text}" type="rss" xmlUrl="${xmlUrl}" htmlUrl="${htmlUrl}"/>\n`;
}
