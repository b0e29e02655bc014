/**
 * Reading articles on all cores. The first of a run are read on this thread; when there are more, threads are started,
 * and take over as soon as they are ready: a build of few articles never waits for them, and one of many begins at once.
 */

import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ArticleFile } from '../../lambda/article/parse.ts';
import type { ParsedArticles } from '../../lambda/model/article.ts';
import type { Site } from '../../lambda/model/site.ts';
import type { ParseAnswer, ParseRequest } from './parse-worker.ts';

/** A thread takes as long to start as reading a hundred articles of 5 kB. */
const ALONE_COUNT_MAX = 100;
/** With more, the thread that everything else runs on can't keep up. */
const THREAD_COUNT_MAX = 8;
/** Waiting in one thread. With as many in all threads, this one reads as well. */
const WAITING_COUNT_MAX = 12;
/** In one message. A thread that answers late lets others wait; one that is told of each article is woken for each. */
const MESSAGE_COUNT_MAX = 4;

/** Beside this file, and of its kind: in the package both are built. */
const WORKER = new URL(`./parse-worker${extname(import.meta.url)}`, import.meta.url);

export interface ParsePool {
  /** The result of `parseArticles`. Rejects when that throws, or when the thread died. */
  parse(file: ArticleFile): Promise<ParsedArticles>;
  /** Ends the threads; the next articles are read here again. */
  rest(): Promise<void>;
}

export interface ParsePoolOptions {
  /** Articles that are read here before threads are started. @default 100 */
  readonly aloneCount?: number;
  /** @default as many as the machine has cores beside the one for this thread */
  readonly threadCount?: number;
}

export function createParsePool({
  aloneCount = ALONE_COUNT_MAX,
  threadCount = countThreads(),
}: ParsePoolOptions = {}): ParsePool {
  let threads: readonly Thread[] = [];
  let count = 0;

  return {
    async parse(file) {
      count += 1;
      if (count > aloneCount && threads.length < threadCount)
        threads = Array.from({ length: threadCount }, startThread);
      const free = findFree(threads);
      if (free !== null) return free.parse(file);
      // All stores here answer at once, so this is where others have their turn: threads that are ready, signals.
      await setImmediate();
      const { parseArticles } = await import('../../lambda/article/parse.ts');
      return parseArticles(file);
    },

    async rest() {
      const ending = threads;
      threads = [];
      count = 0;
      await Promise.all(ending.map((thread) => thread.end()));
    },
  };
}

function countThreads(): number {
  return Math.min(availableParallelism() - 1, THREAD_COUNT_MAX);
}

function findFree(threads: readonly Thread[]): Thread | null {
  const free = threads.filter((thread) => thread.isReady() && thread.waitingCount() < WAITING_COUNT_MAX);
  return free.reduce<Thread | null>(
    (least, thread) => (least === null || thread.waitingCount() < least.waitingCount() ? thread : least),
    null,
  );
}

interface Thread {
  isReady(): boolean;
  /** Articles that it has not answered yet. */
  waitingCount(): number;
  parse(file: ArticleFile): Promise<ParsedArticles>;
  end(): Promise<unknown>;
}

/** One article, and whoever waits for it. */
interface Errand {
  readonly file: ArticleFile;
  resolve(parsed: ParsedArticles): void;
  reject(error: unknown): void;
}

/** Requests of one turn of the event loop go to a thread together. */
function startThread(): Thread {
  const worker = new Worker(WORKER);
  let isReady = false;
  let site: Site | null = null;
  let gathered: Errand[] = [];
  /** The thread answers in the order in which it was asked. */
  let sent: readonly Errand[] = [];

  function send(): void {
    const [first] = gathered;
    if (first === undefined) return;
    // Other settings go in a message of their own.
    const same = gathered.filter(({ file }) => file.site === first.file.site).slice(0, MESSAGE_COUNT_MAX);
    const request: ParseRequest = {
      site: first.file.site === site ? undefined : first.file.site,
      files: same.map(({ file: { site: _, ...file } }) => file),
    };
    site = first.file.site;
    gathered = gathered.filter((errand) => !same.includes(errand));
    sent = [...sent, ...same];
    worker.postMessage(request);
    send();
  }

  /** Nothing more comes from it: what waits for it fails, and what comes is read elsewhere. */
  function giveUp(reason: unknown): void {
    isReady = false;
    const waiting = [...sent, ...gathered];
    sent = [];
    gathered = [];
    for (const { reject } of waiting) reject(reason);
  }

  worker.on('message', (answers: ParseAnswer) => {
    isReady = true;
    const answered = sent.slice(0, answers.length);
    sent = sent.slice(answers.length);
    for (const [index, errand] of answered.entries()) {
      const answer = answers[index];
      if (answer?.kind === 'parsed') errand.resolve(answer.parsed);
      else errand.reject(answer?.error);
    }
  });
  worker.on('error', giveUp);
  worker.on('exit', () => giveUp(new Error('The thread that read articles has ended.')));

  return {
    isReady: () => isReady,
    waitingCount: () => sent.length + gathered.length,
    parse: (file) =>
      new Promise((resolve, reject) => {
        if (gathered.length === 0) setImmediate().then(send);
        gathered.push({ file, resolve, reject });
      }),
    end: () => worker.terminate(),
  };
}
