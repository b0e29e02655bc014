/** The page beside a feed: what the feed is, how to subscribe to it, what it holds, and the way to the older pages. */

import { ALL_FEED } from '../../feed/membership.ts';
import { archivePath, documentPath, FEEDS_PAGE_PATH, pageAddress, subscriptionPath } from '../../model/addresses.ts';
import type { FeedDocument } from '../../model/document.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import type { Moment } from '../../time/moment.ts';
import { renderEntries } from './entry-list.ts';
import { groupOf, shortTitle } from './feed-groups.ts';
import { type Page, renderLogo, renderPage } from './frame.ts';
import { pageLink } from './links.ts';
import { renderSubscribe } from './subscribe.ts';
import { formatDay } from './words/dates.ts';
import { langAndDirection, langAttribute } from './words/language-attributes.ts';
import { type Words, wordsIn } from './words/words.ts';

/** Stands where the entries go, whose texts are rendered once. No author's text holds it, since those are escaped. */
const ENTRIES = '<entries>';

/** The page as HTML. */
export function renderFeedPage(document: FeedDocument): string {
  const frame = new TextDecoder().decode(renderPage(describePage(document)));
  const [head = '', tail = ''] = frame.split(ENTRIES);
  return `${head}${renderEntries(document).join('')}${tail}`;
}

function describePage(document: FeedDocument): Page {
  const { site, feed, page } = document;
  const words = wordsIn(feed.language);
  const title = titleOf(document);
  return {
    site,
    language: feed.language,
    title: page.kind === 'archive' ? `${title} – ${words.archive} · ${periodOf(document)}` : title,
    description: page.kind === 'archive' ? '' : descriptionOf(document),
    canonical: pageAddress(site.url, documentPath(feed.name, page, 'html')),
    feeds: [{ name: feed.name, title }],
    head: renderNeighbours(document),
    kind: kindOf(document),
    main: html`<div class="h-feed">
${renderIntro(document, words)}${page.kind === 'archive' ? html`` : renderSubscribe(feed, site, words)}${renderList(document, words)}${renderArchiveNavigation(document, words)}</div>
`,
  };
}

function kindOf({ feed, page }: FeedDocument): 'home' | 'feed' {
  return feed.name === ALL_FEED && page.kind !== 'archive' ? 'home' : 'feed';
}

function titleOf({ site, feed }: FeedDocument): string {
  return feed.title.trim() === '' ? site.title : feed.title;
}

function renderIntro(document: FeedDocument, words: Words): Html {
  const { site, feed, page } = document;
  const group = groupOf(feed.name);
  const foreign = langAttribute(words.language, feed.language);
  const kicker =
    group === null
      ? html``
      : html`<p class="kicker"><a href="${pageLink(FEEDS_PAGE_PATH, site)}#${group}"${foreign}>${words[group]}</a></p>\n`;
  const heading =
    kindOf(document) === 'home' ? renderLogo(site) : html`<bdi>${shortTitle(titleOf(document), site)}</bdi>`;
  const text = page.kind === 'archive' ? `${words.archive} · ${periodOf(document)}` : descriptionOf(document);
  const own = page.kind === 'archive' ? foreign : html``;
  const lede = text === '' ? html`` : html`<p class="lede p-summary"${own}>${text}</p>\n`;
  return html`<header class="intro">
${kicker}<h1 class="p-name">${heading}</h1>
${lede}</header>
`;
}

/** What the feed itself is about. What is said of the whole site is said on the home page. */
function descriptionOf({ site, feed }: FeedDocument): string {
  return feed.name === ALL_FEED || feed.description !== site.description ? feed.description.trim() : '';
}

/** From the day of the oldest entry to that of the newest. */
function periodOf({ entries, feed }: FeedDocument): string {
  const { language } = wordsIn(feed.language);
  const day = (moment: Moment | undefined): string => (moment === undefined ? '' : formatDay(moment, language));
  const [newest, oldest] = [day(entries[0]?.published), day(entries.at(-1)?.published)];
  return newest === oldest ? newest : `${oldest} – ${newest}`;
}

function renderList({ entries, feed, page }: FeedDocument, words: Words): Html {
  const heading = page.kind === 'archive' ? words.archive : words.latest;
  const list =
    entries.length === 0
      ? html`<p class="empty"${langAndDirection(words.language, feed.language)}>${words.empty}</p>\n`
      : html`<ol class="entries">\n${{ text: ENTRIES }}</ol>\n`;
  return html`<section class="latest" aria-labelledby="latest">
<h2 id="latest"${langAttribute(words.language, feed.language)}>${heading}</h2>
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
  return html`<nav class="turn" aria-label="${words.archive}"${langAttribute(words.language, document.feed.language)}>
${joinHtml(links)}</nav>
`;
}
