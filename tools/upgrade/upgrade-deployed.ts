/**
 * `npm run test:upgrade:deployed`: deploys a former version to an emulator and publishes the sample by it, then deploys
 * the present one over it. Prints every id, address and date that subscribers would see changed; exit code 1 if there is one.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import type { StatusResult } from '../../local/commands/operator/status.ts';
import { startMiniStack } from '../../tests/support/aws/ministack.ts';
import { readTexts } from '../../tests/support/publication.ts';
import { FORMER_COMMIT, installFormerVersion } from './former-version.ts';
import { comparePublished, type PublishedFeeds, readPublished } from './published-entries.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONTENT = join(ROOT, 'content');
const SETTLE_MS_MAX = 300_000;
const POLL_MS = 2_000;

const ministack = await startMiniStack();
if (ministack !== null) process.exitCode = await upgrade(ministack.environment).finally(() => ministack.stop());

async function upgrade(aws: Readonly<Record<string, string>>): Promise<number> {
  const former = installFormerVersion();
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-upgrade-'));
  try {
    const before = await deploy(former.root, folder, aws, CONTENT);
    const after = await deploy(ROOT, folder, aws, null);
    const differences = comparePublished(before, after);
    const count = [...before.values()].reduce((sum, entries) => sum + entries.length, 0);
    for (const difference of differences) console.log(difference);
    console.log(
      `${count} entries in ${before.size} documents, ${FORMER_COMMIT} and now: ${differences.length} differences`,
    );
    return differences.length === 0 && count > 0 ? 0 : 1;
  } finally {
    former.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Deploys a version, waits until its publisher is at rest, and reads what is public then.
 *
 * @param content the folder to push after the deployment; null for none
 */
async function deploy(
  root: string,
  folder: string,
  aws: Readonly<Record<string, string>>,
  content: string | null,
): Promise<PublishedFeeds> {
  const run = (script: string, ...rest: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...rest], {
      ...{ cwd: folder, encoding: 'utf8', env: { ...process.env, ...aws, CDK_DISABLE_CLI_TELEMETRY: 'true' } },
    });
    if (status !== 0 && status !== 1) throw new Error(`${script} ended with ${status}:\n${stdout}\n${stderr}`);
    return stdout;
  };
  const settings = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = `"${process.execPath}" "${join(root, 'bin/app.ts')}"`;
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ ...settings, app }));
  run('local/deploy.ts', '--progress', 'events');
  if (content !== null) run('bin/feedwright.ts', 'push', content);
  await settle(() => JSON.parse(run('bin/feedwright.ts', 'status', '--json')));
  const outputs = JSON.parse(readFileSync(join(folder, 'feedwright-outputs.json'), 'utf8')).Feedwright;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = aws.AWS_ENDPOINT_URL ?? '';
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  try {
    return readPublished(await readTexts(createS3Store({ client: s3, bucket: outputs.SiteBucketName })));
  } finally {
    s3.destroy();
  }
}

/** Waits until nothing is queued, twice in a row: between two queues work is in neither. */
async function settle(readStatus: () => StatusResult): Promise<void> {
  const deadline = Date.now() + SETTLE_MS_MAX;
  for (let restCount = 0; restCount < 2; ) {
    const { queues, behind, counts } = readStatus();
    const { articles, feeds } = queues;
    const open = articles.waitingCount + articles.workingCount + feeds.waitingCount + feeds.workingCount;
    restCount = open + behind.count === 0 && counts.published > 0 ? restCount + 1 : 0;
    if (Date.now() > deadline) throw new Error(`Not settled: ${JSON.stringify(queues)}`);
    await wait(POLL_MS);
  }
}
