/** OPML 2.0: the list of all feeds, for readers to import. No date in it, so that the same feeds give the same bytes. */

import { pageAddress, publicAddress, subscriptionPath } from '../model/addresses.ts';
import type { Site } from '../model/site.ts';
import { escapeAddress, escapeAttribute, escapeText } from '../text/xml.ts';

/** The list in UTF-8, in the order given. */
export function renderOpml(input: {
  readonly site: Site;
  readonly feeds: readonly { readonly name: string; readonly title: string }[];
}): Uint8Array {
  const { site, feeds } = input;
  const outlines = feeds.map(({ name, title }) => {
    const text = escapeAttribute(title);
    const xmlUrl = escapeAddress(publicAddress(site.url, subscriptionPath(name, 'rss')));
    const htmlUrl = escapeAddress(pageAddress(site.url, subscriptionPath(name, 'html')));
    return `    <outline text="${text}" title="${text}" type="rss" xmlUrl="${xmlUrl}" htmlUrl="${htmlUrl}"/>\n`;
  });
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${escapeText(site.title)}</title>
  </head>
  <body>
${outlines.join('')}  </body>
</opml>
`);
}
