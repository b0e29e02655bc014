/**
 * Atom 1.0 (RFC 4287), with feed history (RFC 5005), deleted entries (RFC 6721) where the site wants them announced,
 * and Media RSS for what is known of pictures.
 */

import type { Media } from '../../model/entry.ts';
import { CDATA_END, CDATA_START, escapeAddress, escapeAttribute, escapeText, insideCdata } from '../../text/xml.ts';
import { formatUtc, type Moment, momentAt } from '../../time/moment.ts';
import { historyMark, type SiteFeedModel, type SiteFeedOptions } from './feed-options.ts';
import { MEDIA_NAMESPACE, renderAllMedia } from './media-rss.ts';
import { chainTexts, keepPieces, type Texts } from './pieces.ts';
import type { SiteAuthor, SiteCategory, SiteItem } from './site-item.ts';
import { firstWords } from './title.ts';
import { updatedTexts } from './updated-text.ts';

/** Atom wants a date of every feed; one that never had an entry has no other, and the clock is none of ours. */
const UPDATED_BEFORE_ALL: Moment = momentAt(Date.UTC(2000, 0, 1));

const atomEntry = keepPieces(renderEntry);

/** The feed as an Atom document. */
export function renderAtom(feed: SiteFeedModel): Texts {
  const updated = updatedTexts(feed.items);
  const entries = feed.items.map((item, index) => {
    const { start, middle, content, end } = atomEntry(item);
    return [`${start}    <updated>${updated[index]}</updated>\n${middle}`, content, end];
  });
  return chainTexts(renderHead(feed.options), entries, '</feed>\n');
}

