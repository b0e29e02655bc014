/**
 * The first page of the desk: what the publication's readers get, what its author has to mend, what comes, and what the
 * last publication did. A pure function of the model; every text is escaped here, and only entries' content, sanitised by
 * the publisher, goes in as HTML.
 */

import { join } from 'node:path';
import { isPublicAddress } from '../../lambda/address/public-address.ts';
import type { Problem } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import type { Overview } from '../../lambda/publish.ts';
import { nameOf } from '../../lambda/render/html/attachments.ts';
import { TITLE_DEFAULT } from '../../lambda/site/parse-site.ts';
import { type Html, html, joinHtml, rawHtml } from '../../lambda/text/html.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import type { FeedAddresses } from '../publication/build-result.ts';
import type { ComingArticle } from './coming.ts';
import { renderFeeds } from './feeds.ts';
import { countOf, renderDeskPage } from './frame.ts';
import type { PublicationRun } from './journal.ts';
import { renderComing, renderProblems, renderRuns } from './sections.ts';

export interface PreviewModel {
  /** Changes with everything that is published; the script compares it. */
  readonly revision: string;
  /** Null while the site's settings can't be read. */
  readonly site:
    | (Pick<Site, 'title' | 'description' | 'language'> & { readonly pages: Pick<Site['pages'], 'articles'> })
    | null;
  /** Ends with a slash. */
  readonly siteUrl: string;
  /** The content folder, as it was named on the command line. */
  readonly folder: string;
  readonly counts: Overview['counts'];
  /** `all` first. */
  readonly feeds: readonly FeedAddresses[];
  /** Newest first. */
  readonly latest: readonly PreviewEntry[];
  readonly problems: readonly Problem[];
  /** Soonest first. */
  readonly coming: readonly ComingArticle[];
  /** The latest publication runs, the newest first. */
  readonly runs: readonly PublicationRun[];
  /** How many feed documents there are, and how many of them are not valid. */
  readonly documents: { readonly count: number; readonly faulty: number };
}

/** An entry as a feed reader has it. */
export interface PreviewEntry {
  readonly id: string;
  readonly url: string | null;
  /** May be empty. */
  readonly title: string;
  /** RFC 3339, with the offset in which it is shown. */
  readonly published: string | null;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly language: string | null;
  readonly summary: string;
  /** Sanitised HTML. */
  readonly contentHtml: string;
  readonly attachments: readonly { readonly url: string; readonly mimeType: string; readonly title: string }[];
}

export function renderPreview(model: PreviewModel): string {
  const { site } = model;
  const title = site?.title ?? 'Not published yet';
  return renderDeskPage({
    title,
    revision: model.revision,
    here: 'entries',
    head: joinHtml(model.feeds.slice(0, 1).map(renderDiscovery)),
    skip: { to: 'latest', text: 'Skip to the latest entries' },
    body: html`<div class="page" data-live>
<section class="opening" aria-labelledby="site">
<h1 id="site" dir="auto" lang="${site?.language ?? 'en'}">${title}</h1>
${site?.description ? html`<p class="lede" dir="auto" lang="${site.language}">${site.description}</p>` : ''}
${renderCounts(model)}
${renderHint(model)}${renderProblems(model.problems)}${renderComing(model.coming)}${renderRuns(model.runs)}</section>
<nav class="feeds" aria-labelledby="feeds-title">
<h2 id="feeds-title">Feeds</h2>
${renderValidity(model)}${renderFeeds(model.feeds, { siteTitle: title, isPublic: isPublicAddress(model.siteUrl) })}
</nav>
<main id="latest" tabindex="-1" aria-labelledby="latest-title">
<h2 id="latest-title">Latest entries</h2>
${model.latest.length === 0 ? renderEmpty(model) : joinHtml(model.latest.map(renderEntry(model)))}
</main>
</div>
`,
  });
}

function renderValidity({ documents: { count, faulty } }: PreviewModel): Html {
  if (count === 0) return html``;
  const text =
    faulty === 0 ? `${countOf(count, 'document')}, all valid` : `${faulty} of ${countOf(count, 'document')} not valid`;
  return html`<p class="validity${faulty === 0 ? '' : ' error'}"><a href="/_preview/documents/">${text}</a></p>
`;
}

function renderDiscovery(feed: FeedAddresses): Html {
  return html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.atom}">
