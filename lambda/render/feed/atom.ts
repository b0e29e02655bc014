/**
 * Atom 1.0 (RFC 4287), with feed history (RFC 5005), deleted entries (RFC 6721) where the site wants them announced,
 * and Media RSS for what is known of pictures.
 */

import { hash } from 'node:crypto';
import type { Media } from '../../model/entry.ts';
import { cdata, escapeAddress, escapeAttribute, escapeText } from '../../text/xml.ts';
import { formatRfc3339, type Moment, momentAt } from '../../time/moment.ts';
import type { SiteFeedModel, SiteFeedOptions } from './feed-options.ts';
import { MEDIA_NAMESPACE, renderMedia } from './media-rss.ts';
import { keepPieces } from './pieces.ts';
import type { SiteAuthor, SiteCategory, SiteItem } from './site-item.ts';

/** Atom wants a date of every feed; one that never had an entry has no other, and the clock is none of ours. */
const UPDATED_BEFORE_ALL: Moment = momentAt(Date.UTC(2000, 0, 1));

const TITLE_CHARACTERS = 80;

const atomEntry = keepPieces(renderEntry);

/** The feed as an Atom document. */
export function renderAtom(feed: SiteFeedModel): string {
  return `${renderHead(feed.options)}${feed.items.map(atomEntry).join('')}</feed>\n`;
}

