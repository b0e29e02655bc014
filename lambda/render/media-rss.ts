/** Media RSS 1.5.1, as RSS items and Atom entries carry it: the picture and every attachment, with what is known. */

import type { Media } from '../feed/entry.ts';
import type { SiteItem } from './site-item.ts';
import { escapeAddress, escapeAttribute, escapeText } from './xml.ts';

export const MEDIA_NAMESPACE = 'http://search.yahoo.com/mrss/';

/** The elements of an item's media, each on lines of its own; empty when it has none. */
export function renderMedia({ picture, attachments }: SiteItem, indent: string): string {
  const thumbnail = picture === null ? '' : indent + renderThumbnail(picture);
  const all = picture === null ? attachments : [picture, ...attachments];
  return thumbnail + all.map((media) => renderContent(media, indent)).join('');
}

function renderThumbnail({ url, width, height }: Media): string {
  return `<media:thumbnail url="${escapeAddress(url)}"${renderNumbers({ width, height })}/>\n`;
}

function renderContent(media: Media, indent: string): string {
  const { url, mimeType, width, height, lengthBytes, durationSeconds } = media;
  const numbers = renderNumbers({ width, height, fileSize: lengthBytes, duration: durationSeconds });
  const type = escapeAttribute(mimeType);
  const start = `media:content url="${escapeAddress(url)}" type="${type}" medium="${mediumOf(mimeType)}"${numbers}`;
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
