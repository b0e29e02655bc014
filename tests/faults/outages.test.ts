/** What AWS may refuse for a while, and what becomes of a publication meanwhile and afterwards. */

import { describe, expect, it } from 'vitest';
import { failureOf } from '../../lambda/aws/aws-failure.ts';
import { type Cloud, type CloudOptions, createCloud, MINUTE_MS, publishUndisturbed } from './cloud.ts';
import type { Call, FaultPlace, Strike } from './faulty-store.ts';

const SITE = 'title: Weather\nid: weather\npageSize: 10\n';
const BEFORE_COUNT = 12;
const DURING_COUNT = 10;
/** A feed that was left unfinished is queued again within 15 minutes, by a tick; sitemaps follow after their delay. */
const HEALS_WITHIN_MS = 25 * MINUTE_MS;

function article(index: number, text = 'Words.'): string {
  const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
  return `---\ntitle: Post ${index}\ndate: ${date}\ntags: [sea]\n---\n${text}\n`;
}

/** A failure as the adapters throw it for an answer of AWS. */
function refusal(status: number, name: string, { place, key }: Call): Error {
  const cause = Object.assign(new Error('Please reduce your request rate.'), {
    name,
    $metadata: { httpStatusCode: status },
  });
  return failureOf(cause, `Using ${key} of ${place}`);
}

const unavailable = (call: Call): Error => refusal(503, 'ServiceUnavailable', call);

/** Publishes, lets the fault be there while more is uploaded and edited, and gives what was there before. */
async function liveThrough(cloud: Cloud, strike: Strike, forMs: number): Promise<ReadonlyMap<string, string>> {
  const files: Record<string, string> = { 'site.yaml': SITE };
  for (let index = 0; index < BEFORE_COUNT; index += 1) files[`p${index}.md`] = article(index);
  for (const [key, text] of Object.entries(files)) await cloud.upload(key, text);
  await cloud.pass(HEALS_WITHIN_MS);
  const before = await cloud.documents();
  cloud.strike = strike;
  for (let index = BEFORE_COUNT; index < BEFORE_COUNT + DURING_COUNT; index += 1) {
    await cloud.upload(`p${index}.md`, article(index));
    await cloud.pass(forMs / DURING_COUNT);
  }
  return before;
}

async function expectHealed(cloud: Cloud, options: CloudOptions = {}): Promise<void> {
  cloud.strike = () => null;
  await cloud.pass(HEALS_WITHIN_MS);
  expect(cloud.waitingCount()).toBe(0);
  expect(cloud.deadCount).toBe(0);
  const files: Record<string, string> = { 'site.yaml': SITE };
  for (let index = 0; index < BEFORE_COUNT + DURING_COUNT; index += 1) files[`p${index}.md`] = article(index);
  const [present, expected] = [await cloud.documents(), await publishUndisturbed(files, options)];
  // Archive pages that are no more keep their addresses for a month.
  const more = [...present.keys()].filter((path) => !expected.has(path) && !path.includes('archive/'));
  expect(more).toEqual([]);
  for (const [path, text] of expected) expect(present.get(path), path).toBe(text);
}

describe('throttling for twenty minutes', () => {
  it.each([
    ['S3 refuses most calls', 503, 'SlowDown', ['content', 'state', 'public']],
    ['SQS refuses most calls', 400, 'ThrottlingException', ['queue']],
  ] as const)('%s: all is published when it ends', async (_, status, name, places: readonly FaultPlace[]) => {
    const cloud = createCloud();
    const isStruck = ({ place }: Call) => places.includes(place) && cloud.random.chance(0.6);
    await liveThrough(cloud, (call) => (isStruck(call) ? refusal(status, name, call) : null), 20 * MINUTE_MS);
    expect(cloud.failures.length).toBeGreaterThan(0);
    expect(cloud.failures[0]).toContain(`HTTP ${status}). ${name}: Please reduce your request rate. It may pass`);
    await expectHealed(cloud);
  });
});

describe('an outage', () => {
  it('of all of S3, for an hour: what was published stays, and all else is published when it ends', async () => {
    const cloud = createCloud();
    const before = await liveThrough(
      cloud,
      (call) => (call.place === 'queue' ? null : unavailable(call)),
      60 * MINUTE_MS,
    );
    expect(await cloud.documents()).toEqual(before);
    expect(cloud.failures.join('\n')).toContain('HTTP 503');
    await expectHealed(cloud);
  });

  it.each([
    ['content', 'read'],
    ['state', 'read'],
    ['state', 'write'],
    // A write looks first, so this is every call.
    ['public', 'write'],
    ['queue', 'write'],
  ] as const)('of %s alone, for each %s in half an hour, heals when it ends', async (place, kind) => {
    const cloud = createCloud();
    const isStruck = (call: Call) => call.place === place && call.kind === kind;
    await liveThrough(cloud, (call) => (isStruck(call) ? unavailable(call) : null), 30 * MINUTE_MS);
    expect(cloud.failures.length).toBeGreaterThan(0);
    await expectHealed(cloud);
  });

  it('that comes and goes with every call leaves nothing behind', async () => {
    const cloud = createCloud({ seed: 7, withVariants: true });
    let count = 0;
    await liveThrough(cloud, (call) => (++count % 3 === 0 ? unavailable(call) : null), 10 * MINUTE_MS);
    await expectHealed(cloud, { withVariants: true });
  });
});
