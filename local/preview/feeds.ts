/** The list of feeds on the preview page: the main one with everything, the others by kind, each in three formats. */

import { type Html, html, joinHtml, rawHtml } from '../../lambda/text/html.ts';
import type { FeedAddresses } from '../publication/build-result.ts';

/** Groups of up to this many feeds are open from the start. */
const OPEN_FEEDS_COUNT_MAX = 4;

const GROUPS = [
  ['sections/', 'Sections'],
  ['tags/', 'Tags'],
  ['authors/', 'Authors'],
  ['languages/', 'Languages'],
  ['', 'More feeds'],
] as const;

export interface FeedListOptions {
  readonly siteTitle: string;
  /** Readers on the web are offered too; they can't reach this machine. */
  readonly isPublic: boolean;
}

export function renderFeeds(feeds: readonly FeedAddresses[], { siteTitle, isPublic }: FeedListOptions): Html {
  const [main, ...others] = feeds;
  if (main === undefined) return html`<p class="empty">None yet.</p>`;
  const groupOf = ({ name }: FeedAddresses): string => GROUPS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? '';
  const groups = GROUPS.map(([, label]) => [label, others.filter((feed) => groupOf(feed) === label)] as const);
  const render = (label: string, members: readonly FeedAddresses[]): Html =>
    renderGroup(label, members, `${siteTitle}: `);
  return html`${renderMain(main, isPublic)}
${joinHtml(groups.filter(([, members]) => members.length > 0).map(([label, members]) => render(label, members)))}`;
}

function renderMain(feed: FeedAddresses, isPublic: boolean): Html {
  return html`<div class="subscribe">
<p>Paste this address into a feed reader:</p>
<p class="address"><code>${feed.atom}</code></p>
<p class="readers">${renderCopy(feed.atom, 'Copy')}<a class="button" href="feed:${feed.atom}">Open in a reader</a>${isPublic ? renderReaders(feed) : ''}</p>
${isPublic ? '' : html`<p class="note">A reader on this machine can reach it; one on the web can’t.</p>\n`}${renderFormats(feed)}
</div>`;
}

function renderReaders({ atom }: FeedAddresses): Html {
  const address = encodeURIComponent(atom);
  return html` <a href="https://feedly.com/i/subscription/feed/${address}">Feedly</a>
<a href="https://www.inoreader.com/?add_feed=${address}">Inoreader</a>
<a href="https://www.newsblur.com/?url=${address}">NewsBlur</a>`;
}

/** `prefix` is what the titles of all feeds begin with; within a list it only repeats itself. */
function renderGroup(label: string, feeds: readonly FeedAddresses[], prefix: string): Html {
  const open = feeds.length <= OPEN_FEEDS_COUNT_MAX ? rawHtml(' open') : '';
  return html`<details class="group" data-key="feeds/${label}"${open}>
<summary><h3>${label}</h3> <span class="number">${feeds.length}</span></summary>
<ul>${joinHtml(feeds.map((feed) => html`<li>${renderName(feed, prefix)}${renderFormats(feed)}</li>`))}</ul>
</details>
`;
}

function renderName({ name, title, entries }: FeedAddresses, prefix: string): Html {
  const short = title.startsWith(prefix) ? title.slice(prefix.length) : title;
  return html`<p class="name"><span dir="auto" title="${name}">${short}</span> <span class="number">${entries}</span></p>`;
}

function renderFormats(feed: FeedAddresses): Html {
  const formats = [
    ['RSS', feed.rss],
    ['Atom', feed.atom],
    ['JSON', feed.json],
  ] as const;
  const items = formats.map(
    ([label, address]) =>
      html`<span class="format"><a href="${address}" aria-label="${feed.title} as ${label}">${label}</a>${renderCopy(address, '', `Copy the ${label} address of ${feed.title}`)}</span>`,
  );
  return html`<p class="formats">${joinHtml(items)}</p>`;
}

/** Shown by the script only: without one it could do nothing. */
function renderCopy(address: string, text: string, label = 'Copy the address'): Html {
  return html`<button type="button" data-copy="${address}" aria-label="${label}" title="${label}" hidden><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round"/></svg>${text}</button>`;
}
