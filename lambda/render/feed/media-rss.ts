/** Media RSS 1.5.1, as RSS items and Atom entries carry it: the picture and every attachment, with what is known. */

import type { Media } from '../../model/entry.ts';
import { escapeAddress, escapeAttribute, escapeText } from '../../text/xml.ts';
import { groupRenditions } from './renditions.ts';
import type { SiteItem } from './site-item.ts';

export const MEDIA_NAMESPACE = 'http://search.yahoo.com/mrss/';

/** The elements of an item's picture and attachments, each on lines of its own; empty when it has none. */
export function renderAllMedia({ picture, attachments }: SiteItem, indent: string): string {
  return renderMedia(picture === null ? attachments : [picture, ...attachments], indent);
}

/** There is no `media:thumbnail`: readers show it beside the picture that it is of. */
export function renderMedia(media: readonly Media[], indent: string): string {
  return groupRenditions(media)
    .map((group) => renderGroup(group, indent))
    .join('');
}

/**
 * Whether an attachment that is RSS's enclosure has to be announced as media too. Of a single sound the enclosure says all
 * but its duration. A film is shown by yarr only where it is media; of several sounds FreshRSS puts those first that are.
 */
export function isMoreThanEnclosure(media: Media, attachments: readonly Media[]): boolean {
  if (media.caption !== null || media.credit !== null) return true;
  if (media.mimeType.startsWith('video/')) return true;
  if (media.mimeType.startsWith('audio/'))
    return attachments.filter(({ mimeType }) => /^(?:audio|video)\//.test(mimeType)).length > 1;
  return media.title !== null || media.alt !== null;
}

/** Renditions of one sound or film stand in a group, the author's first choice as the default. */
function renderGroup(group: readonly Media[], indent: string): string {
  if (group.length === 1) return group.map((media) => renderContent(media, indent)).join('');
  const renditions = group.map((media, index) => renderContent(media, `${indent}  `, index === 0));
  return `${indent}<media:group>\n${renditions.join('')}${indent}</media:group>\n`;
}

function renderContent(media: Media, indent: string, isDefault = false): string {
  const { url, mimeType, width, height, lengthBytes, durationSeconds } = media;
  const numbers = renderNumbers({ width, height, fileSize: lengthBytes, duration: durationSeconds });
  const type = escapeAttribute(mimeType);
  const start = `media:content url="${escapeAddress(url)}" type="${type}" medium="${mediumOf(mimeType)}"${isDefault ? ' isDefault="true"' : ''}${numbers}`;
  const details = [
    renderDetail('title', media.title),
    renderDetail('description', media.caption ?? media.alt),
    renderDetail('credit', media.credit),
  ].filter((line) => line !== '');
  if (details.length === 0) return `${indent}<${start}/>\n`;
  return `${indent}<${start}>\n${details.map((line) => `${indent}  ${line}`).join('')}${indent}</media:content>\n`;
}

/** Only what is known and positive: nothing has no width, and 0 would say that it is empty. */
function renderNumbers(numbers: Readonly<Record<string, number | null>>): string {
  return Object.entries(numbers)
    .filter(([, value]) => value !== null && value > 0)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function renderDetail(name: 'title' | 'description' | 'credit', text: string | null): string {
  if (text === null) return '';
  return `<media:${name}>${escapeText(text)}</media:${name}>\n`;
}

function mediumOf(mimeType: string): 'image' | 'audio' | 'video' | 'document' {
  const [family] = mimeType.split('/');
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}
