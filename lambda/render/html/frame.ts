/** What all pages share: their head, the top with the way home and to the feeds, and the foot. */

import { createHash } from 'node:crypto';
import {
  CONTENT_TYPES,
  FEED_FORMATS,
  FEEDS_PAGE_PATH,
  publicAddress,
  STYLESHEET_PATH,
  subscriptionPath,
} from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import { directionOf } from '../../text/language.ts';
import { pageLink, placeOf } from './links.ts';
import { renderStylesheet } from './style/stylesheet.ts';
import { langAttribute } from './words/language-attributes.ts';
import { type Words, wordsIn } from './words/words.ts';

export interface Page {
  readonly site: Site;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** Plain text, for search results and link previews; may be empty. */
  readonly description: string;
  /** Absolute address; null for a page that has none of its own. */
  readonly canonical: string | null;
  /** The feeds that browsers and readers find by this page. */
  readonly feeds: readonly { readonly name: string; readonly title: string }[];
  /** More for the head; each ends with a line feed. */
  readonly head?: readonly Html[];
  /** A class of the body: the kind of page. */
  readonly kind: 'home' | 'feed' | 'article' | 'feeds' | 'nothing';
  readonly main: Html;
}

/** The whole page, in UTF-8. */
export function renderPage(page: Page): Uint8Array {
  return Buffer.from(renderFrame(page).text);
}

function renderFrame(page: Page): Html {
  const { language, kind, main } = page;
  const words = wordsIn(language);
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
${joinHtml(renderHead(page))}</head>
<body class="${kind}">
<a class="skip" href="#main"${langAttribute(words.language, language)}>${words.skip}</a>
<header class="top">
${renderTop(page, words)}</header>
<main id="main" tabindex="-1">
${main}</main>
<footer class="foot">
${renderFoot(page, words)}</footer>
</body>
</html>
`;
}

function renderHead(page: Page): readonly Html[] {
  const { site, title, description, canonical, feeds, head = [] } = page;
  return [
    html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
`,
    ...(description === '' ? [] : [html`<meta name="description" content="${description}">\n`]),
    ...(canonical === null
      ? [html`<meta name="robots" content="noindex">\n`]
      : [html`<link rel="canonical" href="${canonical}">\n`]),
    html`<meta name="generator" content="Feedwright">
<meta name="color-scheme" content="light dark">
`,
    ...head,
    ...feeds.flatMap(({ name, title: feedTitle }) =>
      FEED_FORMATS.map((format) => {
        const [type] = CONTENT_TYPES[format].split(';');
        const address = publicAddress(site.url, subscriptionPath(name, format));
        return html`<link rel="alternate" type="${type ?? ''}" title="${feedTitle} (${FORMAT_NAMES[format]})" href="${address}">\n`;
      }),
    ),
    ...renderIcons(site),
    html`<link rel="stylesheet" href="${stylesheetPlace(site)}">\n`,
    ...(site.pages.stylesheet === null
      ? []
      : [html`<link rel="stylesheet" href="${placeOf(site.pages.stylesheet, site)}">\n`]),
  ];
}

export const FORMAT_NAMES = { atom: 'Atom', rss: 'RSS', json: 'JSON Feed' } as const;

function renderIcons({ icon, favicon, url }: Site): readonly Html[] {
  const small = favicon ?? icon;
  return [
    // Without a word about it, browsers would ask for one that is not there.
    html`<link rel="icon" href="${small === null ? 'data:,' : placeOf(small, { url })}">\n`,
    ...(icon === null ? [] : [html`<link rel="apple-touch-icon" href="${placeOf(icon, { url })}">\n`]),
  ];
}

const stylesheetVersions = new Map<string, string>();

/** With what it holds in its address, so that no browser shows a new page in an old style. */
function stylesheetPlace(site: Site): string {
  const { accent } = site.pages;
  const version =
    stylesheetVersions.get(accent ?? '') ??
    createHash('sha256').update(renderStylesheet(site)).digest('base64url').slice(0, 8);
  stylesheetVersions.set(accent ?? '', version);
  return `${pageLink(STYLESHEET_PATH, site)}?${version}`;
}

/** The links of the settings; the one that leads to this page says so. */
function renderMenu({ pages: { menu = [] }, title, url }: Site, here: string | null): Html {
  if (menu.length === 0) return html``;
  const links = menu.map((link) => {
    const isHere = link.url === here ? html` aria-current="page"` : html``;
    return html`<a href="${placeOf(link.url, { url })}"${isHere} dir="auto">${link.title}</a>`;
  });
  return html`<nav class="menu" aria-label="${title}">${joinHtml(links)}</nav>\n`;
}

/** On the home page the title is the page's own heading. */
function renderTop({ site, kind, language, canonical }: Page, words: Words): Html {
  const home =
    kind === 'home'
      ? html`<span></span>`
      : html`<a class="name" href="${pageLink('index.html', site)}">${renderLogo(site)}</a>\n`;
  const isHere = kind === 'feeds' ? html` aria-current="page"` : html``;
  return html`${home}${renderMenu(site, canonical)}<nav aria-label="${words.feeds}"${langAttribute(words.language, language)}><a class="feeds-link" href="${pageLink(FEEDS_PAGE_PATH, site)}"${isHere}>${FEED_SIGN}${words.feeds}</a></nav>
`;
}

/** The logo in place of the title, or the title beside the icon. */
export function renderLogo({ title, icon, pages, url }: Site): Html {
  if (pages.logo !== null) return html`<img class="logo" src="${placeOf(pages.logo, { url })}" alt="${title}">`;
  const sign =
    icon === null ? html`` : html`<img class="icon" src="${placeOf(icon, { url })}" alt="" width="36" height="36">`;
  return html`${sign}<bdi>${title}</bdi>`;
}

export const FEED_SIGN = html`<svg class="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2"><circle cx="3.5" cy="12.5" r="1.2"/><path d="M2.3 7.2a6.5 6.5 0 0 1 6.5 6.5M2.3 2.3a11.4 11.4 0 0 1 11.4 11.4"/></svg>`;

function renderFoot({ site, language }: Page, words: Words): Html {
  const copyright = site.copyright === null ? html`` : html`<p><bdi>${site.copyright}</bdi></p>\n`;
  return html`<p><a href="${pageLink('index.html', site)}" dir="auto">${site.title}</a> · <a href="${pageLink(FEEDS_PAGE_PATH, site)}"${langAttribute(words.language, language)}>${words.feeds}</a></p>
${copyright}`;
}
