/** The desk's sections besides the entries: problems, scheduled entries, the latest runs, and whether documents are valid. */

import type { Problem } from '../../lambda/model/problem.ts';
import { type Html, html, joinHtml, rawHtml } from '../../lambda/text/html.ts';
import type { ComingArticle } from './coming.ts';
import { countOf, documentPlace } from './frame.ts';
import type { ChangedFile, PublicationRun } from './journal.ts';

/** Documents of one publication that are named; there are hundreds after a change of the settings. */
const NAMED_DOCUMENTS_COUNT_MAX = 60;
const NAMED_FILES_COUNT_MAX = 20;

interface Section {
  readonly key: string;
  readonly heading: string;
  readonly isOpen: boolean;
  readonly content: Html;
}

function renderSection({ key, heading, isOpen, content }: Section): Html {
  return html`<section class="card ${key}" aria-labelledby="${key}-title">
<details data-key="${key}"${isOpen ? rawHtml(' open') : ''}>
<summary><h2 id="${key}-title">${heading}</h2></summary>
${content}
</details>
</section>
`;
}

export function renderProblems(problems: readonly Problem[]): Html {
  if (problems.length === 0) return html``;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counts = [
    [errors, 'error'],
    [problems.length - errors, 'warning'],
  ] as const;
  const sorted = [...problems].sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  return renderSection({
    key: 'problems',
    heading: counts.flatMap(([count, noun]) => (count === 0 ? [] : countOf(count, noun))).join(', '),
    isOpen: errors > 0,
    content: html`<ul>${joinHtml(sorted.map(renderProblem))}</ul>`,
  });
}

function renderProblem({ severity, code, path, line, message, fix }: Problem): Html {
  return html`<li class="${severity}">
<p class="place"><span class="badge">${severity}</span> <code>${path}${line === null ? '' : `:${line}`}</code> <span class="code">${code}</span></p>
<p dir="auto">${message}</p>
<p class="fix" dir="auto">${fix}</p>
</li>`;
}

/** Drafts, and what is scheduled with the time until then. */
export function renderComing(coming: readonly ComingArticle[]): Html {
  if (coming.length === 0) return html``;
  const scheduled = coming.filter(({ state }) => state === 'scheduled').length;
  const drafts = coming.length - scheduled;
  const parts = [
    ...(scheduled === 0 ? [] : [`${scheduled} scheduled`]),
    ...(drafts === 0 ? [] : [countOf(drafts, 'draft')]),
  ];
  return renderSection({
    key: 'coming',
    heading: `Coming: ${parts.join(', ')}`,
    isOpen: coming.length <= 3,
    content: html`<ul>${joinHtml(coming.map(renderComingArticle))}</ul>`,
  });
}

function renderComingArticle({ key, title, language, state, date, waitMs }: ComingArticle): Html {
  const name = title === '' ? html`<i>Without a title</i>` : html`<b lang="${language}" dir="auto">${title}</b>`;
  const day = date === null ? html`no date yet` : html`<time datetime="${date}">${formatInstant(date)}</time>`;
  const when = waitMs === null ? day : html`${day}, ${formatWait(waitMs)}`;
  return html`<li class="${state}">
<p>${name}</p>
<p class="place"><span class="badge">${state}</span> <span>${when}</span> <code>${key}</code></p>
</li>`;
}

/** The latest publication runs, the newest in full. */
export function renderRuns(runs: readonly PublicationRun[]): Html {
  const [last, ...before] = runs;
  if (last === undefined) return html``;
  const earlier =
    before.length === 0
      ? html``
      : html`<h3>Before that</h3>
<ul class="earlier">${joinHtml(before.map((run) => html`<li>${renderRunLine(run)}</li>`))}</ul>`;
  const named = last.documents.slice(0, NAMED_DOCUMENTS_COUNT_MAX);
  const more = last.documentCount - named.length;
  const documents = named.map(({ path, change }) => renderDocumentName(path, change));
  return renderSection({
    key: 'issues',
    heading: `Last publication: ${describeRun(last)}`,
    isOpen: false,
    content: html`<p class="line">${renderRunLine(last)}</p>
${renderFiles(last.files)}<h3>${countOf(last.documentCount, 'document')} written or removed</h3>
<ul class="documents">${joinHtml(documents)}${more > 0 ? html`<li>and ${more} more</li>` : html``}</ul>
${earlier}`,
  });
}

function describeRun({ published, removed, documentCount }: PublicationRun): string {
  const parts = [
    ...(published === 0 ? [] : [countOf(published, 'entry', 'entries')]),
    ...(removed === 0 ? [] : [`${removed} removed`]),
  ];
  return parts.join(', ') || countOf(documentCount, 'document');
}

function renderRunLine(run: PublicationRun): Html {
  const at = new Date(run.at).toISOString();
  return html`<time datetime="${at}">${formatInstant(at)}</time> · <span dir="auto">${run.about}</span> · ${describeRun(run)}, ${countOf(run.documentCount, 'document')}`;
}

function renderFiles(files: readonly ChangedFile[]): Html {
  const rows = files.flatMap(({ key, entries, removed }) => [
    ...entries.map(({ title, url, change }) => ({ key, change, name: title || url })),
    ...(removed > 0 ? [{ key, change: 'removed' as const, name: key }] : []),
  ]);
  const shown = rows.slice(0, NAMED_FILES_COUNT_MAX);
  if (shown.length === 0) return html``;
  const items = shown.map(
    ({ key, change, name }) =>
      html`<li class="${change}"><span class="badge">${change}</span> <b dir="auto">${name}</b>${name === key ? html`` : html` <code>${key}</code>`}</li>`,
  );
  const more = rows.length - shown.length;
  return html`<ul class="changes">${joinHtml(items)}${more > 0 ? html`<li>and ${more} more</li>` : html``}</ul>
`;
}

function renderDocumentName(path: string, change: 'written' | 'removed'): Html {
  if (change === 'removed') return html`<li><del>${path}</del></li>`;
  const isFeed = /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/.test(path);
  return isFeed ? html`<li><a href="${documentPlace(path)}">${path}</a></li>` : html`<li>${path}</li>`;
}

/** `2 May 2026, 09:00 +03:00`: the author's own day and hour. */
function formatInstant(rfc3339: string): string {
  const [, day = '', time = '', zone = ''] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+(Z|[+-]\d\d:\d\d)$/.exec(rfc3339) ?? [];
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return rfc3339;
  return `${DAY_FORMAT.format(date)}, ${time} ${zone === 'Z' ? 'UTC' : zone}`;
}

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

const UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function formatWait(ms: number): string {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  const [unit, length] = UNITS.find(([, each]) => ms >= each) ?? ['minute', 60_000];
  return format.format(Math.max(1, Math.round(ms / length)), unit);
}
