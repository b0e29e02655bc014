/** The frame that the desk's pages share: head, masthead with links to each page, and the parts that the script updates. */

import { type Html, html, joinHtml } from '../../lambda/text/html.ts';

export interface DeskPage {
  readonly title: string;
  /** Changes with everything that is published; the script compares it. */
  readonly revision: string;
  readonly here: keyof typeof PLACES | null;
  /** More for the head; each ends with a line feed. */
  readonly head?: Html;
  /** Where the skip link leads, and its words. */
  readonly skip: { readonly to: string; readonly text: string };
  /** Everything below the masthead. */
  readonly body: Html;
}

const PLACES = { entries: ['/_preview/', 'Entries'], documents: ['/_preview/documents/', 'Documents'] } as const;

/** The sign of a feed, as a picture in its own address. */
const ICON =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="%23c2500f" ' +
  'stroke-width="2.4"%3E%3Ccircle cx="3.6" cy="12.4" r="1.1"/%3E%3Cpath d="M2.5 7a6.5 6.5 0 0 1 6.5 6.5M2.5 2A11.5 11.5 0 0 1 14 13.5"/%3E%3C/svg%3E';

export function renderDeskPage({ title, revision, here, head, skip, body }: DeskPage): string {
  const places = Object.entries(PLACES).map(
    ([name, [address, label]]) =>
      html`<a href="${address}"${name === here ? html` aria-current="page"` : html``}>${label}</a>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – preview</title>
${head ?? html``}<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/_preview/preview.css">
<script type="module" src="/_preview/preview.js"></script>
</head>
<body data-revision="${revision}">
<a class="skip" href="#${skip.to}">${skip.text}</a>
<header class="masthead">
<p class="wordmark">Feedwright <span>preview</span></p>
<nav class="places" aria-label="Preview">${joinHtml(places, ' ')} <a href="/">Site</a></nav>
<p class="state" role="status" data-state hidden></p>
</header>
${body}</body>
</html>
`.text;
}

/** `31 kB`, as header fields and developers count: a thousand bytes each. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const kilobytes = bytes / 1_000;
  return kilobytes < 1_000
    ? `${kilobytes < 9.95 ? kilobytes.toFixed(1) : Math.round(kilobytes)} kB`
    : `${(kilobytes / 1_000).toFixed(1)} MB`;
}

/** `3 faults`, and `0 faults` when there are none. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Where the desk has what it knows of a document. */
export function documentPlace(path: string): string {
  return `/_preview/document/?path=${encodeURIComponent(path)}`;
}
