/** Entries as a list on a page: what each is called, when and by whom it was published, and in short what it says. */

import type { FeedDocument } from '../../model/document.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import { directionOf } from '../../text/language.ts';
import { keepPieces } from '../feed/pieces.ts';
import { itemsOf, type SiteItem } from '../feed/site-item.ts';
import { hostElsewhere, placeOf } from './links.ts';
import { renderDay } from './words/dates.ts';
import { wordsIn } from './words/words.ts';

type Piece = (item: SiteItem) => string;

/** By what the pieces depend on besides the item: the site's address and the page's language. */
const renderers = new Map<string, Piece>();

/** An item of a list for each entry, as HTML. */
export function renderEntries({ entries, feed, site }: FeedDocument): readonly string[] {
  const key = `${site.url} ${feed.language}`;
  const known = renderers.get(key);
  const piece = known ?? keepPieces((item) => renderEntry(item, site.url, feed.language).text);
  if (known === undefined) renderers.set(key, piece);
  return itemsOf(entries, feed, site).map(piece);
}

function renderEntry(item: SiteItem, url: string, language: string): Html {
  const own = item.language ?? language;
  const place = placeOf(item.link, { url });
  const speech = own === language ? html`` : html` lang="${own}" dir="${directionOf(own)}"`;
  const title = item.title === '' ? html`` : html`<h3><a class="u-url p-name" href="${place}">${item.title}</a></h3>\n`;
  const summary = item.description === undefined ? html`` : html`<p class="p-summary">${item.description}</p>\n`;
  return html`<li>
<article class="h-entry${item.picture === null ? '' : ' pictured'}"${speech}>
${title}${renderByline(item, place, url, language)}${summary}${renderPicture(item, url)}</article>
</li>
`;
}

/** An entry without a title is found by its day. */
function renderByline(item: SiteItem, place: string, url: string, language: string): Html {
  const words = wordsIn(language);
  const day = renderDay(item.moments.published, words.language, item.language ?? language, 'dt-published');
  const host = hostElsewhere(item.externalUrl ?? item.link, { url });
  const parts = [
    item.title === '' ? html`<a class="u-url" href="${place}">${day}</a>` : day,
    ...item.author.map(({ name }) => html`<span class="p-author h-card">${name}</span>`),
    ...(host === null ? [] : [html`<span class="host">${host}</span>`]),
  ];
  const isolated = parts.map((part) => html`<bdi>${part}</bdi>`);
  return html`<p class="byline">${joinHtml(isolated, ' · ')}</p>\n`;
}

/** It adds nothing to the title for those who don't see it. */
function renderPicture({ picture }: SiteItem, url: string): Html {
  if (picture === null) return html``;
  const { width, height } = picture;
  const size = width === null || height === null ? html`` : html` width="${width}" height="${height}"`;
  return html`<img class="u-photo" src="${placeOf(picture.url, { url })}" alt=""${size} loading="lazy" decoding="async">\n`;
}
