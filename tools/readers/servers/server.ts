/**
 * Readers that are servers, each run on the loopback with a database of its own. None of them is part of this repository: Miniflux
 * comes from the Go proxy. READERS_PROGRAMS names a folder with the others: `yarr` (the program), `freshrss` and `tt-rss` (their
 * folders).
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShownEntry } from '../table/shown.ts';

/** An entry as its people see it. */
export interface ServerEntry extends ShownEntry {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly published: number;
  /** HTML, as it is kept. */
  readonly text: string;
  readonly author?: string;
  readonly files?: readonly string[];
  readonly isNew: boolean;
}

export interface ReaderServer {
  /** Where people look, without a slash at its end. */
  readonly origin: string;
  /** Whether it is subscribed to now. */
  subscribe(address: string): Promise<boolean>;
  refresh(): Promise<void>;
  entries(): Promise<readonly ServerEntry[]>;
  /** The home page of what is subscribed to, as it is kept. */
  home(): Promise<string>;
  readAll(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerProgram {
  readonly name: string;
  readonly version: string;
  readonly formats: readonly ('rss' | 'atom' | 'json')[];
  /** @param folder empty, its own; null where the program is not there */
  readonly open: (folder: string) => Promise<ReaderServer | null>;
}

/** Writes a list with one feed, which servers import. */
export function writeList(folder: string, address: string): string {
  const list = join(folder, 'list.opml');
  const outline = `<outline type="rss" text="x" xmlUrl="${address}"/>`;
  writeFileSync(list, `<opml version="2.0"><head><title>x</title></head><body>${outline}</body></opml>`);
  return list;
}

const START_MS_MAX = 60_000;
const STEP_MS = 100;

/** A program that the operator has put there; null for none. */
export function programOf(name: string): string | null {
  const folder = process.env.READERS_PROGRAMS;
  if (folder === undefined) return null;
  const path = join(folder, name);
  return existsSync(path) ? path : null;
}

export interface RunningProcess {
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers at an address. Throws where it ends before, or takes longer than a minute. */
export async function startServer(
  command: string,
  options: readonly string[],
  env: NodeJS.ProcessEnv,
  address: string,
): Promise<RunningProcess> {
  const child = spawn(command, options, { env, stdio: 'ignore' });
  const ended = once(child, 'close').catch(() => []);
  const stop = async () => {
    if (isRunning(child)) child.kill();
    await ended;
  };
  try {
    await waitFor(async () => {
      if (!isRunning(child)) throw new Error(`${command} ended before it answered.`);
      return (await fetch(address, { redirect: 'manual' }).catch(() => null)) !== null;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

function isRunning({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Asks again and again until something is so. */
export async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + START_MS_MAX;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('It took longer than a minute.');
    await sleep(STEP_MS);
  }
}

/** Sends JSON, and gives the JSON of the answer (null for an empty one). Throws on an error. */
export async function callJson<Result>(
  address: string,
  method: 'GET' | 'POST' | 'PUT',
  { body, headers }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Result> {
  const response = await fetch(address, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address} was answered with ${response.status}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Result;
}
