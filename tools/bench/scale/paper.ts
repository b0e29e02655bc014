/**
 * `node tools/bench/scale/paper.ts [--write]`: what a large publisher would ask of AWS, worked out from counted calls
 * (counted-calls.ts) and a model of lanes (lane-model.ts); `--write` puts it into docs/scale.md. Nothing of it is a timing of
 * this machine, so two runs give the same page.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Calls, countCalls } from './counted-calls.ts';
import { checkLag, LATENCIES, type LaneTimes, measureLane, predictLag } from './lane-model.ts';

/** US dollars in us-east-1 without the free tier, in November 2026. The only place of the tools with prices. */
const PRICES = {
  write: 0.005 / 1000,
  read: 0.0004 / 1000,
  message: 3 * 0.0000005,
  gigabyteSecond: 0.0000133334,
  request: 0.000001 + 2 * 0.0000001,
  transferGigabyte: 0.085,
  storageGigabyteMonth: 0.023,
} as const;

const LOAD = { articles: 10_000_000, publications: 1_000, uploadsAnHour: 10_000, pollers: 100_000 } as const;
/** Every poller asks for one feed every half hour; nine of ten answers are 304; a document has 15 kB compressed. */
const POLLING = { everySeconds: 1800, changedShare: 0.1, bytes: 15_000 } as const;
const LIMITS = {
  writesASecond: 3_500,
  readsASecond: 5_500,
  accountConcurrency: 1_000,
} as const;
const MEMORY_GIGABYTES = 1.73;
/** Processor time of article work and of page work, and what is read at once where everything is looked at. */
const ARTICLE_MS = 150;
const READS_AT_ONCE = 32;
const HOURS_A_MONTH = 730;
/** Ticks, polling of the queues by Lambda, alarms and metrics of one publication, by the runbook. */
const AT_REST_DOLLARS = 1.58;
/** Bytes of one article in each feed it is in, of its record, and of its documents with copies. */
const STORED_BYTES = 5 * 7_000 + 8_000 + 60_000;

const counted = await countCalls();
const times = await measureLane();
const checks = await checkLag(times, [0.1, 0.5, 1, 2, 4]);
const page = render();
if (process.argv.includes('--write')) writeFileSync(join(import.meta.dirname, '../../../docs/scale.md'), page);
else console.log(page);

function render(): string {
  return `# Scale on paper

Written by \`node tools/bench/scale/paper.ts --write\`, from calls counted at the stores and a model of lanes. Nothing here was
run on AWS. The assumptions stand beside the results.

The load: ${thousands(LOAD.articles)} articles, ${thousands(LOAD.publications)} publications, ${thousands(LOAD.uploadsAnHour)} uploads an hour, ${thousands(LOAD.pollers)} pollers.

## Counted calls

Calls of S3 in a publication of 120 articles of 5 kB, each in five feeds and with a page of its own. A document that is written
is looked at once and written three times (plain, Brotli, gzip). Bytes are before compression.

| work | reads | writes | lists | lane messages | kB read | kB written |
|---|---|---|---|---|---|---|
${row('one upload alone', counted.upload)}
${row('one of 25 uploads together', counted.uploadInBurst)}
${row('an edit in the archive', counted.edit)}
${row('reconcile, for each article there is', counted.reconcile)}
${row('reconcile all (new settings), for each article', counted.reconcileAll)}
${row('`status`, for each article', counted.status)}

Only the last three grow with the number of articles. An upload does not: [decision 013](decisions/013-directory-in-parts.md) has
30 requests per feed beside a million entries as beside a hundred.

## A lane

One writer at a time works on a feed. A run that applies k articles takes t0 + t1 · k. While it runs, more articles come, and the
next run takes all of them. So with λ articles a second, runs settle at t0 / (1 − λ · t1): a busy feed gets larger
batches, and not a longer queue, until λ · t1 reaches 1.

Measured with the real feed work in simulated time (read ${LATENCIES.read} ms, write ${LATENCIES.write} ms, SQS ${LATENCIES.send} ms, processor ${LATENCIES.run} ms a run):
t0 = ${Math.round(times.t0)} ms, t1 = ${times.t1.toFixed(1)} ms. To this the processor time of each article in its feed comes; 3 ms are assumed below.

The formula beside the simulation, 150 articles at random instants. *Load* is the number of articles that come during a run with
one.

| load | lag by the formula, ms | lag in the simulation, ms |
|---|---|---|
${checks.map((each) => `| ${each.load} | ${Math.round(each.predictedMs)} | ${Math.round(each.simulatedMs)} |`).join('\n')}

## The load, spread and in one place

| | ${thousands(LOAD.publications)} publications of ${thousands(LOAD.articles / LOAD.publications)} articles | one publication with all of it |
|---|---|---|
${compare()}

S3 allows ${thousands(LIMITS.writesASecond)} writes and ${thousands(LIMITS.readsASecond)} reads a second for each prefix that it has split off. Each publication has buckets of its
own. In one publication the state lies below \`feeds/\`, \`articles/\`, \`claims/\` and others; the documents lie at their paths.

## What it costs a month

US dollars, us-east-1, without the free tier, prices of November 2026:

| | reckoning | $ |
|---|---|---|
${costs()}

## Where it bends first

| # | at | what bends | what to do there |
|---|---|---|---|
${bends()}

Prices, limits and assumptions are constants at the head of \`tools/bench/scale/paper.ts\` and \`lane-model.ts\`.
`;
}

