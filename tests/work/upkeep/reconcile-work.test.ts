import { describe, expect, it } from 'vitest';
import { createPublisher, type Ports, type Publisher } from '../../../lambda/publish.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { upkeepKey } from '../../../lambda/state/keys.ts';
import type { ReconcileState } from '../../../lambda/state/reconcile-state.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { RECONCILE_ALL_LANE, RECONCILE_LANE } from '../../../lambda/work/protocol/lanes.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const FILE_COUNT = 60;
const LISTING_COUNT = 10;
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SITE = 'title: Letters\nid: test\nauthors: [Ada Writer]\n';

describe('the announcement of settings', () => {
  it('goes through everything in portions, and is noted only when all is told', async () => {
    const publication = await publish();
    await publication.put('site.yaml', SITE.replace('Letters', 'Cards'));
    await publication.publisher.articleWork([{ key: 'site.yaml' }]);
    let runs = 0;
    for (; !(await isAnnounced(publication)); runs += 1) {
      await publication.publisher.laneWork(RECONCILE_ALL_LANE, [{ lane: RECONCILE_ALL_LANE, key: null }]);
    }
    expect(runs).toBeGreaterThan(3);
    await publication.settle();
    await expectTitle(publication, 'Cards');
  });

  it('starts again with newer settings, wherever it was', async () => {
    const publication = await publish();
    for (const title of ['Cards', 'Notes']) {
      await publication.put('site.yaml', SITE.replace('Letters', title));
      await publication.publisher.articleWork([{ key: 'site.yaml' }]);
      await publication.publisher.laneWork(RECONCILE_ALL_LANE, [{ lane: RECONCILE_ALL_LANE, key: null }]);
    }
    expect((await readSweep(publication, RECONCILE_ALL_LANE))?.phase).toBe('contents');
    await publication.settle();
    expect(await isAnnounced(publication)).toBe(true);
    await expectTitle(publication, 'Notes');
  });

  it('is finished by the tick when its message was lost', async () => {
    const publication = await publish();
    await publication.content.write('site.yaml', new TextEncoder().encode(SITE.replace('Letters', 'Cards')));
    await forgetful(publication).publisher.articleWork([{ key: 'site.yaml' }]);
    expect(await isAnnounced(publication)).toBe(false);
    publication.now += 20 * 60_000;
    await publication.publisher.tick();
    await publication.settle();
    expect(await isAnnounced(publication)).toBe(true);
    await expectTitle(publication, 'Cards');
  });

  it('does not look at articles that were made with the settings already', async () => {
    const publication = await publish();
    const { publisher, articles } = forgetful(publication);
    await publisher.reconcileAll();
    for (const _ of Array(10)) await publisher.laneWork(RECONCILE_ALL_LANE, [{ lane: RECONCILE_ALL_LANE, key: null }]);
    expect(articles).toHaveLength(FILE_COUNT);
    await publisher.reconcile();
    expect(await isAnnounced(publication)).toBe(true);
  });
});

