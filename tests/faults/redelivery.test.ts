/** Queues that give what they gave before: each message again, many times, in any order, after it was done. */

import { describe, expect, it } from 'vitest';
import { type Cloud, createCloud, MINUTE_MS } from './cloud.ts';

const SITE = 'title: Storm\nid: storm\npageSize: 10\n';
const ARTICLE_COUNT = 12;
const STORMS = 3;
const QUIET_MS = 10 * MINUTE_MS;

function article(index: number, title = `Post ${index}`): string {
  const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
  return `---\ntitle: ${title}\ndate: ${date}\ntags: [sea]\n---\nWords.\n`;
}

async function publishAll(cloud: Cloud, times: number): Promise<void> {
  await cloud.upload('site.yaml', SITE, times);
  for (let index = 0; index < ARTICLE_COUNT; index += 1) await cloud.upload(`p${index}.md`, article(index), times);
  await cloud.pass(QUIET_MS);
}

describe('a storm of redeliveries', () => {
  it('of events that each came five times publishes each article once', async () => {
    const [once, often] = [createCloud(), createCloud()];
    await publishAll(once, 1);
    await publishAll(often, 5);
    expect(await often.documents()).toEqual(await once.documents());
  });

  it.each([1, 2, 3])('of messages that are done changes no document, whatever their order (%i)', async (seed) => {
    const cloud = createCloud({ seed });
    await publishAll(cloud, 1);
    await cloud.upload('p3.md', article(3, 'Another title'));
    await cloud.upload('p7.md', null);
    await cloud.pass(QUIET_MS);
    const before = await cloud.documents();
    for (let storm = 0; storm < STORMS; storm += 1) {
      cloud.repeatAll();
      await cloud.pass(QUIET_MS);
      expect(await cloud.documents()).toEqual(before);
    }
    expect(cloud.waitingCount() + cloud.deadCount).toBe(0);
    expect(cloud.failures).toEqual([]);
  });

  it('holds up no later change, and never shows an earlier one again', async () => {
    const cloud = createCloud({ seed: 4 });
    await publishAll(cloud, 1);
    const titles: string[] = [];
    for (let edit = 0; edit < 5; edit += 1) {
      await cloud.upload('p11.md', article(11, `Edit ${edit}`));
      cloud.repeatAll();
      // Seconds, in which the storm is not over.
      await cloud.pass(1_000);
      titles.push(/Edit \d/.exec((await cloud.documents()).get('rss.xml') ?? '')?.[0] ?? '');
    }
    expect(titles).toEqual(['Edit 0', 'Edit 1', 'Edit 2', 'Edit 3', 'Edit 4']);
  });
});
