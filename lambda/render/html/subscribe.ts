/** How to follow a feed: its addresses, and the ways into common readers. */

import { isPublicAddress } from '../../address/public-address.ts';
import { publicAddress, subscriptionPath } from '../../model/addresses.ts';
import type { FeedFormat, FeedHead } from '../../model/document.ts';
import type { Site } from '../../model/site.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import { FEED_SIGN, FORMAT_NAMES } from './frame.ts';
import { langAndDirection } from './words/language-attributes.ts';
import type { Words } from './words/words.ts';

/** The one that most people should take comes first; players of podcasts know RSS alone. */
const FORMATS = ['atom', 'rss', 'json'] as const;
const PODCAST_FORMATS = ['rss', 'atom', 'json'] as const;

/** Readers on the web that take an address in a link. */
const WEB_READERS = [
  ['Feedly', 'https://feedly.com/i/subscription/feed/'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed='],
  ['NewsBlur', 'https://www.newsblur.com/?url='],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url='],
] as const;

/** The addresses are there to be copied, so they are no links: a browser that opens one is led back to this page. */
export function renderSubscribe({ name, podcast, language }: FeedHead, site: Site, words: Words): Html {
  const addressIn = (format: FeedFormat): string => publicAddress(site.url, subscriptionPath(name, format));
  const formats = podcast === undefined ? FORMATS : PODCAST_FORMATS;
  const rows = formats.map(
    (format) =>
      html`<div><dt>${FORMAT_NAMES[format]}</dt><dd><code>${breakable(addressIn(format))}</code></dd></div>\n`,
  );
  const first = addressIn(formats[0]);
  return html`<section class="subscribe" aria-labelledby="subscribe"${langAndDirection(words.language, language)}>
<h2 id="subscribe">${FEED_SIGN}${words.subscribe}</h2>
<p>${words.subscribeText}</p>
<dl class="addresses">
${joinHtml(rows)}</dl>
<p><a class="open" href="feed:${first}">${words.openInReader}</a></p>
${isPublicAddress(site.url) ? renderReaders(first, words) : html``}</section>
`;
}

/** A long address goes on in the next line after a slash. */
function breakable(address: string): Html {
  const parts = address.split(/(?<=[^/]\/)(?=[^/])/).map((part) => html`${part}`);
  return joinHtml(parts, '<wbr>');
}

function renderReaders(address: string, words: Words): Html {
  const items = WEB_READERS.map(
    ([name, link]) => html`<li><a href="${link}${encodeURIComponent(address)}">${name}</a></li>\n`,
  );
  return html`<p class="readers-title" id="readers">${words.readersOnWeb}</p>
<ul class="readers" aria-labelledby="readers">
${joinHtml(items)}</ul>
`;
}
