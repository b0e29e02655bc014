/**
 * MiniStack, an emulator of AWS that can deploy a whole stack: CloudFormation, S3 events, queues, and Lambda as a Node
 * process, without Docker. It is installed from PyPI into a folder of its own, once, and listens on this machine only.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../loopback.ts';

export interface MiniStack {
  /** What a process needs to take it for AWS. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Functions in Python run in its own Python, where those of the CDK need boto3, which Lambda has. */
const PACKAGES = 'ministack==1.5.33 boto3==1.43.106';
const PLACE = fileURLToPath(new URL('../../../.feedwright/ministack', import.meta.url));
const BIN = join(PLACE, process.platform === 'win32' ? 'Scripts' : 'bin');
const START_MS_MAX = 60_000;
const POLL_MS = 200;

/** Starts it, or gives null, and says why, where it can't be installed. */
export async function startMiniStack(): Promise<MiniStack | null> {
  try {
    install();
  } catch (error) {
    console.warn(`The deployment is skipped: MiniStack could not be installed (${String(error).split('\n')[0]}).`);
    return null;
  }
  const port = await findFreePort();
  const files = mkdtempSync(join(tmpdir(), 'feedwright-ministack-'));
  const server = spawn(join(BIN, 'ministack'), [], {
    stdio: 'ignore',
    env: {
      ...process.env,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      TMPDIR: files,
      // The function runs on the Node that runs this test.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitFor(endpoint);
  return {
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    async stop() {
      await stop(server);
      rmSync(files, { recursive: true, force: true });
    },
  };
}

function install(): void {
  const installed = join(PLACE, 'feedwright-packages.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === PACKAGES) return;
  execFileSync('python3', ['-m', 'venv', PLACE], { stdio: 'pipe' });
  execFileSync(join(BIN, 'pip'), ['install', '--quiet', ...PACKAGES.split(' ')], { stdio: 'pipe' });
  writeFileSync(installed, PACKAGES);
}

async function waitFor(endpoint: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += POLL_MS) {
    if ((await fetch(endpoint).catch(() => null)) !== null) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`MiniStack gave no answer for ${START_MS_MAX} ms.`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}
