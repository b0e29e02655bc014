/**
 * A function as Lambda runs it: a process of its own that loads the built bundle and asks this side, by the runtime API
 * over HTTP, what to do next (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startLoopback } from '../loopback.ts';

export interface LambdaFunction {
  /** Hands an event over and gives the answer; rejects when the handler threw or the process ended. One at a time. */
  invoke(event: unknown): Promise<unknown>;
  /** Everything the function has logged so far, line by line. */
  readonly log: readonly string[];
  /** Ends the process as a power cut does; the next invocation starts another. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface LambdaFunctionOptions {
  /** Folder with the bundle. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 120000 */
  readonly timeoutMs?: number;
}

const RUNTIME = fileURLToPath(new URL('lambda-runtime.mjs', import.meta.url));
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:publisher';

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly answered: PromiseWithResolvers<unknown>;
}

/** Starts the runtime API; the process starts with the first invocation, as Lambda's do. */
export async function startLambdaFunction(options: LambdaFunctionOptions): Promise<LambdaFunction> {
  const { timeoutMs = 120_000 } = options;
  const log: string[] = [];
  /** The process, a poll of it that waits for work, and the work that waits for a poll or an answer. */
  let running: ReturnType<typeof startProcess> | null = null;
  let poll: ServerResponse | null = null;
  let invocation: Invocation | null = null;

  const handOver = () => {
    if (poll === null || invocation === null) return;
    poll.writeHead(200, {
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
      'lambda-runtime-invoked-function-arn': FUNCTION_ARN,
      'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
    });
    poll.end(JSON.stringify(invocation.event));
    poll = null;
  };
  const settle = (outcome: (answered: PromiseWithResolvers<unknown>) => void) => {
    const settled = invocation;
    invocation = null;
    if (settled !== null) outcome(settled.answered);
  };
  const server = await startLoopback(async (request, response) => {
    const path = request.url?.replace('/2018-06-01/runtime/', '') ?? '';
    const body = await readText(request);
    if (path === 'invocation/next') {
      poll = response;
      return handOver();
    }
    response.writeHead(202).end();
    if (path === 'init/error' || path === `invocation/${invocation?.id}/error`) {
      settle(({ reject }) => reject(new Error(JSON.parse(body).errorMessage)));
    } else if (path === `invocation/${invocation?.id}/response`) {
      settle(({ resolve }) => resolve(JSON.parse(body)));
    }
  });

  const begin = () => {
    const started = startProcess(options, server.port, log);
    started.ended.then((how) => {
      if (running !== started) return;
      running = null;
      poll = null;
      settle(({ reject }) => reject(new Error(`The function's process ended (${how}).`)));
    });
    return started;
  };
  const kill = async () => {
    const killed = running;
    killed?.kill();
    await killed?.ended;
  };
  return {
    log,
    invoke(event) {
      if (invocation !== null) throw new Error('The function is at work already.');
      invocation = { id: randomUUID(), event, answered: Promise.withResolvers<unknown>() };
      const { promise } = invocation.answered;
      running ??= begin();
      handOver();
      return promise;
    },
    kill,
    async close() {
      await kill();
      await server.close();
    },
  };
}

function startProcess({ folder, environment }: LambdaFunctionOptions, port: number, log: string[]) {
  const child = spawn(process.execPath, [RUNTIME], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      AWS_LAMBDA_FUNCTION_NAME: 'publisher',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'index.handler',
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log.push(line));
  }
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}
