/** The page of one feed document: what a poller gets of it, whether it is valid, and which pages it leads to. */

import { type Html, html, joinHtml } from '../../lambda/text/html.ts';
import { countOf, documentPlace, renderDeskPage } from './frame.ts';
import type { Poll } from './poll.ts';

export interface DocumentModel {
  readonly revision: string;
  readonly path: string;
  readonly findings: readonly string[];
  /** Paths of other documents of the feed: its archive pages, and the feed itself. */
  readonly pages: readonly string[];
  readonly poll: Poll;
}

const ENCODINGS = { identity: 'plain', gzip: 'gzip', br: 'brotli' } as const;

export function renderDocument({ revision, path, findings, pages, poll }: DocumentModel): string {
  const others = pages.filter((each) => each !== path);
  return renderDeskPage({
    title: path,
    revision,
    here: null,
    skip: { to: 'document', text: 'Skip to the document' },
    body: html`<main class="sheet" id="document" tabindex="-1" data-live>
<p class="up"><a href="/_preview/documents/">All documents</a></p>
<h1 class="path">${path}</h1>
<section aria-labelledby="validity">
<h2 id="validity">Validity</h2>
${renderFindings(findings)}
</section>
<section aria-labelledby="poll">
<h2 id="poll">As a poller gets it</h2>
${renderBytes(poll)}
<dl class="fields">
<div><dt>status</dt><dd>${poll.status}</dd></div>
${joinHtml(poll.fields.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`))}</dl>
</section>
${renderPages(others)}<p class="up"><a href="${documentLink(path)}?raw">The document itself</a></p>
</main>
`,
  });
}

function renderFindings(findings: readonly string[]): Html {
  if (findings.length === 0)
    return html`<p class="valid">Valid by the rules of its format, and it agrees with the others.</p>`;
  return html`<p>${countOf(findings.length, 'fault')}. No author can have meant that: please report it.</p>
<ul class="findings">${joinHtml(findings.map((each) => html`<li>${each}</li>`))}</ul>`;
}

function renderBytes({ bytes, again }: Poll): Html {
  const rows = Object.entries(ENCODINGS).map(([encoding, label]) => {
    const count = bytes[encoding as keyof typeof ENCODINGS];
    const share = encoding === 'identity' ? '' : `${Math.round((count / bytes.identity) * 100)} %`;
    return html`<tr><th scope="row">${label}</th><td>${count.toLocaleString('en')} B</td><td>${share}</td></tr>\n`;
  });
  return html`<table class="bytes">
<caption>Bytes of the body</caption>
<tbody>
${joinHtml(rows)}<tr><th scope="row">unchanged</th><td>${again.bytes.toLocaleString('en')} B</td><td>${again.status}</td></tr>
</tbody>
</table>`;
}

function renderPages(pages: readonly string[]): Html {
  if (pages.length === 0) return html``;
  const items = pages.map((path) => html`<li><a href="${documentPlace(path)}">${path}</a></li>`);
  return html`<section aria-labelledby="pages">
<h2 id="pages">It leads to</h2>
<ul class="documents">${joinHtml(items)}</ul>
</section>
`;
}

/** Its address on this server. */
function documentLink(path: string): string {
  return `/${path.split('/').map(encodeURIComponent).join('/')}`;
}
