/** What only the state knows, kept beside the articles and put back, on a publication in memory. */

import { describe, expect, it } from 'vitest';
import { listAll } from '../../../../lambda/store/store.ts';
import { restoreBackup } from '../../../../local/commands/backup/backup.ts';
import { BACKUP_KEY, writeBackup } from '../../../../local/commands/backup/backup-file.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from '../../../support/publication.ts';

const DAY_MS = 24 * 3_600_000;
const FILES = {
  'site.yaml': 'title: Notes\nlanguage: en\nauthor: A. Writer\n',
  'notes/undated.md': '---\ntitle: Undated\n---\nFirst words.\n',
  'notes/dated.md': '---\ntitle: Dated\ndate: 2026-05-01\n---\nWords.\n',
  'notes/items.json': JSON.stringify([
    { id: 'one', title: 'One', content: 'The first.' },
    { id: 'two', title: 'Two', content: 'The second.' },
  ]),
  'notes/rival.md': '---\ntitle: Rival\nslug: undated\n---\nIt wants an address that another has.\n',
  'drafts/secret.md': '---\ntitle: Secret\ndraft: true\n---\nA word that nobody may read: xylophone.\n',
};

/** Published, then a week old, with an edit that was noticed on the third day. */
async function liveForAWeek(): Promise<TestPublication> {
  const publication = await createTestPublication({ files: FILES, now: TEST_NOW });
  await publication.settle();
  publication.now += 3 * DAY_MS;
  await publication.put('notes/dated.md', '---\ntitle: Dated\ndate: 2026-05-01\n---\nOther words.\n');
  await publication.settle();
  publication.now += 4 * DAY_MS;
  return publication;
}

const silent = { print() {}, note() {}, style: (_: string, text: string) => text, startProgress: () => PROGRESS };
const PROGRESS = { update() {}, stop() {} };
const backUp = (publication: TestPublication) => writeBackup(publication, publication.now);
const restore = (publication: TestPublication) => restoreBackup(publication.ports, silent);

async function empty(store: TestPublication['state']): Promise<void> {
  for await (const { key } of listAll(store, '')) await store.remove(key);
}

async function reconcile(publication: TestPublication): Promise<void> {
  await publication.publisher.reconcile();
  await publication.settle();
}

/** Every entry of every feed as readers get it. */
function itemsOf(documents: ReadonlyMap<string, string>): readonly unknown[] {
  const feeds = [...documents].filter(([path]) => path.endsWith('feed.json'));
  return feeds.flatMap(([path, text]) =>
    (JSON.parse(text) as { items: object[] }).items.map((item) => ({ path, ...item })),
  );
}

describe('a backup', () => {
  it('gives a publication whose state and documents were lost every document as it was', async () => {
    const publication = await liveForAWeek();
    const before = await publication.documents();
    await backUp(publication);
    await empty(publication.state);
    await empty(publication.public);
    expect(await restore(publication)).toBeGreaterThan(3);
    await reconcile(publication);
    expect(await publication.documents()).toEqual(before);
  });

  it('has feeds be public again that the publisher would withhold by now', async () => {
    const publication = await liveForAWeek();
    await publication.put('notes/tide.md', '---\ntitle: Tide\ndate: 2026-05-02\ntags: [sea]\n---\nWater.\n');
    await publication.settle();
    const before = await publication.documents();
    await backUp(publication);
    await empty(publication.state);
    await empty(publication.public);
    await reconcile(publication);
    expect((await publication.documents()).has('tags/sea/rss.xml')).toBe(false);
    await restore(publication);
    await reconcile(publication);
    const after = await publication.documents();
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect(after.get('notes/tide/index.html')).toContain('href="/tags/sea/"');
    expect(await restore(publication)).toBe(0);
  });

  it('is the truth also where the publisher has taken the articles for new ones meanwhile', async () => {
    const publication = await liveForAWeek();
    const before = await publication.documents();
    await backUp(publication);
    await empty(publication.state);
    await reconcile(publication);
    expect(itemsOf(await publication.documents())).not.toEqual(itemsOf(before));
    await restore(publication);
    await reconcile(publication);
    const after = await publication.documents();
    expect(itemsOf(after)).toEqual(itemsOf(before));
    // The date of a feed itself never goes back.
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it('changes nothing where nothing was lost, however often it is put back', async () => {
    const publication = await liveForAWeek();
    await backUp(publication);
    expect(await restore(publication)).toBe(0);
    await empty(publication.state);
    await restore(publication);
    expect(await restore(publication)).toBe(0);
  });

  it('leaves what was published after it alone', async () => {
    const publication = await liveForAWeek();
    await backUp(publication);
    await publication.put('notes/later.md', '---\ntitle: Later\n---\nNew.\n');
    await publication.settle();
    const before = await publication.documents();
    expect(await restore(publication)).toBe(0);
    await reconcile(publication);
    expect(await publication.documents()).toEqual(before);
  });

  it('holds no text of any file, and lies where nothing is ever made public', async () => {
    const publication = await liveForAWeek();
    await backUp(publication);
    const kept: string[] = [];
    for await (const { key } of listAll(publication.content, '.feedwright/'))
      kept.push(new TextDecoder().decode((await publication.content.read(key))?.body));
    expect(kept.length).toBe(2);
    for (const word of ['xylophone', 'First words', 'Other words']) expect(kept.join('')).not.toContain(word);
    const body = `---\ntitle: Thief\nattachments: [/${BACKUP_KEY}]\n---\n[all](/${BACKUP_KEY})\n`;
    await publication.put('notes/thief.md', body);
    await publication.put(BACKUP_KEY, (await publication.content.read(BACKUP_KEY))?.body ?? null);
    await publication.settle();
    expect([...(await publication.documents()).keys()].filter((path) => path.includes('backup'))).toEqual([]);
  });

  it('keeps one backup, whatever came before it', async () => {
    const publication = await liveForAWeek();
    await backUp(publication);
    await publication.put('notes/later.md', '---\ntitle: Later\n---\nNew.\n');
    await publication.settle();
    const { list } = await backUp(publication);
    const keys: string[] = [];
    for await (const { key } of listAll(publication.content, '.feedwright/backup/')) keys.push(key);
    expect(keys).toHaveLength(list.parts.length);
  });

  it('is refused as a whole where a part is damaged or gone', async () => {
    const publication = await liveForAWeek();
    const { list } = await backUp(publication);
    const part = `.feedwright/backup/${list.parts[0]}.jsonl`;
    await publication.content.write(part, Buffer.from('{}\n'));
    await expect(restore(publication)).rejects.toThrow(/is damaged\. Put an earlier version/);
    await publication.content.remove(part);
    await expect(restore(publication)).rejects.toThrow(/is gone\. Put an earlier version/);
    await publication.content.write(BACKUP_KEY, Buffer.from('no backup'));
    await expect(restore(publication)).rejects.toThrow(/no backup that this version can read/);
  });

  it('says so where there is none', async () => {
    await expect(restore(await liveForAWeek())).rejects.toThrow('there is no backup in the content bucket');
  });
});
