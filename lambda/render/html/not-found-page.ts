/** What an address says at which there is nothing. */

import { ALL_FEED } from '../../feed/membership.ts';
import { FEEDS_PAGE_PATH } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { html } from '../../text/html.ts';
import { renderPage } from './frame.ts';
import { pageLink } from './links.ts';
import { langAndDirection, langAttribute } from './words/language-attributes.ts';
import { wordsIn } from './words/words.ts';

/** The page in UTF-8. */
export function renderNotFoundPage(site: Site): Uint8Array {
  const words = wordsIn(site.language);
  const foreign = langAttribute(words.language, site.language);
  return renderPage({
    site,
    language: site.language,
    title: `${words.notFound} – ${site.title}`,
    description: '',
    canonical: null,
    feeds: [{ name: ALL_FEED, title: site.title }],
    kind: 'nothing',
    main: html`<header class="intro">
<h1${foreign}>${words.notFound}</h1>
<p class="lede"${langAndDirection(words.language, site.language)}>${words.notFoundText}</p>
</header>
<ul class="ways">
<li><a href="${pageLink('index.html', site)}"${foreign}>${words.home}</a></li>
<li><a href="${pageLink(FEEDS_PAGE_PATH, site)}"${foreign}>${words.feeds}</a></li>
</ul>
`,
  });
}
