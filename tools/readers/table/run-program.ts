/** Running readers that are programs of their own, and looking into what they keep. */

import { spawn, spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';

const PROGRAM_MS_MAX = 120_000;
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

/** The output of a program; null where it is not installed or fails. */
export function run(command: string, options: readonly string[], input: string): string | null {
  const { status, stdout } = spawnSync(command, options, {
    input,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: PROGRAM_MS_MAX,
  });
  return status === 0 ? stdout : null;
}

/** As `run`, but the server in this process goes on answering meanwhile. True when the program ended well. */
export function runAside(command: string, options: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, options, { env, stdio: 'ignore', timeout: PROGRAM_MS_MAX });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** Changes a database of SQLite. */
export function changeDatabase(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec(statement);
  } finally {
    database.close();
  }
}

/** The output of a program, while the server in this process goes on answering; null where it is not installed or fails. */
export function runForOutput(command: string, options: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'ignore'], timeout: PROGRAM_MS_MAX });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts).toString('utf8') : null));
  });
}

export function queryAll(file: string, query: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
