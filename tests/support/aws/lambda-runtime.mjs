/**
 * As much of Lambda's runtime for Node as a function notices, in plain JavaScript as that is: it loads the handler that
 * `_HANDLER` names from `LAMBDA_TASK_ROOT`, asks the runtime API for one invocation after another, and gives back what
 * becomes of each. `CLOCK_AHEAD_MS` sets its clock, for what becomes due later.
 */

import http from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT = '.', _HANDLER = '', CLOCK_AHEAD_MS = '0' } = process.env;
const API = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new http.Agent({ keepAlive: true });

async function run() {
  setClock(Number(CLOCK_AHEAD_MS));
  const handler = await loadHandler().catch(async (error) => {
    await call('POST', '/init/error', describe(error));
    process.exit(1);
  });
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    const id = headers['lambda-runtime-aws-request-id'];
    try {
      const result = await handler(JSON.parse(body), createContext(headers));
      await call('POST', `/invocation/${id}/response`, result ?? null);
    } catch (error) {
      await call('POST', `/invocation/${id}/error`, describe(error));
    }
  }
}

function setClock(aheadMs) {
  const now = Date.now;
  if (aheadMs !== 0) Date.now = () => now() + aheadMs;
}

async function loadHandler() {
  const [file = '', name = ''] = _HANDLER.split('.');
  const module = await import(pathToFileURL(join(LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  if (typeof module[name] !== 'function') throw new Error(`${_HANDLER} is undefined or not exported`);
  return module[name];
}

function createContext(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: '1769',
    getRemainingTimeInMillis: () => deadlineMs - performance.timeOrigin - performance.now(),
  };
}

function describe(error) {
  return { errorType: error?.name, errorMessage: error?.message, trace: String(error?.stack).split('\n') };
}

/** Waits as long as the API lets it wait: that is how an idle function sleeps. */
function call(method, path, value) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${API}${path}`, { method, agent }, async (response) => {
      let body = '';
      for await (const part of response.setEncoding('utf8')) body += part;
      resolve({ headers: response.headers, body });
    });
    request.on('error', reject);
    request.end(value === undefined ? undefined : JSON.stringify(value));
  });
}

await run();
