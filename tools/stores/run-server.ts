/** Installing and running a server of S3 on this machine alone. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../tests/support/loopback.ts';
import { CACHE, isInstalled, type StoreServer } from './servers.ts';

const INSTALL_MS_MAX = 1_800_000;
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 5_000;
const POLL_MS = 200;
/** More than any of them asks for. */
const PORTS_COUNT = 8;

export interface RunningServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Null where it is installed now, else why it is not. */
export function installServer(server: StoreServer, timeoutMs = INSTALL_MS_MAX): string | null {
  if (isInstalled(server)) return null;
  if (spawnSync(server.needs, ['--help'], { stdio: 'ignore' }).error !== undefined)
    return `${server.needs} is not there`;
  mkdirSync(CACHE, { recursive: true });
  for (const command of server.install) {
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: CACHE, encoding: 'utf8', timeout: timeoutMs });
    if (status !== 0) return `“${command}” failed: ${(stderr ?? '').trim().split('\n').at(-1) || 'it took too long'}`;
  }
  return isInstalled(server) ? null : `${server.file} did not come`;
}

/** @throws where it does not answer in time; it is ended then */
export async function startServer({ name, file, runner, start }: StoreServer): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-store-'));
  const ports: number[] = [];
  while (ports.length < PORTS_COUNT) ports.push(await findFreePort());
  const { args, env = {} } = start(folder, ports);
  const [program, ...rest] = [...(runner ?? []), join(CACHE, file), ...args] as [string, ...string[]];
  const child = spawn(program, rest, { cwd: folder, stdio: 'ignore', env: { ...process.env, ...env } });
  child.on('error', () => {});
  const endpoint = `http://127.0.0.1:${ports[0]}`;
  const stop = async () => {
    await endProcess(child);
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waitedMs = 0; waitedMs < START_MS_MAX && isAlive(child); waitedMs += POLL_MS) {
    const answer = await fetch(endpoint).catch(() => null);
    if (answer !== null) return { endpoint, stop };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await stop();
  throw new Error(`${name} gave no answer.`);
}

function isAlive({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Asked first, and made to where it does not obey. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, 'exit');
  child.kill();
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await ended;
  clearTimeout(force);
}
