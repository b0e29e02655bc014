/** The page of all feed documents: how long each is, and whether it is valid. */

import { type Html, html, joinHtml } from '../../lambda/text/html.ts';
import type { ListedDocument } from './document-list.ts';
import { countOf, documentPlace, formatBytes, renderDeskPage } from './frame.ts';

export interface DocumentsModel {
  readonly revision: string;
  readonly siteTitle: string;
  /** In the order in which they are shown. */
  readonly feeds: readonly { readonly name: string; readonly title: string; readonly entries: number }[];
  readonly documents: readonly ListedDocument[];
}

const LABELS = { rss: 'RSS', atom: 'Atom', json: 'JSON' } as const;

export function renderDocuments({ revision, siteTitle, feeds, documents }: DocumentsModel): string {
  const faulty = documents.filter(({ findings }) => findings.length > 0);
  const byFeed = new Map<string, ListedDocument[]>();
  for (const document of documents) byFeed.set(document.feed, [...(byFeed.get(document.feed) ?? []), document]);
  const rows = feeds.map((feed) => renderRow(feed, byFeed.get(feed.name) ?? [], `${siteTitle}: `));
  return renderDeskPage({
    title: 'Documents',
    revision,
    here: 'documents',
    skip: { to: 'documents', text: 'Skip to the documents' },
    body: html`<main class="sheet" id="documents" tabindex="-1" data-live>
<h1>Documents</h1>
<p class="lede">${describe(documents.length, faulty.length)} Each opens with what a poller gets of it.</p>
${renderFaults(faulty)}<ul class="sheet-rows">
${joinHtml(rows)}</ul>
</main>
`,
  });
}

function describe(count: number, faulty: number): string {
  if (count === 0) return 'Nothing is published yet.';
  if (faulty === 0) return `${countOf(count, 'feed document')}, each valid by the rules of its format.`;
  return `${countOf(faulty, 'document')} of ${count} not valid.`;
}

function renderFaults(faulty: readonly ListedDocument[]): Html {
  if (faulty.length === 0) return html``;
  const items = faulty.map(
    ({ path, findings }) =>
      html`<li class="error"><p class="place"><a href="${documentPlace(path)}"><code>${path}</code></a></p>${joinHtml(findings.map((each) => html`<p>${each}</p>`))}</li>`,
  );
  return html`<section class="card problems" aria-label="Not valid"><ul>${joinHtml(items)}</ul></section>
`;
}

function renderRow(
  { title, entries }: DocumentsModel['feeds'][number],
  documents: readonly ListedDocument[],
  prefix: string,
): Html {
  const short = title.startsWith(prefix) ? title.slice(prefix.length) : title;
  return html`<li><p class="name"><b dir="auto">${short}</b> <span class="number">${countOf(entries, 'entry', 'entries')}</span></p>
<p class="cells">${joinHtml(documents.map((document) => renderCell(document, title)))}</p></li>
`;
}

function renderCell({ path, format, lengthBytes, findings }: ListedDocument, title: string): Html {
  const state = findings.length === 0 ? 'valid' : countOf(findings.length, 'fault');
  const length = lengthBytes === null ? 'missing' : formatBytes(lengthBytes);
  return html`<a class="cell${findings.length === 0 ? '' : ' error'}" href="${documentPlace(path)}" aria-label="${LABELS[format]} ${length} of ${title}, ${state}"><b>${LABELS[format]}</b> <span class="number">${length}</span> <span class="mark" aria-hidden="true">${findings.length === 0 ? '✓' : '✗'}</span></a>`;
}
