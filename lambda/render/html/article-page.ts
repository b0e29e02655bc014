/** The page of an article, at the article's own address. It depends on the entry and the settings alone. */

import { toUri } from '../../address/outward-address.ts';
import { ALL_FEED } from '../../feed/membership.ts';
import { subscriptionPath } from '../../model/addresses.ts';
import type { Entry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { type Html, html, joinHtml, rawHtml } from '../../text/html.ts';
import { slugify } from '../../text/slug.ts';
import { saysAlready } from '../feed/lead.ts';
import { renderArticleHead } from './article-head.ts';
import { renderFiles, renderPlayers } from './attachments.ts';
import { renderContent } from './content.ts';
import { renderPage } from './frame.ts';
import { nameHeadings } from './heading-ids.ts';
import { hostElsewhere, pageLink, placeOf } from './links.ts';
import { formatDay, renderDay } from './words/dates.ts';
import { langAndDirection, langAttribute } from './words/language-attributes.ts';
import { type Words, wordsIn } from './words/words.ts';

export interface ArticlePage {
  readonly site: Site;
  readonly entry: Entry;
  /** Names of the feeds that the entry is in. */
  readonly feeds: readonly string[];
  /** Its original and its other translations. @default none */
  readonly translations?: readonly Entry[];
}

/** The page in UTF-8. */
export function renderArticlePage(article: ArticlePage): Uint8Array {
  const { site, entry } = article;
  const language = entry.language ?? site.language;
  const words = wordsIn(language);
  const title = entry.title === '' ? formatDay(entry.published, words.language) : entry.title;
  return renderPage({
    site,
    language,
    title: `${title} – ${site.title}`,
    description: entry.summary,
    canonical: toUri(entry.url),
    feeds: [{ name: ALL_FEED, title: site.title }],
    head: [...renderAlternates(article), ...renderArticleHead(entry, site)],
    kind: 'article',
    main: renderArticle(article, title, words),
  });
}

function renderArticle(article: ArticlePage, title: string, words: Words): Html {
  const { site, entry } = article;
  const lede =
    entry.summary === '' || saysAlready(entry.contentHtml, entry.summary)
      ? html``
      : html`<p class="lede p-summary">${entry.summary}</p>\n`;
  return html`<article class="h-entry">
<header class="intro">
${renderSection(article)}<h1 class="p-name">${title}</h1>
${lede}${renderByline(article, words)}</header>
${renderPlayers(entry, site, words)}<div class="content e-content">
${rawHtml(renderContent(nameHeadings(entry.contentHtml, site), site, words))}
</div>
${renderSource(entry, site, words)}${renderFiles(entry, site, words)}<footer class="about">
${renderTranslations(article, words)}${renderTags(article, words)}${entry.rights === null ? html`` : html`<p class="rights"><bdi>${entry.rights}</bdi></p>\n`}</footer>
</article>
`;
}

function renderSection({ entry, site, feeds }: ArticlePage): Html {
  const { section } = entry;
  const feed = section === null ? '' : `sections/${section.slug}`;
  if (section === null || !feeds.includes(feed)) return html``;
  return html`<p class="kicker"><a href="${feedLink(feed, site)}" dir="auto">${section.label}</a></p>\n`;
}

/** An article without a title has its day for one. */
function renderByline(article: ArticlePage, words: Words): Html {
  const { entry } = article;
  const { published, updated } = entry;
  const language = entry.language ?? article.site.language;
  const publishedDay = renderDay(published, words.language, words.language, 'dt-published');
  const isUndated = entry.page === 'undated';
  const isRevised = !isUndated && formatDay(updated, words.language) !== formatDay(published, words.language);
  const parts = [
    ...renderAuthors(article),
    ...(isUndated ? [] : [html`<a class="u-url" href="${placeOf(entry.url, article.site)}">${publishedDay}</a>`]),
    ...(isRevised ? [html`${words.updated} ${renderDay(updated, words.language, words.language, 'dt-updated')}`] : []),
  ];
  if (parts.length === 0) return html``;
  const isolated = parts.map((part) => html`<bdi>${part}</bdi>`);
  return html`<p class="byline"${langAttribute(words.language, language)}>${joinHtml(isolated, ' · ')}</p>\n`;
}

/** An author's name leads to the author's feed here, else to where the author is at home. */
function renderAuthors({ entry, site, feeds }: ArticlePage): readonly Html[] {
  return entry.authors.flatMap(({ name, url }) => {
    const shown = name ?? (url === null ? null : (URL.parse(url)?.hostname ?? null));
    if (shown === null) return [];
    const feed = `authors/${slugify(shown)}`;
    const place = feeds.includes(feed) ? feedLink(feed, site) : url === null ? null : toUri(url);
    if (place === null) return [html`<span class="p-author h-card">${shown}</span>`];
    return [html`<a class="p-author h-card" href="${place}">${shown}</a>`];
  });
}

/** The page that a link post is about. */
function renderSource({ externalUrl, language }: Entry, site: Site, words: Words): Html {
  const host = externalUrl === null ? null : hostElsewhere(externalUrl, site);
  if (externalUrl === null || host === null) return html``;
  return html`<p class="source"><a class="u-bookmark-of" href="${toUri(externalUrl)}"${langAndDirection(words.language, language ?? site.language)}>${words.elsewhere} <bdi>${host}</bdi></a></p>\n`;
}

/** By language, the article itself among them; one of two in one language is none. */
function versionsOf({ site, entry, translations = [] }: ArticlePage): readonly (readonly [string, Entry])[] {
  const versions = new Map([...translations, entry].map((each) => [each.language ?? site.language, each]));
  return versions.size < 2 ? [] : [...versions].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** https://developers.google.com/search/docs/specialty/international/localized-versions: each names all, and itself. */
function renderAlternates(article: ArticlePage): readonly Html[] {
  return versionsOf(article).map(
    ([language, { url }]) => html`<link rel="alternate" hreflang="${language}" href="${toUri(url)}">\n`,
  );
}

function renderTranslations(article: ArticlePage, words: Words): Html {
  const others = versionsOf(article).filter(([, each]) => each !== article.entry);
  if (others.length === 0) return html``;
  const links = others.map(([language, { url }]) => {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
    return html`<li><a rel="alternate" hreflang="${language}" lang="${language}" href="${placeOf(url, article.site)}">${name}</a></li>\n`;
  });
  return html`<ul class="tags" aria-label="${words.languages}">
${joinHtml(links)}</ul>
`;
}

function renderTags({ entry, site, feeds }: ArticlePage, words: Words): Html {
  const tags = entry.tags.filter(({ label }) => label.trim() !== '');
  if (tags.length === 0) return html``;
  const items = tags.map(({ slug, label }) => {
    const feed = `tags/${slug}`;
    return feeds.includes(feed)
      ? html`<li><a class="p-category" rel="tag" href="${feedLink(feed, site)}" dir="auto">${label}</a></li>\n`
      : html`<li><span class="p-category" dir="auto">${label}</span></li>\n`;
  });
  return html`<ul class="tags" aria-label="${words.tags}">
${joinHtml(items)}</ul>
`;
}

function feedLink(feed: string, site: Site): string {
  return pageLink(subscriptionPath(feed, 'html'), site);
}