<link rel="alternate" type="application/rss+xml" title="${feed.title}" href="${feed.rss}">
<link rel="alternate" type="application/feed+json" title="${feed.title}" href="${feed.json}">
`;
}

function renderCounts({ counts }: PreviewModel): Html {
  const rows = [
    [counts.published, counts.published === 1 ? 'entry published' : 'entries published'],
    [counts.scheduled, 'scheduled'],
    [counts.drafts, counts.drafts === 1 ? 'draft' : 'drafts'],
    [counts.broken, 'with errors'],
  ] as const;
  const shown = rows.filter(([count], index) => index === 0 || count > 0);
  return html`<ul class="counts">${joinHtml(shown.map(([count, label]) => html`<li><b>${count}</b> ${label}</li>`))}</ul>`;
}

/** The next steps for the author. */
function renderHint({ folder, site }: PreviewModel): Html {
  const naming = html` It has no name yet: write <code>title: …</code> into <code>${join(folder, SITE_KEY)}</code>.`;
  return html`<p class="hint">Change or add a file in <code>${folder}</code>, and this page follows within a second.${site?.title === TITLE_DEFAULT ? naming : ''}</p>
`;
}

function renderEmpty({ folder, site }: PreviewModel): Html {
  if (site === null) return html`<p class="empty">Nothing can be published until <code>site.yaml</code> is mended.</p>`;
  return html`<p class="empty">Nothing is published yet. Put an article into <code>${folder}</code>, or begin one:</p>
<pre class="command"><code>npm run -s feedwright -- new "A first article" --folder ${folder}</code></pre>`;
}

/** The newest entry is open; the others show how a reader lists them. */
function renderEntry(model: PreviewModel): (entry: PreviewEntry, index: number) => Html {
  const { siteUrl, site } = model;
  const language = site?.language ?? '';
  return (entry, index) => html`<article class="entry" lang="${entry.language ?? language}" dir="auto">
<details data-key="${entry.id}"${index === 0 ? rawHtml(' open') : ''}>
<summary>
${entry.title === '' ? html`<h3 class="untitled" lang="en">Without a title</h3>` : html`<h3>${entry.title}</h3>`}
<p class="byline">${joinHtml(renderByline(entry), ' · ')}</p>
<p class="teaser">${entry.summary}</p>
</summary>
<div class="content">${rawHtml(localise(entry.contentHtml, siteUrl))}</div>
${joinHtml(entry.attachments.map((attachment) => renderAttachment(attachment, siteUrl)))}
<p class="tags">${joinHtml(
    entry.tags.map((tag) => html`<span>${tag}</span>`),
    ' ',
  )}${renderOwnPage(entry, model)}</p>
</details>
</article>
`;
}

/** The way to its page on this server, or to where it was first. */
function renderOwnPage({ url }: PreviewEntry, { siteUrl, site }: PreviewModel): Html {
  const place = url === null ? null : localPlace(url, siteUrl);
  if (place === null || !/^(?:\/|https?:)/.test(place) || (place !== url && site?.pages.articles === false))
    return html``;
  return html` <a class="own-page" href="${place}" lang="en">${place === url ? 'Open the original' : 'Open its page'}</a>`;
}

/** Files of the publication come from this server, whatever address the publication gives them. */
function localPlace(address: string, siteUrl: string): string {
  return address.startsWith(siteUrl) ? `/${address.slice(siteUrl.length)}` : address;
}

function renderByline({ authors, published }: PreviewEntry): Html[] {
  const date = published === null ? [] : [html`<time datetime="${published}" lang="en">${formatDay(published)}</time>`];
  return [...date, ...(authors.length === 0 ? [] : [html`<span>${authors.join(', ')}</span>`])];
}

/** The day in the author's own offset: a Moscow midnight stays on its day. */
function formatDay(rfc3339: string): string {
  const day = new Date(`${rfc3339.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? rfc3339 : DAY_FORMAT.format(day);
}

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function renderAttachment({ url, mimeType, title }: PreviewEntry['attachments'][number], siteUrl: string): Html {
  const place = localPlace(url, siteUrl);
  const name = title === '' ? nameOf(place) : title;
  if (mimeType.startsWith('audio/')) {
    return html`<figure class="media"><figcaption>${name}</figcaption><audio controls preload="none" src="${place}"></audio></figure>`;
  }
  if (mimeType.startsWith('video/')) {
    return html`<figure class="media"><figcaption>${name}</figcaption><video controls preload="none" src="${place}"></video></figure>`;
  }
  return html`<p class="media"><a href="${place}">${name}</a> <span class="code">${mimeType}</span></p>`;
}

/** The publication's own files come from this server, wherever the publication says that it is. */
function localise(contentHtml: string, siteUrl: string): string {
  return contentHtml.replaceAll(` src="${siteUrl}`, ' src="/').replaceAll(` srcset="${siteUrl}`, ' srcset="/');
}
