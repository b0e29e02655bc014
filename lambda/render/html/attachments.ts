/** What an article brings along: sound and film to play here, other files to fetch. */

import { escapeAttribute } from 'entities';
import type { Entry, Media } from '../../feed/entry.ts';
import type { Site } from '../../site/site.ts';
import { type Html, html, joinHtml } from './html.ts';
import { placeOf } from './links.ts';
import type { Words } from './words.ts';

export function renderAttachments({ attachments, contentHtml }: Entry, site: Site, words: Words): Html {
  // What the author has put into the text is there already.
  const others = attachments.filter(({ url }) => !contentHtml.includes(`="${escapeAttribute(url)}"`));
  if (others.length === 0) return html``;
  return html`<section class="attachments" aria-labelledby="files">
<h2 id="files">${words.files}</h2>
${joinHtml(others.map((media) => renderAttachment(media, site, words)))}</section>
`;
}

function renderAttachment(media: Media, site: Site, words: Words): Html {
  const place = placeOf(media.url, site);
  const name = media.title ?? nameOf(place);
  const link = html`<a href="${place}">${name}</a> <span class="size">${factsOf(media, words)}</span>`;
  if (media.mimeType.startsWith('audio/')) {
    return html`<figure><audio controls preload="none" src="${place}" aria-label="${name}"></audio><figcaption>${link}</figcaption></figure>\n`;
  }
  if (media.mimeType.startsWith('video/')) {
    const { width, height } = media;
    const size = width === null || height === null ? html`` : html` width="${width}" height="${height}"`;
    return html`<figure><video controls preload="none" src="${place}" aria-label="${name}"${size}></video><figcaption>${link}</figcaption></figure>\n`;
  }
  return html`<p>${link}</p>\n`;
}

/** The name of the file, as people would read it. */
function nameOf(place: string): string {
  const name = place.slice(place.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const BYTES_PER_KILOBYTE = 1_000;

/** How long it plays, else how big it is; the type where neither is known. */
function factsOf({ durationSeconds, lengthBytes, mimeType }: Media, { language }: Words): string {
  if (durationSeconds !== null) return clockOf(Math.round(durationSeconds));
  if (lengthBytes === null) return mimeType;
  const kilobytes = Math.max(1, Math.round(lengthBytes / BYTES_PER_KILOBYTE));
  const [amount, unit] = kilobytes < 1_000 ? [kilobytes, 'kilobyte'] : [Math.round(kilobytes / 100) / 10, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit }).format(amount);
}

function clockOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
