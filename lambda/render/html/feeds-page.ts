/** The page that lists all feeds, by what they are about. */

import { hasFeedPages } from '../../address/reserved-path.ts';
import { ALL_FEED } from '../../feed/membership.ts';
import { FEEDS_PAGE_PATH, OPML_PATH, pageAddress, subscriptionPath } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import { GROUPS, groupOf, shortTitle } from './feed-groups.ts';
import { renderPage } from './frame.ts';
import { pageLink } from './links.ts';
import { langAndDirection, langAttribute } from './words/language-attributes.ts';
import { type Words, wordsIn } from './words/words.ts';

interface ListedFeed {
  readonly name: string;
  readonly title: string;
}

export interface FeedsPage {
  readonly site: Site;
  /** Those that people may subscribe to, in order of their names. */
  readonly feeds: readonly ListedFeed[];
}

/** The page in UTF-8. */
export function renderFeedsPage({ site, feeds }: FeedsPage): Uint8Array {
  const words = wordsIn(site.language);
  const sentences = langAndDirection(words.language, site.language);
  const groups = [null, ...GROUPS].map((group) => {
    const members = feeds.filter(({ name }) => groupOf(name) === group);
    return members.length === 0 ? html`` : renderGroup(group ?? 'everything', members, site, words);
  });
  return renderPage({
    site,
    language: site.language,
    title: `${words.feeds} – ${site.title}`,
    description: words.feedsText,
    canonical: pageAddress(site.url, FEEDS_PAGE_PATH),
    feeds: [{ name: ALL_FEED, title: site.title }],
    kind: 'feeds',
    main: html`<header class="intro">
<h1${langAttribute(words.language, site.language)}>${words.feeds}</h1>
<p class="lede"${sentences}>${words.feedsText}</p>
</header>
${joinHtml(groups)}<p class="import"><a href="${pageLink(OPML_PATH, site)}"${sentences}>${words.importText}</a></p>
`,
  });
}

function renderGroup(group: keyof Words, feeds: readonly ListedFeed[], site: Site, words: Words): Html {
  return html`<section class="group" aria-labelledby="${group}">
<h2 id="${group}"${langAttribute(words.language, site.language)}>${words[group]}</h2>
<ul class="feeds">
${joinHtml(feeds.map((feed) => renderFeed(feed, site)))}</ul>
</section>
`;
}

function renderFeed({ name, title }: ListedFeed, site: Site): Html {
  const short = html`<bdi>${shortTitle(title, site)}</bdi>`;
  const shown = hasFeedPages(name, site)
    ? html`<a href="${pageLink(subscriptionPath(name, 'html'), site)}">${short}</a>`
    : short;
  return html`<li>${shown}</li>\n`;
}
