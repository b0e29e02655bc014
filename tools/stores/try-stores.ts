/**
 * `npm run test:stores [-- --install] [--write] [--only gofakes3] [--uploads 24]`: runs servers that speak S3, and on each the
 * contract of stores, a whole publication, and four publishers at once whose processes are killed. `--install` installs them
 * into a cache folder (STORES_CACHE names another one), `--write` writes docs/any-store.md. What is not installed is named and
 * skipped. `--minutes` bounds an installation; the next one goes on where it was stopped. What was found on a server is kept in
 * the cache folder, so that `--only` with `--write` changes one row and leaves the others.
 *
 * The exit code is 0 when all holds but what is known not to (servers.ts), else 1.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Clients } from '../../lambda/aws/s3-client.ts';
import { allowsSeveral, type ServerTrial, tryServer } from '../../lambda/aws/server-trial.ts';
import { installServer, startServer } from './run-server.ts';
import { CACHE, isInstalled, keysOf, SERVERS, type StoreServer } from './servers.ts';
import { renderPage, type ServerResult } from './trial-table.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'docs/any-store.md');
const RESULTS = 'results';
const TESTS_MS_MAX = 1_200_000;
const BUCKET = 'feedwright-trial';
const PUBLICATION_TEST = /publishes the sample|takes the sample/;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      install: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      only: { type: 'string' },
      uploads: { type: 'string', default: '24' },
      minutes: { type: 'string', default: '30' },
    },
  });
  let triedCount = 0;
  let faultCount = 0;
  for (const server of SERVERS.filter(
    ({ name }) => values.only === undefined || values.only.split(',').includes(name),
  )) {
    const reason = values.install ? installServer(server, Number(values.minutes) * 60_000) : missing(server);
    if (reason !== null) {
      console.log(`SKIPPED ${server.name}: ${reason}`);
      continue;
    }
    const result = await tryOne(server, Number(values.uploads));
    const faults = faultsOf(server, result);
    faultCount += faults.length;
    triedCount += 1;
    keepResult(server, result);
    console.log(describe(result));
    if (values.write) writeFileSync(PAGE, renderPage(SERVERS.flatMap((each) => readResult(each) ?? [])));
    for (const fault of faults) console.log(`FAULT ${server.name}: ${fault}`);
  }
  console.log(`${triedCount} servers, ${faultCount} faults.`);
  return faultCount === 0 ? 0 : 1;
}

function missing(server: StoreServer): string | null {
  return isInstalled(server) ? null : 'it is not installed; npm run test:stores -- --install';
}

function keepResult(server: StoreServer, result: ServerResult): void {
  mkdirSync(join(CACHE, RESULTS), { recursive: true });
  writeFileSync(resultFile(server), JSON.stringify(result));
}

/** Null where this version was never tried. */
function readResult(server: StoreServer): ServerResult | null {
  const file = resultFile(server);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function resultFile({ name, version }: StoreServer): string {
  return join(CACHE, RESULTS, `${name}-${version}.json`);
}

async function tryOne(server: StoreServer, uploadCount: number): Promise<ServerResult> {
  const { endpoint, stop } = await startServer(server);
  try {
    const trial = await tryOnce(server, endpoint);
    const isForSeveral = allowsSeveral(trial);
    const { accessKeyId: STORE_KEY, secretAccessKey: STORE_SECRET } = keysOf(server);
    const named = { STORE_ENDPOINT: endpoint, STORE_KEY, STORE_SECRET };
    const { cases, printed } = runTests('tests/aws/server-trial.test.ts', named);
    const contract = cases.filter(
      ({ name }) => name.startsWith('a server for several') && !PUBLICATION_TEST.test(name),
    );
    const crowd = isForSeveral
      ? runTests('tests/aws/crowd.test.ts', { ...named, CROWD: String(uploadCount) })
      : { cases: [], printed: '' };
    return {
      name: server.name,
      version: server.version,
      trial,
      isForSeveral,
      contract: isForSeveral
        ? {
            passedCount: contract.filter(({ passed }) => passed).length,
            failures: contract.filter(({ passed }) => !passed).map(({ name }) => name),
          }
        : null,
      writtenAgain: {
        count: Number(/(\d+) written again/.exec(printed)?.[1] ?? 0),
        reason: server.writesAgain ?? null,
      },
      isPublicationSame: cases.some(({ name, passed }) => PUBLICATION_TEST.test(name) && passed),
      crowd:
        crowd.cases.length === 0
          ? null
          : {
              isSame: crowd.cases.every(({ passed }) => passed),
              killCount: Number(/(\d+) kills/.exec(crowd.printed)?.[1] ?? 0),
            },
    };
  } finally {
    await stop();
  }
}

async function tryOnce(server: StoreServer, endpoint: string): Promise<ServerTrial> {
  const place = { endpoint, credentials: keysOf(server), region: 'us-east-1', forcePathStyle: true };
  const client = createS3Clients(place).create();
  try {
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    return await tryServer(client, BUCKET, '');
  } finally {
    client.destroy();
  }
}

interface Case {
  readonly name: string;
  readonly passed: boolean;
}

/** The cases of a test file that ran, and what it printed. */
function runTests(file: string, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-stores-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const options = ['run', file, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { stdout, stderr } = spawnSync(process.execPath, [vitest, ...options], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: TESTS_MS_MAX,
      env: { ...process.env, ...env },
    });
    const printed = `${stdout}${stderr}`;
    if (process.env.STORES_VERBOSE !== undefined) console.log(printed);
    return { cases: readReport(report), printed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readReport(file: string): readonly Case[] {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
    }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status }) => ({ name: fullName, passed: status === 'passed' }));
}

function faultsOf(
  { knownFailures }: StoreServer,
  { contract, isPublicationSame, writtenAgain, crowd }: ServerResult,
): readonly string[] {
  const unknown = contract?.failures.filter((each) => !knownFailures.some((known) => each.includes(known))) ?? [];
  return [
    ...unknown,
    ...(writtenAgain.count > 0 && writtenAgain.reason === null ? [`${writtenAgain.count} were written again`] : []),
    ...(isPublicationSame ? [] : ['the publication differs']),
    ...(crowd?.isSame === false ? ['what four publishers made differs'] : []),
  ];
}

function describe({ name, version, isForSeveral, contract, isPublicationSame, crowd }: ServerResult): string {
  const cases =
    contract === null ? 'no contract' : `contract ${contract.passedCount}, ${contract.failures.length} failed`;
  const four =
    crowd === null
      ? 'four at once not tried'
      : `four at once ${crowd.isSame ? 'same' : 'DIFFER'}, ${crowd.killCount} kills`;
  const who = isForSeveral ? 'several publishers' : 'one build';
  return `${name} ${version}: ${who}; ${cases}; publication ${isPublicationSame ? 'same' : 'DIFFERS'}; ${four}`;
}
