/** What an article brings along: sound and film to play, before the text; other files to fetch, after it. */

import { decodePercent } from '../../address/percent-encoding.ts';
import type { Entry, Media } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { escapeAttribute } from '../../text/characters.ts';
import { type Html, html, joinHtml } from '../../text/html.ts';
import { groupRenditions } from '../feed/renditions.ts';
import { placeOf } from './links.ts';
import type { Words } from './words/words.ts';

/** A player for each sound and film, with its transcripts below the first. */
export function renderPlayers(entry: Entry, site: Site, words: Words): Html {
  const groups = groupRenditions(attachmentsOf(entry).filter(isPlayable));
  if (groups.length === 0) return html``;
  const players = groups.map((renditions) => renderPlayer(renditions, site, words));
  const transcripts = (entry.episode?.transcripts ?? []).map(
    ({ file }) =>
      html`<p><a href="${placeOf(file.url, site)}">${words.transcript}</a> <bdi class="size">${file.mimeType}</bdi></p>\n`,
  );
  return html`<div class="players">
${joinHtml([...players, ...transcripts])}</div>
`;
}

export function renderFiles(entry: Entry, site: Site, words: Words): Html {
  const files = attachmentsOf(entry).filter((media) => !isPlayable(media));
  if (files.length === 0) return html``;
  const items = files.map((media) => html`<p>${renderLink(media, site, words)}</p>\n`);
  return html`<section class="attachments" aria-labelledby="files">
<h2 id="files">${words.files}</h2>
${joinHtml(items)}</section>
`;
}

/** What the author has put into the text is there already. */
function attachmentsOf({ attachments, contentHtml }: Entry): readonly Media[] {
  return attachments.filter(({ url }) => !contentHtml.includes(`="${escapeAttribute(url)}"`));
}

function isPlayable({ mimeType }: Media): boolean {
  return /^(?:audio|video)\//.test(mimeType);
}

/** @param renditions the same in several formats, of which the browser takes the first that it knows */
function renderPlayer(renditions: readonly Media[], site: Site, words: Words): Html {
  const [first] = renditions;
  if (first === undefined) return html``;
  const sources = renditions.map(({ url, mimeType }) => html`<source src="${placeOf(url, site)}" type="${mimeType}">`);
  const { width, height } = first;
  const size = width === null || height === null ? html`` : html` width="${width}" height="${height}"`;
  const label = html` aria-label="${first.title ?? nameOf(first.url)}"`;
  const player = first.mimeType.startsWith('audio/')
    ? html`<audio controls preload="none"${label}>${joinHtml(sources)}</audio>`
    : html`<video controls preload="none"${label}${size}>${joinHtml(sources)}</video>`;
  const links = renditions.map((media) => renderLink(media, site, words));
  return html`<figure>${player}<figcaption>${joinHtml(links, ' · ')}</figcaption></figure>\n`;
}

function renderLink(media: Media, site: Site, words: Words): Html {
  const name = media.title ?? nameOf(media.url);
  return html`<a class="u-enclosure" href="${placeOf(media.url, site)}" dir="auto">${name}</a> <bdi class="size">${factsOf(media, words)}</bdi>`;
}

/** The name of the file, as people would read it. */
export function nameOf(address: string): string {
  const name = address.slice(address.lastIndexOf('/') + 1);
  return decodePercent(name) ?? name;
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