function row(name: string, { reads, writes, lists, messages, bytesRead, bytesWritten }: Calls): string {
  const figures = [reads, writes, lists, messages].map((value) => (value < 10 ? value.toFixed(2) : value.toFixed(0)));
  return `| ${[name, ...figures, (bytesRead / 1000).toFixed(0), (bytesWritten / 1000).toFixed(0)].join(' | ')} |`;
}

/** With the processor time that an article takes in its feed. */
function laneTimes(): LaneTimes {
  return { t0: times.t0, t1: times.t1 + 3 };
}

function compare(): string {
  const perSecond = LOAD.uploadsAnHour / 3600;
  const spread = perSecond / LOAD.publications;
  const rows: readonly (readonly [string, (rate: number, articles: number) => string])[] = [
    ['uploads a second', (rate) => short(rate)],
    ['lag of the feed `all`, seconds', (rate) => (predictLag(laneTimes(), rate / 1000) / 1000).toFixed(1)],
    ['articles in a run of `all`', (rate) => batchOf(rate).toFixed(1)],
    ['S3 writes a second', (rate) => short(rate * writesAt(rate))],
    ['S3 reads a second', (rate) => short(rate * counted.upload.reads)],
    ['workers busy at once', (rate) => short(concurrencyAt(rate))],
    ['one reconcile, hours', (_, articles) => hoursOf(articles * counted.reconcile.reads)],
    ['new settings carried out, hours', (_, articles) => hoursOf(articles * counted.reconcileAll.reads)],
    ['`status`, minutes', (_, articles) => (Number(secondsOf(articles * counted.status.reads)) / 60).toFixed(1)],
    ['archive pages of `all`', (_, articles) => thousands(Math.round(articles / 32))],
    ['list of the directory, kB', (_, articles) => thousands(Math.ceil((articles / 32 / 128) * 0.16))],
    ['sitemaps', (_, articles) => thousands(Math.ceil(articles / 500))],
  ];
  return rows
    .map(
      ([name, of]) =>
        `| ${name} | ${of(spread, LOAD.articles / LOAD.publications)} | ${of(perSecond, LOAD.articles)} |`,
    )
    .join('\n');
}

/** Articles that one run of the feed `all` applies. */
function batchOf(rate: number): number {
  const { t0, t1 } = laneTimes();
  return Math.max(1, (rate * t0) / 1000 / (1 - (rate * t1) / 1000));
}

/** Writes of an upload: alone they are many, in a burst few; between them by the size of a batch. */
function writesAt(rate: number): number {
  const least = counted.uploadInBurst.writes;
  return least + (counted.upload.writes - least) / batchOf(rate);
}

function concurrencyAt(rate: number): number {
  const runs = rate * (1 + counted.upload.messages / batchOf(rate));
  return (runs * (laneTimes().t0 + ARTICLE_MS)) / 1000;
}

function secondsOf(reads: number): string {
  return ((reads / READS_AT_ONCE) * (LATENCIES.read / 1000)).toFixed(0);
}

function hoursOf(reads: number): string {
  return short(Number(secondsOf(reads)) / 3600);
}

