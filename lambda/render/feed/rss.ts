/**
 * RSS 2.0 as the RSS Advisory Board specifies it, with its Best Practices Profile, and with Atom links, Dublin Core,
 * Media RSS and feed history (RFC 5005) for what RSS itself can't say.
 */

import {
  CDATA_END,
  CDATA_START,
  escapeAddress,
  escapeAttribute,
  escapeHtml,
  escapeText,
  insideCdata,
} from '../../text/xml.ts';
import { formatRfc822, formatUtc } from '../../time/moment.ts';
import { historyMark, type SiteFeedModel, type SiteFeedOptions } from './feed-options.ts';
import { saysAlready } from './lead.ts';
import { isMoreThanEnclosure, MEDIA_NAMESPACE, renderMedia } from './media-rss.ts';
import { chainTexts, keepPieces, type Texts } from './pieces.ts';
import { PODCAST_NAMESPACES, renderEpisode, renderShow } from './podcast.ts';
import type { SiteAuthor, SiteItem } from './site-item.ts';
import { hasWords } from './title.ts';

const START = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:media="${MEDIA_NAMESPACE}"`;
const END = `  </channel>
</rss>
`;

const rssItem = keepPieces(renderItem);

/** The feed as an RSS document. */
export function renderRss(feed: SiteFeedModel): Texts {
  const namespaces = feed.options.show === undefined ? '' : ` ${PODCAST_NAMESPACES}`;
  const start = `${START}${namespaces}>\n  <channel>\n`;
  return chainTexts(start + renderChannel(feed.options), feed.items.map(rssItem), END);
}

/**
 * The channel's own elements; they stand before the items. Links of Atom stand before the channel's own, because yarr takes
 * the last element of that name for it, in whatever namespace it is.
 */
function renderChannel(options: SiteFeedOptions): string {
  const { updatedMoment, ttl, copyright } = options;
  const mark = historyMark(options.history);
  const editor = options.authors.map(mailbox).find((text) => text !== null);
  return (
    element('title', escapeText(options.title)) +
    renderLinks(options) +
    element('link', escapeAddress(options.link)) +
    element('description', escapeText(options.description)) +
    (options.language === '' ? '' : element('language', escapeText(options.language))) +
    (copyright === undefined ? '' : element('copyright', escapeText(copyright))) +
    (editor === undefined ? '' : element('managingEditor', escapeText(editor))) +
    (updatedMoment === null ? '' : element('lastBuildDate', formatRfc822(updatedMoment))) +
    (options.generator ? element('generator', escapeText(options.generator)) : '') +
    (options.topics ?? []).map((topic) => element('category', escapeText(topic))).join('') +
    (ttl === undefined ? '' : element('ttl', String(ttl))) +
    renderImage(options) +
    (mark && `    ${mark}`) +
    renderShow(options)
  );
}

/** Title and link are the channel's. */
function renderImage({ channelImage, title, link }: SiteFeedOptions): string {
  if (channelImage === undefined) return '';
  return `    <image>
      <url>${escapeAddress(channelImage)}</url>
      <title>${escapeText(title)}</title>
      <link>${escapeAddress(link)}</link>
    </image>
`;
}

function renderLinks({ feedLinks, hubs, history }: SiteFeedOptions): string {
  const self = feedLinks.rss === '' ? '' : channelLink('self', feedLinks.rss);
  const hubLinks = hubs.map((hub) => `    <atom:link rel="hub" href="${escapeAddress(hub)}"/>\n`).join('');
  switch (history.kind) {
    case 'complete':
    case 'unstated':
      return self + hubLinks;
    case 'subscription':
      return self + hubLinks + channelLink('prev-archive', history.previous.rss);
    case 'archive':
      return (
        self +
        channelLink('current', history.current.rss) +
        (history.previous ? channelLink('prev-archive', history.previous.rss) : '') +
        (history.next ? channelLink('next-archive', history.next.rss) : '')
      );
  }
}

function channelLink(relation: string, address: string): string {
  return `    <atom:link rel="${relation}" type="application/rss+xml" href="${escapeAddress(address)}"/>\n`;
}

/** An item. It needs a title or a description; `description` stands before `content:encoded` (Profile). */
function renderItem(item: SiteItem): Texts {
  const { published, updated } = item.moments;
  const { before, content, behind } = renderText(item);
  const start = `    <item>
