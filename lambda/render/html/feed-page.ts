/** The page beside a feed: what the feed is, how to subscribe to it, what it holds, and the way to the older pages. */

import { archivePath, documentPath, pageAddress, publicAddress, subscriptionPath } from '../../addresses.ts';
import { ALL_FEED } from '../../feed/membership.ts';
import type { Moment } from '../../moment.ts';
import type { FeedDocument } from '../document.ts';
import { joinPieces } from '../pieces.ts';
import { formatDay } from './dates.ts';
import { renderEntries } from './entry-list.ts';
import { FEED_SIGN, FORMAT_NAMES, type Page, renderLogo, renderPage } from './frame.ts';
import { type Html, html, joinHtml } from './html.ts';
import { isPublicAddress, pageLink } from './links.ts';
import { type Words, wordsIn } from './words.ts';

/** Stands where the entries go: they are put in as bytes that are rendered once. It can't come from a text: those are escaped. */
const ENTRIES = '<entries>';

/** The page in UTF-8. */
export function renderFeedPage(document: FeedDocument): Uint8Array {
  const frame = new TextDecoder().decode(renderPage(describePage(document)));
  const [head = '', tail = ''] = frame.split(ENTRIES);
  return joinPieces(head, renderEntries(document), tail);
}

function describePage(document: FeedDocument): Page {
  const { site, feed, page } = document;
  const words = wordsIn(feed.language);
  const isHome = feed.name === ALL_FEED && page.kind !== 'archive';
  const title = titleOf(document);
  return {
    site,
    language: feed.language,
    title: page.kind === 'archive' ? `${title} – ${words.archive}, ${periodOf(document)}` : title,
    description: page.kind === 'archive' ? '' : feed.description,
    canonical: pageAddress(site.url, documentPath(feed.name, page, 'html')),
    feeds: [{ name: feed.name, title }],
    head: renderNeighbours(document),
    kind: isHome ? 'home' : 'feed',
    main: html`<div class="h-feed">
${renderIntro(document, words)}${page.kind === 'archive' ? html`` : renderSubscribe(document, words)}${renderList(document, words)}${renderArchiveNavigation(document, words)}</div>
`,
  };
}

function titleOf({ site, feed }: FeedDocument): string {
  return feed.title.trim() === '' ? site.title : feed.title;
}

function renderIntro(document: FeedDocument, words: Words): Html {
  const { site, feed, page } = document;
  const isHome = feed.name === ALL_FEED && page.kind !== 'archive';
  const heading = isHome ? renderLogo(site) : html`${titleOf(document)}`;
  const detail =
    page.kind === 'archive'
      ? html`<p class="lede">${words.archive}, ${periodOf(document)}</p>\n`
      : feed.description.trim() === ''
        ? html``
        : html`<p class="lede p-summary">${feed.description}</p>\n`;
  return html`<header class="intro">
<h1 class="p-name">${heading}</h1>
${detail}</header>
`;
}

/** From the day of the oldest entry to that of the newest. */
function periodOf({ entries, feed }: FeedDocument): string {
  const { language } = wordsIn(feed.language);
  const day = (moment: Moment | undefined): string => (moment === undefined ? '' : formatDay(moment, language));
  const [newest, oldest] = [day(entries[0]?.published), day(entries.at(-1)?.published)];
  return newest === oldest ? newest : `${oldest} – ${newest}`;
}

/** The addresses are there to be copied, so they are no links: a browser that opens one is led back to this page. */
function renderSubscribe({ site, feed }: FeedDocument, words: Words): Html {
  const addresses = SHOWN_FORMATS.map(
    (format) => [format, publicAddress(site.url, subscriptionPath(feed.name, format))] as const,
  );
  const [[, address] = ['', '']] = addresses;
  const rows = addresses.map(
    ([format, each]) => html`<div><dt>${FORMAT_NAMES[format]}</dt><dd><code>${each}</code></dd></div>\n`,
  );
  return html`<section class="subscribe" aria-labelledby="subscribe">
<h2 id="subscribe">${FEED_SIGN}${words.subscribe}</h2>
<p>${words.subscribeText}</p>
<dl class="addresses">
${joinHtml(rows)}</dl>
<p><a class="open" href="feed:${address}">${words.openInReader}</a></p>
${isPublicAddress(site.url) ? renderReaders(address, words) : html``}</section>
`;
}

/** The one that most people should take comes first. */
const SHOWN_FORMATS = ['atom', 'rss', 'json'] as const;

/** Readers on the web that take an address in a link. */
const WEB_READERS = [
  ['Feedly', 'https://feedly.com/i/subscription/feed/'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed='],
  ['NewsBlur', 'https://www.newsblur.com/?url='],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url='],
] as const;

function renderReaders(address: string, words: Words): Html {
  const items = WEB_READERS.map(
    ([name, link]) => html`<li><a href="${link}${encodeURIComponent(address)}">${name}</a></li>\n`,
  );
  return html`<p class="readers-title" id="readers">${words.readersOnWeb}</p>
<ul class="readers" aria-labelledby="readers">
${joinHtml(items)}</ul>
`;
}

function renderList({ entries, page }: FeedDocument, words: Words): Html {
  const heading = page.kind === 'archive' ? words.archive : words.latest;
  const list =
    entries.length === 0
      ? html`<p class="empty">${words.empty}</p>\n`
      : html`<ol class="entries">\n${{ text: ENTRIES }}</ol>\n`;
  return html`<section class="latest" aria-labelledby="latest">
<h2 id="latest">${heading}</h2>
${list}</section>
`;
}

/** The pages beside this one, by the words of RFC 5005: the previous is the older one. */
function neighboursOf({ site, feed, page }: FeedDocument): {
  readonly older: string | null;
  readonly newer: string | null;
} {
  const archive = (name: string | null): string | null =>
    name === null ? null : pageLink(archivePath(feed.name, name, 'html'), site);
  switch (page.kind) {
    case 'complete':
      return { older: null, newer: null };
    case 'subscription':
      return { older: archive(page.previous), newer: null };
    case 'archive':
      return {
        older: archive(page.previous),
        newer: archive(page.next) ?? pageLink(subscriptionPath(feed.name, 'html'), site),
      };
  }
}

function renderNeighbours(document: FeedDocument): readonly Html[] {
  const { older, newer } = neighboursOf(document);
  return [
    ...(newer === null ? [] : [html`<link rel="prev" href="${newer}">\n`]),
    ...(older === null ? [] : [html`<link rel="next" href="${older}">\n`]),
  ];
}

function renderArchiveNavigation(document: FeedDocument, words: Words): Html {
  const { older, newer } = neighboursOf(document);
  if (older === null && newer === null) return html``;
  const links = [
    ...(newer === null ? [] : [html`<a rel="prev" href="${newer}">${words.newer}</a>\n`]),
    ...(older === null ? [] : [html`<a rel="next" href="${older}">${words.older}</a>\n`]),
  ];
  return html`<nav class="turn" aria-label="${words.archive}">
${joinHtml(links)}</nav>
`;
}
