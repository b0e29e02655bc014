/** The page that lists all feeds, by what they are about. */

import { FEEDS_PAGE_PATH, OPML_PATH, pageAddress, subscriptionPath } from '../../addresses.ts';
import { hasFeedPages } from '../../article/fields/reserved-path.ts';
import { ALL_FEED } from '../../feed/membership.ts';
import type { Site } from '../../site/site.ts';
import { renderPage } from './frame.ts';
import { type Html, html, joinHtml } from './html.ts';
import { pageLink } from './links.ts';
import { type Words, wordsIn } from './words.ts';

interface ListedFeed {
  readonly name: string;
  readonly title: string;
}

export interface FeedsPage {
  readonly site: Site;
  /** Those that people may subscribe to, in order of their names. */
  readonly feeds: readonly ListedFeed[];
}

const GROUPS = [
  ['sections/', 'sections'],
  ['tags/', 'tags'],
  ['authors/', 'authors'],
  ['languages/', 'languages'],
  ['', 'moreFeeds'],
] as const satisfies readonly (readonly [prefix: string, heading: keyof Words])[];

/** The page in UTF-8. */
export function renderFeedsPage({ site, feeds }: FeedsPage): Uint8Array {
  const words = wordsIn(site.language);
  const groups = GROUPS.map(([, heading]) => ({
    heading,
    members: feeds.filter(({ name }) => name !== ALL_FEED && groupOf(name) === heading),
  }));
  return renderPage({
    site,
    language: site.language,
    title: `${words.feeds} – ${site.title}`,
    description: words.feedsText,
    canonical: pageAddress(site.url, FEEDS_PAGE_PATH),
    feeds: [{ name: ALL_FEED, title: site.title }],
    kind: 'feeds',
    main: html`<header class="intro">
<h1>${words.feeds}</h1>
<p class="lede">${words.feedsText}</p>
</header>
${renderGroup(
  words.everything,
  feeds.filter(({ name }) => name === ALL_FEED),
  site,
)}${joinHtml(
  groups
    .filter(({ members }) => members.length > 0)
    .map(({ heading, members }) => renderGroup(words[heading], members, site)),
)}<p class="import"><a href="${pageLink(OPML_PATH, site)}">${words.importText}</a></p>
`,
  });
}

function groupOf(feed: string): string {
  return GROUPS.find(([prefix]) => feed.startsWith(prefix))?.[1] ?? '';
}

function renderGroup(heading: string, feeds: readonly ListedFeed[], site: Site): Html {
  return html`<section class="group">
<h2>${heading}</h2>
<ul class="feeds">
${joinHtml(feeds.map((feed) => renderFeed(feed, site)))}</ul>
</section>
`;
}

function renderFeed({ name, title }: ListedFeed, site: Site): Html {
  // Within a list of one site's feeds, the site's title at the beginning of each only repeats itself.
  const prefix = `${site.title}: `;
  const short = title.startsWith(prefix) ? title.slice(prefix.length) : title;
  const shown = hasFeedPages(name, site)
    ? html`<a href="${pageLink(subscriptionPath(name, 'html'), site)}">${short}</a>`
    : html`${short}`;
  return html`<li>${shown}</li>\n`;
}