function renderHead(options: SiteFeedOptions): string {
  const { description, title, copyright, removals } = options;
  const icon = options.icon ?? options.favicon;
  const tombstones = removals.length === 0 ? '' : ' xmlns:at="http://purl.org/atompub/tombstones/1.0"';
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:media="${MEDIA_NAMESPACE}"${tombstones} xml:lang="${escapeAttribute(options.language)}">
  <id>${escapeText(options.id)}</id>
  ${textConstruct('title', title)}
${description === title ? '' : `  ${textConstruct('subtitle', description)}\n`}\
  <updated>${formatRfc3339(options.updatedMoment ?? UPDATED_BEFORE_ALL)}</updated>
${feedAuthors(options)
  .map((author) => renderPerson('author', author, '  '))
  .join('')}\
${renderLinks(options)}\
${copyright === undefined ? '' : `  ${textConstruct('rights', copyright)}\n`}\
${icon === undefined ? '' : `  <icon>${escapeAddress(icon)}</icon>\n`}\
${options.image === undefined ? '' : `  <logo>${escapeAddress(options.image)}</logo>\n`}\
${options.generator ? `  <generator>${escapeText(options.generator)}</generator>\n` : ''}\
${renderRemovals(removals)}`;
}

/** Entries without an author have the feed's, so there is always one (4.1.1): if need be, the publication itself. */
function feedAuthors({ authors, title }: SiteFeedOptions): readonly SiteAuthor[] {
  return authors.length > 0 ? authors : [{ name: title }];
}

function renderLinks({ feedLinks, link, language, hubs, history }: SiteFeedOptions): string {
  const self = feedLink('self', feedLinks.atom);
  const home = `  <link rel="alternate" type="text/html" hreflang="${escapeAttribute(language)}" href="${escapeAddress(link)}"/>\n`;
  const hubLinks = hubs.map((hub) => `  <link rel="hub" href="${escapeAddress(hub)}"/>\n`).join('');
  switch (history.kind) {
    case 'complete':
      return `${self}${home}${hubLinks}  <fh:complete/>\n`;
    case 'subscription':
      return self + home + hubLinks + feedLink('prev-archive', history.previous.atom);
    case 'archive':
      return (
        self +
        home +
        feedLink('current', history.current.atom) +
        (history.previous ? feedLink('prev-archive', history.previous.atom) : '') +
        (history.next ? feedLink('next-archive', history.next.atom) : '') +
        '  <fh:archive/>\n'
      );
  }
}

function feedLink(relation: string, address: string): string {
  return `  <link rel="${relation}" type="application/atom+xml" href="${escapeAddress(address)}"/>\n`;
}

/** Tombstones. No two may have the same ref and time (RFC 6721, 3), so the same removal is told once. */
function renderRemovals(removals: SiteFeedOptions['removals']): string {
  const lines = removals.map(
    ({ id, at }) => `  <at:deleted-entry ref="${escapeAddress(id)}" when="${formatRfc3339(at)}"/>\n`,
  );
  return [...new Set(lines)].join('');
}

function renderEntry(item: SiteItem): string {
  const { published, updated } = item.moments;
  const language = item.language === undefined ? '' : ` xml:lang="${escapeAttribute(item.language)}"`;
  return `  <entry${language}>
    <id>${escapeAddress(item.id)}</id>
    ${textConstruct('title', titleOf(item))}
    <link rel="alternate" type="text/html" href="${escapeAddress(item.link)}"/>
${item.externalUrl === undefined ? '' : `    <link rel="related" href="${escapeAddress(item.externalUrl)}"/>\n`}\
${enclosuresOf(item).map(renderEnclosure).join('')}\
    <published>${formatRfc3339(published)}</published>
    <updated>${formatRfc3339(updated, microsecondsOf(item.id))}</updated>
${item.author.map((author) => renderPerson('author', author, '    ')).join('')}\
${item.contributor.map((author) => renderPerson('contributor', author, '    ')).join('')}\
${item.category.map(renderCategory).join('')}\
${item.copyright === undefined ? '' : `    ${textConstruct('rights', item.copyright)}\n`}\
${renderText(item)}${renderMedia(item, '    ')}\
  </entry>
`;
}

/** It is advisable that no title is empty (4.1.1.1): an entry without one goes by its first words, or its address. */
function titleOf({ title, description, link }: SiteItem): string {
  if (title !== '') return title;
  const words = (description ?? '').replace(/\s+/g, ' ').trim();
  if (words === '') return link;
  if (words.length <= TITLE_CHARACTERS) return words;
  const cut = words.slice(0, TITLE_CHARACTERS + 1);
  const end = cut.lastIndexOf(' ');
  return `${end > 0 ? cut.slice(0, end) : cut.slice(0, TITLE_CHARACTERS)}…`;
}

/** Readers that know enclosures only get the picture as one, unless there is something to hear, see or read. */
function enclosuresOf({ attachments, picture }: SiteItem): readonly Media[] {
  return attachments.length > 0 || picture === null ? attachments : [picture];
}

function renderEnclosure({ url, mimeType, lengthBytes, title }: Media): string {
  const length = lengthBytes === null ? '' : ` length="${lengthBytes}"`;
  const label = title === null ? '' : ` title="${escapeAttribute(title)}"`;
  const type = escapeAttribute(mimeType);
  return `    <link rel="enclosure" type="${type}"${length}${label} href="${escapeAddress(url)}"/>\n`;
}

/** Two entries of one feed should not show the same `updated` (4.2.15), so each has a fraction made from its id. */
function microsecondsOf(id: string): number {
  const digest = hash('sha256', id, 'buffer');
  return 1 + (digest.readUInt32BE(0) % 999_999);
}

function renderCategory({ term, scheme, name }: SiteCategory): string {
  const attributes = `term="${escapeAttribute(term)}" scheme="${escapeAddress(scheme)}" label="${escapeAttribute(name)}"`;
  return `    <category ${attributes}/>\n`;
}

function renderPerson(role: 'author' | 'contributor', { name, link, email }: SiteAuthor, indent: string): string {
  const uri = link === undefined ? '' : `<uri>${escapeAddress(link)}</uri>`;
  const mail = email === undefined ? '' : `<email>${escapeText(email)}</email>`;
  return `${indent}<${role}><name>${escapeText(name)}</name>${uri}${mail}</${role}>\n`;
}

/** The content; without one there has to be a summary, and that is advised not to be empty (4.1.1.1). */
function renderText(item: SiteItem): string {
  const { description, content } = item;
  const summary = description ?? (content === undefined ? titleOf(item) : undefined);
  return (
    (summary === undefined ? '' : `    ${textConstruct('summary', summary)}\n`) +
    (content === undefined ? '' : `    <content type="html">${cdata(content)}</content>\n`)
  );
}

/** Plain text, which has no type: there are readers that look at none, and would show the escapes of HTML. */
function textConstruct(element: 'title' | 'subtitle' | 'summary' | 'rights', text: string): string {
  return `<${element}>${escapeText(text)}</${element}>`;
}