function costs(): string {
  const uploads = LOAD.uploadsAnHour * HOURS_A_MONTH;
  const { upload, reconcile } = counted;
  const polls = (LOAD.pollers * HOURS_A_MONTH * 3600) / POLLING.everySeconds;
  const reconciles = 30 * LOAD.articles;
  const runSeconds = (1 + upload.messages) * ((laneTimes().t0 + ARTICLE_MS) / 1000);
  const gigabytes = (LOAD.articles * STORED_BYTES) / 1e9;
  const lines: readonly (readonly [string, string, number])[] = [
    ['S3 writes', `${thousands(uploads)} uploads × ${upload.writes}`, uploads * upload.writes * PRICES.write],
    ['S3 reads', `× ${upload.reads}`, uploads * upload.reads * PRICES.read],
    ['SQS', `× ${upload.messages + 1} messages, three calls each`, uploads * (upload.messages + 1) * PRICES.message],
    [
      'Lambda',
      `× ${runSeconds.toFixed(1)} s × ${MEMORY_GIGABYTES} GB`,
      uploads * runSeconds * MEMORY_GIGABYTES * PRICES.gigabyteSecond,
    ],
    [
      'reconciling, daily',
      `30 × ${thousands(LOAD.articles)} × ${reconcile.reads.toFixed(1)} reads`,
      reconciles * reconcile.reads * PRICES.read,
    ],
    [
      'at rest',
      `${thousands(LOAD.publications)} publications × ${AT_REST_DOLLARS}, without dashboards ([runbook](runbook.md#what-it-costs))`,
      LOAD.publications * AT_REST_DOLLARS,
    ],
    ['storage', `${thousands(Math.round(gigabytes))} GB`, gigabytes * PRICES.storageGigabyteMonth],
    ['CloudFront, requests', `${thousands(polls)} polls, two functions each`, polls * PRICES.request],
    [
      'CloudFront, transfer',
      `a tenth of them × ${POLLING.bytes / 1000} kB`,
      ((polls * POLLING.changedShare * POLLING.bytes) / 1e9) * PRICES.transferGigabyte,
    ],
  ];
  const sum = lines.reduce((total, [, , dollars]) => total + dollars, 0);
  const told = lines.map(
    ([name, reckoning, dollars]) => `| ${name} | ${reckoning} | ${thousands(Math.round(dollars))} |`,
  );
  return [...told, `| **together** | | **${thousands(Math.round(sum))}** |`].join('\n');
}

function bends(): string {
  const { t1 } = laneTimes();
  const settingsDay = (86_400 * READS_AT_ONCE * 1000) / LATENCIES.read / counted.reconcileAll.reads;
  const reconcileDay = (86_400 * READS_AT_ONCE * 1000) / LATENCIES.read / counted.reconcile.reads;
  const statusMinutes = (300 * READS_AT_ONCE * 1000) / LATENCIES.read / counted.status.reads;
  const alone = LIMITS.writesASecond / counted.upload.writes;
  const lines = [
    [
      '100,000 articles in one publication',
      'repair of a damaged feed: one run of the function reads all records ([decision 015](decisions/015-rebuild-in-place.md))',
      'restore the state bucket from a copy; or write the keys of each damaged feed while records are swept',
    ],
    [
      `${thousands(round(statusMinutes))} articles`,
      '`status` reads every record, five minutes',
      'keep the counts of records in the state, as outlines are kept on one machine',
    ],
    [
      `${thousands(round(settingsDay))} articles`,
      'a change of settings takes a day to reach every article',
      'split reconcile all into several lanes by prefix of the key; most settings concern documents alone',
    ],
    [
      `${thousands(round(alone))} uploads a second`,
      'S3 writes below one prefix, if every upload comes alone',
      'nothing: at that rate uploads share runs, and S3 splits busy prefixes',
    ],
    ['25,000,000 articles', 'sitemaps: 50,000 in one index is the limit of the protocol', 'a second index'],
    [
      `${thousands(round(reconcileDay))} articles`,
      'reconcile takes a day, which is its interval',
      'several lanes by prefix; `reconcileHours`',
    ],

    [
      `${thousands(round(1000 / t1))} articles a second in one feed`,
      'the lane of `all`: λ · t1 = 1, lag grows without bound',
      'compress once for a burst; split `all` by section',
    ],
    [
      `${thousands(LOAD.publications)} publications in one account`,
      'quotas of distributions, buckets and stacks',
      'larger quotas or several accounts; several publications on one distribution (`path` of the construct)',
    ],
    [
      `${LIMITS.accountConcurrency} workers`,
      'the account’s concurrency, with many publications in one account',
      'a larger quota; `concurrency` for each publication',
    ],
  ];
  return lines.map((cells, index) => `| ${[index + 1, ...cells].join(' | ')} |`).join('\n');
}

/** Two digits that count. */
function short(value: number): string {
  return value >= 10 ? thousands(round(value)) : String(Number(value.toPrecision(2)));
}

function round(value: number): number {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / scale) * scale;
}

function thousands(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