${renderTitle(item)}      <link>${escapeAddress(item.link)}</link>
${renderGuid(item)}      <pubDate>${formatRfc822(published)}</pubDate>
${updated.at === published.at ? '' : `      <atom:updated>${formatUtc(updated)}</atom:updated>\n`}\
${detail('dc:creator', item.byline.map(({ name }) => name).join(', '))}\
${item.contributor.map(({ name }) => detail('dc:contributor', name)).join('')}\
${item.category.map(({ name }) => detail('category', name)).join('')}\
${item.language === undefined ? '' : detail('dc:language', item.language)}\
${item.copyright === undefined ? '' : detail('dc:rights', item.copyright)}\
${before}`;
  const end = `${behind}${renderEpisode(item)}${renderAttachments(item)}\
${item.externalUrl === undefined ? '' : `      <atom:link rel="related" href="${escapeAddress(item.externalUrl)}"/>\n`}\
    </item>
`;
  return [start, content, end];
}

/** Left out where there is none; an item that has no words either shows its address, as in Atom. */
function renderTitle({ title, description, content, link }: SiteItem): string {
  if (title !== '') return detail('title', title);
  return description === undefined && !hasWords(content ?? '') ? detail('title', link) : '';
}

function renderGuid({ id, guid, link, episode }: SiteItem): string {
  const former = episode?.guid ?? guid;
  if (former !== undefined) return `      <guid isPermaLink="false">${escapeText(former)}</guid>\n`;
  const isPermaLink = id === link && /^https?:/i.test(id);
  return `      <guid isPermaLink="${isPermaLink}">${escapeAddress(id)}</guid>\n`;
}

/** `mail (Name)`, or null without a mail address. What would end the parenthesis early is left out of the name. */
function mailbox({ name, email }: SiteAuthor): string | null {
  const words = name.replace(/[()\\\s]+/g, ' ').trim();
  return email === undefined || words === '' ? null : `${email} (${words})`;
}

/** The content in its place. */
interface RenderedText {
  readonly before: string;
  readonly content: string;
  readonly behind: string;
}

/**
 * An RSS description is HTML. Without a summary it holds the content, as it always did before `content:encoded`. So does
 * an episode's whose summary only repeats how its notes begin: directories show the description alone, with its links.
 */
function renderText({ sound, description: summary, content }: SiteItem): RenderedText {
  const isRepeated = sound !== undefined && content !== undefined && saysAlready(content, summary ?? '');
  const description = isRepeated ? undefined : summary;
  const short =
    description === undefined
      ? ''
      : `      <description>${CDATA_START}${escapeHtml(description)}${CDATA_END}</description>\n`;
  if (content === undefined) return { before: short, content: '', behind: '' };
  const name = description === undefined ? 'description' : 'content:encoded';
  return {
    before: `${short}      <${name}>${CDATA_START}`,
    content: insideCdata(content),
    behind: `${CDATA_END}</${name}>\n`,
  };
}

/**
 * What there is beside the text. The enclosure stands behind all sounds and films, because newsboat plays what it sees last,
 * and before the picture, which would else be the enclosure of whoever takes the last. It is announced a second time only
 * where that says more: there are readers that show both.
 */
function renderAttachments({ enclosure, attachments, picture }: SiteItem): string {
  const media = attachments.filter((one) => one.url !== enclosure?.url || isMoreThanEnclosure(one, attachments));
  return (
    renderMedia(media, '      ') +
    (enclosure === undefined ? '' : renderEnclosure(enclosure)) +
    renderMedia(picture === null ? [] : [picture], '      ')
  );
}

function renderEnclosure({ url, type, length }: NonNullable<SiteItem['enclosure']>): string {
  return `      <enclosure url="${escapeAddress(url)}" length="${length ?? 0}" type="${escapeAttribute(type)}"/>\n`;
}

function element(name: string, markup: string): string {
  return `    <${name}>${markup}</${name}>\n`;
}

function detail(name: string, text: string): string {
  return `      <${name}>${escapeText(text)}</${name}>\n`;
}