function renderHead(options: SiteFeedOptions): string {
  const { description, title, copyright, removals } = options;
  const icon = options.icon ?? options.favicon;
  const tombstones = removals.length === 0 ? '' : ' xmlns:at="http://purl.org/atompub/tombstones/1.0"';
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:media="${MEDIA_NAMESPACE}"${tombstones}${languageMark(options.language)}>
  <id>${escapeText(options.id)}</id>
  ${textConstruct('title', title)}
${description === title ? '' : `  ${textConstruct('subtitle', description)}\n`}\
  <updated>${formatUtc(options.updatedMoment ?? UPDATED_BEFORE_ALL)}</updated>
${options.byline.map((author) => renderPerson('author', author, '  ')).join('')}\
${(options.contributors ?? []).map((person) => renderPerson('contributor', person, '  ')).join('')}\
${(options.topics ?? []).map((topic) => `  <category term="${escapeAttribute(topic)}"/>\n`).join('')}\
${renderLinks(options)}\
${copyright === undefined ? '' : `  ${textConstruct('rights', copyright)}\n`}\
${icon === undefined ? '' : `  <icon>${escapeAddress(icon)}</icon>\n`}\
${options.image === undefined ? '' : `  <logo>${escapeAddress(options.image)}</logo>\n`}\
${options.generator ? `  <generator>${escapeText(options.generator)}</generator>\n` : ''}\
${renderRemovals(removals)}`;
}

/** The home page stands first and last: there are readers that take the first link, and others that take the last. */
function renderLinks({ feedLinks, link, language, hubs, history }: SiteFeedOptions): string {
  const hubLinks = hubs.map((hub) => `  <link rel="hub" href="${escapeAddress(hub)}"/>\n`).join('');
  const self = feedLinks.atom === '' ? '' : feedLink('self', feedLinks.atom);
  const last = language === '' ? '' : `  ${alternateLink(link, language)}\n`;
  const mark = historyMark(history);
  return `  ${alternateLink(link)}\n${self}${hubLinks}${historyLinks(history)}${last}${mark && `  ${mark}`}`;
}

function historyLinks(history: SiteFeedOptions['history']): string {
  switch (history.kind) {
    case 'complete':
    case 'unstated':
      return '';
    case 'subscription':
      return feedLink('prev-archive', history.previous.atom);
    case 'archive':
      return (
        feedLink('current', history.current.atom) +
        (history.previous ? feedLink('prev-archive', history.previous.atom) : '') +
        (history.next ? feedLink('next-archive', history.next.atom) : '')
      );
  }
}

function languageMark(language: string): string {
  return language === '' ? '' : ` xml:lang="${escapeAttribute(language)}"`;
}

/** Two of them differ in their language (4.1.1): one says none. */
function alternateLink(address: string, language?: string): string {
  const hreflang = language === undefined ? '' : ` hreflang="${escapeAttribute(language)}"`;
  return `<link rel="alternate" type="text/html"${hreflang} href="${escapeAddress(address)}"/>`;
}

function feedLink(relation: string, address: string): string {
  return `  <link rel="${relation}" type="application/atom+xml" href="${escapeAddress(address)}"/>\n`;
}

/** Tombstones. No two may have the same ref and time (RFC 6721, 3), so the same removal is told once. */
function renderRemovals(removals: SiteFeedOptions['removals']): string {
  const lines = removals.map(
    ({ id, at }) => `  <at:deleted-entry ref="${escapeAddress(id)}" when="${formatUtc(at)}"/>\n`,
  );
  return [...new Set(lines)].join('');
}

/** Between `start` and `middle` stands its `updated`, which depends on the entries beside it. */
interface RenderedEntry {
  readonly start: string;
  readonly middle: string;
  readonly content: string;
  readonly end: string;
}

function renderEntry(item: SiteItem): RenderedEntry {
  const { content } = item;
  return {
    start: `  <entry${languageMark(item.language ?? '')}>
    <id>${escapeAddress(item.id)}</id>
    ${textConstruct('title', titleOf(item))}
${renderEntryLinks(item)}\
    <published>${formatUtc(item.moments.published)}</published>
`,
    middle: `\
${item.byline.map((author) => renderPerson('author', author, '    ')).join('')}\
${item.contributor.map((author) => renderPerson('contributor', author, '    ')).join('')}\
${item.category.map(renderCategory).join('')}\
${item.copyright === undefined ? '' : `    ${textConstruct('rights', item.copyright)}\n`}\
${renderSummary(item)}${content === undefined ? '' : `    <content type="html">${CDATA_START}`}`,
    content: content === undefined ? '' : insideCdata(content),
    end: `\
${content === undefined ? '' : `${CDATA_END}</content>\n`}${renderAllMedia(item, '    ')}\
  </entry>
`,
  };
}

/** The entry's own page stands first, and again behind other links, in its language: as with the feed's home page. */
function renderEntryLinks({ link, externalUrl, attachments, pageLanguage }: SiteItem): string {
  const page = `    ${alternateLink(link)}\n`;
  const others =
    (externalUrl === undefined ? '' : `    <link rel="related" href="${escapeAddress(externalUrl)}"/>\n`) +
    attachments.map(renderEnclosure).join('');
  return others === '' || pageLanguage === ''
    ? page + others
    : `${page}${others}    ${alternateLink(link, pageLanguage)}\n`;
}

/** It is advisable that no title is empty (4.1.1.1): an entry without one goes by its first words, or its address. */
function titleOf({ title, description, link }: SiteItem): string {
  return title || firstWords(description ?? '') || link;
}

function renderEnclosure({ url, mimeType, lengthBytes, title }: Media): string {
  const length = lengthBytes === null ? '' : ` length="${lengthBytes}"`;
  const label = title === null ? '' : ` title="${escapeAttribute(title)}"`;
  const type = escapeAttribute(mimeType);
  return `    <link rel="enclosure" type="${type}"${length}${label} href="${escapeAddress(url)}"/>\n`;
}

/** There are readers that show the term, so it is the author's spelling too. */
function renderCategory({ scheme, name }: SiteCategory): string {
  const attributes = `term="${escapeAttribute(name)}" scheme="${escapeAddress(scheme)}" label="${escapeAttribute(name)}"`;
  return `    <category ${attributes}/>\n`;
}

function renderPerson(role: 'author' | 'contributor', { name, link, email }: SiteAuthor, indent: string): string {
  const uri = link === undefined ? '' : `<uri>${escapeAddress(link)}</uri>`;
  const mail = email === undefined ? '' : `<email>${escapeText(email)}</email>`;
  return `${indent}<${role}><name>${escapeText(name)}</name>${uri}${mail}</${role}>\n`;
}

/** Without a content there has to be one, and that is advised not to be empty (4.1.1.1). */
function renderSummary(item: SiteItem): string {
  const summary = item.description ?? (item.content === undefined ? titleOf(item) : undefined);
  return summary === undefined ? '' : `    ${textConstruct('summary', summary)}\n`;
}

/** Plain text, which has no type: there are readers that look at none, and would show the escapes of HTML. */
function textConstruct(element: 'title' | 'subtitle' | 'summary' | 'rights', text: string): string {
  return `<${element}>${escapeText(text)}</${element}>`;
}
