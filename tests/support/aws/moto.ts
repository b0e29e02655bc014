/**
 * moto's server, an implementation of S3 and SQS that speaks HTTP, for the tests that need the real thing. It is a
 * Python program (`pip install 'moto[server]'`); where it is missing those tests are skipped, and say so.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../loopback.ts';

export interface Moto {
  /** Its address, for the `endpoint` of any AWS client. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** For clients: moto takes any credentials, but the SDK asks for some. */
export const MOTO_CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
  forcePathStyle: true,
} as const;

const SERVER = fileURLToPath(new URL('moto-server.py', import.meta.url));

const START_MS_MAX = 60_000;
const POLL_MS = 100;

/** Starts moto on a free port of this machine, or gives null, and says why, where there is none. */
export async function startMoto(): Promise<Moto | null> {
  const port = await findFreePort();
  const server = spawn('python3', [SERVER, String(port)], { stdio: 'ignore' });
  const failed = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('exit', (code) => resolve(`it ended with code ${code}`));
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const reason = await Promise.race([failed, answers(endpoint)]);
  if (reason === null) return { endpoint, stop: () => stop(server) };
  server.kill();
  console.warn(`The tests on moto are skipped: moto could not be started (${reason}).`);
  return null;
}

/** Null as soon as the server answers, else why it was given up. */
async function answers(endpoint: string): Promise<string | null> {
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += POLL_MS) {
    const response = await fetch(`${endpoint}/moto-api/data.json`).catch(() => null);
    if (response?.ok === true) return null;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return `no answer for ${START_MS_MAX} ms`;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}