describe('the comparison', () => {
  it('finds what came, changed and went without an event, in portions', async () => {
    const publication = await publish();
    await publication.content.write('new.md', article('New'));
    await publication.content.write('p7.md', article('Changed'));
    await publication.content.remove('p9.md');
    await publication.publisher.reconcile();
    await publication.settle();
    const titles = await readTitles(publication);
    expect(titles).toContain('New');
    expect(titles).toContain('Changed');
    expect(titles).not.toContain('P7');
    expect(titles).not.toContain('P9');
    expect((await readSweep(publication, RECONCILE_LANE))?.phase).toBe('done');
  });

  it('removes a public picture that no article shows any more, when the message to remove it was lost', async () => {
    const text = '---\ntitle: Fog\ndate: 2026-05-01\n---\n![Fog](fog.png)\n';
    const publication = await createTestPublication({ files: { 'site.yaml': SITE, 'fog.md': text } });
    await publication.put('fog.png', PICTURE);
    await publication.settle();
    expect(await publication.public.inspect('fog.png')).not.toBeNull();
    await publication.content.write('fog.md', new TextEncoder().encode(text.replace('title', 'draft: true\ntitle')));
    await forgetful(publication).publisher.articleWork([{ key: 'fog.md' }]);
    expect(await publication.public.inspect('fog.png')).not.toBeNull();
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await publication.public.inspect('fog.png')).toBeNull();
  });

  it('finds nothing to do where a draft uses a picture that is public because of others', async () => {
    const draft = '---\ntitle: Fog\ndate: 2026-05-01\ndraft: true\n---\n![Fog](fog.png) ![Sea](sea.png)\n';
    const publication = await publish({
      'site.yaml': `${SITE}image: fog.png\n`,
      'a.md': draft,
      'z.md': draft.replace('draft: true\n', '').replace('![Fog](fog.png)', ''),
    });
    for (const key of ['fog.png', 'sea.png']) await publication.put(key, PICTURE);
    await publication.settle();
    for (const key of ['fog.png', 'sea.png']) expect(await publication.public.inspect(key), key).not.toBeNull();
    const { publisher, articles } = forgetful(publication);
    for (const key of ['begin', ...Array<null>(20).fill(null)]) {
      await publisher.laneWork(RECONCILE_LANE, [{ lane: RECONCILE_LANE, key }]);
    }
    expect((await readSweep(publication, RECONCILE_LANE))?.phase).toBe('done');
    expect(articles).toEqual([]);
  });

  it('is sent on by the tick until it is done', async () => {
    const publication = await publish();
    await publication.content.remove('p9.md');
    await forgetful(publication).publisher.reconcile();
    await forgetful(publication).publisher.laneWork(RECONCILE_LANE, [{ lane: RECONCILE_LANE, key: 'begin' }]);
    publication.now += 20 * 60_000;
    await publication.publisher.tick();
    await publication.settle();
    expect(await readTitles(publication)).not.toContain('P9');
  });
});

/** A publication whose listings are short, so that few files make many portions. */
async function publish(others: Readonly<Record<string, string>> = {}): Promise<TestPublication> {
  const files = Object.fromEntries(
    Array.from({ length: FILE_COUNT }, (_, index) => [`p${index}.md`, new TextDecoder().decode(article(`P${index}`))]),
  );
  const wrap = (store: Store): Store => ({
    ...store,
    list: (options) => store.list({ ...options, limitCount: LISTING_COUNT }),
  });
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files, ...others }, wrap });
  await publication.settle();
  return publication;
}

/** The publisher with a queue that loses everything. */
function forgetful({ ports }: TestPublication): {
  readonly publisher: Publisher;
  readonly articles: readonly string[];
} {
  const articles: string[] = [];
  const queue: Ports['queue'] = {
    sendArticleWork: async (messages) => void articles.push(...messages.map(({ key }) => key)),
    sendLaneWork: async () => undefined,
    sendHubWork: async () => undefined,
  };
  return { publisher: createPublisher({ ...ports, queue }), articles };
}

function article(title: string): Uint8Array {
  return new TextEncoder().encode(`---\ntitle: ${title}\ndate: 2026-05-01T08:00:00Z\n---\nText.\n`);
}

async function isAnnounced({ state }: TestPublication): Promise<boolean> {
  const object = await state.read('site.json');
  return (JSON.parse(new TextDecoder().decode(object?.body)) as { announced: boolean }).announced;
}

async function readSweep({ state }: TestPublication, lane: string): Promise<ReconcileState | null> {
  return (await readJson<ReconcileState>(state, upkeepKey(lane)))?.value ?? null;
}

async function expectTitle(publication: TestPublication, title: string): Promise<void> {
  for (const [path, text] of await publication.documents()) {
    if (/(?:rss|atom)\.xml$/.test(path)) expect(text, path).toContain(title);
  }
}

async function readTitles(publication: TestPublication): Promise<readonly string[]> {
  const documents = [...(await publication.documents())].filter(([path]) => path.endsWith('feed.json'));
  return documents.flatMap(([, text]) => {
    const { items } = JSON.parse(text) as { items: readonly { title?: string }[] };
    return items.map((item) => item.title ?? '');
  });
}
