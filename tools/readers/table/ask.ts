/** Has readers read the stress publication where it is served. */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { subscriptionPath } from '../../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../../lambda/model/document.ts';
import { createFolderStore } from '../../../local/store/folder-store.ts';
import { startLoopback } from '../../../tests/support/loopback.ts';
import { createTestPublication } from '../../../tests/support/publication.ts';
import { CONSUMERS, type Consumer, GROUPS, type GroupName } from './consumers.ts';
import { folderOf, isInstalled } from './install.ts';
import type { Program } from './programs.ts';
import type { Answer, DocumentName, Job } from './shown.ts';
import { STRESS_NOW, stressFiles } from './stress.ts';
import { answerKey, type JudgedRow, judgeRow, type Row } from './table.ts';

const FORMATS: readonly FeedFormat[] = ['rss', 'atom', 'json'];
const DOCUMENTS: readonly DocumentName[] = ['all', 'short', 'listen'];
const GROUP_MS_MAX = 300_000;

const TYPES: Readonly<Record<string, string>> = {
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/feed+json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
};

export interface Asked {
  readonly rows: readonly JudgedRow[];
  /** Names of those that are not installed. */
  readonly absent: readonly string[];
}

/** Asks all readers of the groups that are there, and the programs. */
export async function askReaders(
  groups: readonly GroupName[],
  tell: (line: string) => void,
  programs: readonly Program[] = [],
): Promise<Asked> {
  const root = mkdtempSync(join(tmpdir(), 'feedwright-stress-'));
  const server = await startLoopback((request, response) => serveFile(root, request, response));
  const base = `${server.origin}/`;
  try {
    await publishStress(root, base);
    const jobs = DOCUMENTS.flatMap((document) => FORMATS.map((format) => jobOf(root, base, document, format)));
    const rows: JudgedRow[] = [];
    const absent: string[] = [];
    for (const group of groups) {
      const consumers = CONSUMERS.filter((consumer) => consumer.group === group);
      if (!isInstalled(group)) {
        absent.push(...consumers.map(nameOf));
        continue;
      }
      const start = Date.now();
      const asked = await askGroup(group, consumers, jobs);
      rows.push(...asked.filter(isThere).map((row) => judgeRow(row, base)));
      absent.push(...asked.filter((row) => !isThere(row)).map(({ reader }) => reader));
      tell(`${group}: ${consumers.length} readers in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    }
    for (const { name, version, formats, answer } of programs) {
      const start = Date.now();
      const answers = new Map<string, Answer>();
      for (const job of jobs.filter(({ format }) => formats.includes(format)))
        answers.set(answerKey(job.format, job.document), await answer(job));
      const row = { reader: `${name} ${version}`, answers };
      if (isThere(row)) rows.push(judgeRow(row, base));
      else absent.push(row.reader);
      tell(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    }
    return { rows, absent };
  } finally {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function isThere({ answers }: Row): boolean {
  return [...answers.values()].some((answer) => !('absent' in answer));
}

/** Two readers of two languages have one name. */
function nameOf({ name, version, group }: Consumer): string {
  return CONSUMERS.some((other) => other.name === name && other.group !== group)
    ? `${name} ${version} (${group})`
    : `${name} ${version}`;
}

async function askGroup(
  group: GroupName,
  consumers: readonly Consumer[],
  jobs: readonly Job[],
): Promise<readonly Row[]> {
  const asked = consumers.flatMap((consumer) =>
    jobs
      .filter(
        ({ format, document }) =>
          consumer.formats.includes(format) && !(consumer.isOfPodcasts && document !== 'listen'),
      )
      .map((job) => ({ consumer, job })),
  );
  const { run, takesFiles } = GROUPS[group];
  const [command = '', ...options] = run(folderOf(group));
  const files = asked.map(({ job }) => job.file);
  const lines = asked.map(({ consumer, job }) => `${JSON.stringify({ ...job, reader: consumer.name })}\n`);
  const output = await runLines(
    command,
    takesFiles ? [...options, ...files] : options,
    takesFiles ? '' : lines.join(''),
  );
  const answers = output.split('\n').filter((line) => line.startsWith('{'));
  return consumers.map((consumer) => {
    const own = asked.flatMap(({ consumer: other, job }, index): [string, Answer][] => {
      if (other !== consumer) return [];
      const line = answers[index];
      const answer: Answer = line === undefined ? { error: 'it ended before it answered' } : JSON.parse(line);
      return [[answerKey(job.format, job.document), answer]];
    });
    return { reader: nameOf(consumer), answers: new Map(own) };
  });
}

/** The output of a program, while the server in this process goes on answering. */
function runLines(command: string, options: readonly string[], input: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, options, { stdio: ['pipe', 'pipe', 'ignore'], timeout: GROUP_MS_MAX });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(Buffer.concat(parts).toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function jobOf(root: string, base: string, document: DocumentName, format: FeedFormat): Job {
  const path = subscriptionPath(document, format);
  return { document, format, file: join(root, path), url: base + path };
}

async function publishStress(root: string, url: string): Promise<void> {
  const folder = createFolderStore({ root });
  const publication = await createTestPublication({
    now: STRESS_NOW,
    url,
    wrap: (store, name) => (name === 'public' ? folder : store),
  });
  for (const [key, body] of stressFiles()) await publication.put(key, body);
  await publication.settle();
  const { problems } = await publication.publisher.overview();
  if (problems.length > 0) throw new Error(`The publication has problems: ${JSON.stringify(problems)}`);
}

function serveFile(root: string, { url = '/' }: IncomingMessage, response: ServerResponse): void {
  const file = join(root, decodeURIComponent(URL.parse(url, 'http://127.0.0.1')?.pathname ?? '/'));
  if (!file.startsWith(root) || !existsSync(file) || statSync(file).isDirectory()) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/html' }).end(readFileSync(file));
}
