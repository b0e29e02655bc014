/** An article whose file gets another name or place stays itself; what only looks like it is new. */

import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { claimKey } from '../../../lambda/state/keys.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { createKiller } from '../../support/dying-store.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test\nid: test\n';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Item {
  readonly id: string;
  readonly url: string;
  readonly date_published: string;
  readonly date_modified?: string;
}

/** The entries of the feed by title. */
async function items(publication: TestPublication): Promise<Readonly<Record<string, Item>>> {
  const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '') as {
    readonly items: readonly (Item & { readonly title: string })[];
  };
  return Object.fromEntries(
    feed.items.map(({ title, id, url, date_published, date_modified }) => [
      title,
      { id, url, date_published, ...(date_modified && { date_modified }) },
    ]),
  );
}

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

/** One step, and all that follows from it. */
async function change(publication: TestPublication, files: Readonly<Record<string, string | null>>): Promise<void> {
  publication.now += MINUTE_MS;
  for (const [key, text] of Object.entries(files)) await publication.put(key, text);
  await publication.settle();
}

async function wait(publication: TestPublication, ms: number): Promise<void> {
  publication.now += ms;
  await publication.publisher.tick();
  await publication.settle();
}

const text = (title: string, fields = '', body = `The text of ${title}, which is like no other.`): string =>
  `---\ntitle: ${title}\n${fields}---\n\n${body}\n`;
const WALL = text('The wall', 'permalink: /wall/\n');
const GATE = text('The gate');
const MOVED_GATE = text('The gate', 'aliases: [/gate/]\n');

describe('an article whose file is renamed and whose address stays', () => {
  const whole = (publication: TestPublication): Promise<Item | undefined> =>
    items(publication).then((all) => all['The wall']);

  it.each<[string, readonly Readonly<Record<string, string | null>>[]]>([
    ['in one step', [{ 'wall.md': null, 'dry-wall.md': WALL }]],
    ['the old file first', [{ 'wall.md': null }, { 'dry-wall.md': WALL }]],
    ['the new file first', [{ 'dry-wall.md': WALL }, { 'wall.md': null }]],
    [
      'over two other names',
      [{ 'wall.md': null, 'b.md': WALL }, { 'b.md': null, 'c.md': WALL }, { 'c.md': null }, { 'd.md': WALL }],
    ],
    [
      'and back',
      [
        { 'wall.md': null, 'b.md': WALL },
        { 'b.md': null, 'wall.md': WALL },
      ],
    ],
    [
      'over a draft',
      [{ 'wall.md': null }, { 'b.md': text('The wall', 'permalink: /wall/\ndraft: true\n') }, { 'b.md': WALL }],
    ],
  ])('stays itself: %s', async (_, steps) => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await whole(publication);
    for (const step of steps) await change(publication, step);
    expect(await whole(publication)).toEqual(before);
  });

  it('stays itself as a bundle', async () => {
    const publication = await publish({ 'gate.md': GATE });
    const before = await items(publication);
    await change(publication, { 'gate/index.md': GATE, 'gate.md': null });
    expect(await items(publication)).toEqual(before);
  });

  it('stays itself when it is edited on the way, and has changed', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await whole(publication);
    await change(publication, { 'wall.md': null, 'b.md': text('The wall', 'permalink: /wall/\n', 'Other words.') });
    const { date_modified: modified, ...rest } = (await whole(publication)) ?? {};
    expect(before).toMatchObject(rest);
    expect(modified).toBe('2026-06-01T12:01:00Z');
  });

  it('stays itself when it goes back to its first name with an edit', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await whole(publication);
    await change(publication, { 'wall.md': null, 'b.md': WALL });
    await change(publication, { 'b.md': null, 'wall.md': text('The wall', 'permalink: /wall/\n', 'Other words.') });
    const after = await whole(publication);
    expect([after?.id, after?.date_published]).toEqual([before?.id, before?.date_published]);
  });

  it('stays itself when a slow run had looked before anybody came to its address', async () => {
    let meanwhile = async (): Promise<void> => {};
    const address = claimKey('address /wall/');
    const slowly = (store: Store, name: string): Store => ({
      ...store,
      async read(key, options) {
        const object = await store.read(key, options);
        if (name === 'state' && key === address) {
          const act = meanwhile;
          meanwhile = async () => {};
          await act();
        }
        return object;
      },
    });
    const publication = await createTestPublication({ files: { 'site.yaml': SITE }, wrap: slowly });
    await publication.settle();
    await publication.content.write('dry-wall.md', Buffer.from(WALL));
    let before: Item | undefined;
    meanwhile = async () => {
      await change(publication, { 'wall.md': WALL });
      before = await whole(publication);
      await change(publication, { 'wall.md': null });
    };
    await publication.publisher.articleWork([{ key: 'dry-wall.md' }]);
    await publication.settle();
    expect(before?.id).toMatch(/^urn:uuid:/);
    expect((await whole(publication))?.id).toBe(before?.id);
  });

  it('has the date that it states by now', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await whole(publication);
    const dated = text('The wall', 'permalink: /wall/\ndate: 2026-05-01\n');
    await change(publication, { 'wall.md': null, 'b.md': dated });
    expect(await whole(publication)).toMatchObject({ id: before?.id, date_published: '2026-05-01T00:00:00Z' });
  });

  it('has the id that it states by now', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const own = text('The wall', 'permalink: /wall/\nid: "tag:example.org,2026:wall"\n');
    await change(publication, { 'wall.md': null, 'b.md': own });
    expect((await whole(publication))?.id).toBe('tag:example.org,2026:wall');
  });

  it('stays itself in each language', async () => {
    const files = (name: string) => ({
      [`${name}.en.md`]: text('The wall', 'permalink: /en/wall/\n'),
      [`${name}.de.md`]: text('Die Mauer', 'permalink: /de/mauer/\n'),
    });
    const publication = await publish(files('wall'));
    const before = await items(publication);
    await change(publication, { 'wall.en.md': null, 'wall.de.md': null, ...files('dry-wall') });
    expect(await items(publication)).toEqual(before);
  });

  it('is new a day later', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await whole(publication);
    await change(publication, { 'wall.md': null });
    publication.now += 24 * HOUR_MS;
    await change(publication, { 'b.md': WALL });
    expect((await whole(publication))?.id).not.toBe(before?.id);
  });

  it('is new where another text comes to its address', async () => {
    const now = (month: string, body: string): string => text(`Now in ${month}`, 'permalink: /now/\n', body);
    const publication = await publish({ 'now-may.md': now('May', 'I repair the wall by the lane.') });
    const before = await items(publication);
    await change(publication, { 'now-may.md': null, 'now-june.md': now('June', 'I am at the sea with friends.') });
    expect((await items(publication))['Now in June']?.id).not.toBe(before['Now in May']?.id);
  });
});

describe('an article that names its old address as an alias', () => {
  it.each<[string, readonly Readonly<Record<string, string | null>>[]]>([
    ['in one step', [{ 'gate.md': null, 'green-gate.md': MOVED_GATE }]],
    ['the old file first', [{ 'gate.md': null }, { 'green-gate.md': MOVED_GATE }]],
    ['the new file first', [{ 'green-gate.md': MOVED_GATE }, { 'gate.md': null }]],
  ])('stays itself: %s', async (_, steps) => {
    const publication = await publish({ 'gate.md': GATE });
    const { 'The gate': before } = await items(publication);
    for (const step of steps) await change(publication, step);
    const { 'The gate': after } = await items(publication);
    expect(after).toMatchObject({ id: before?.id, date_published: before?.date_published });
    expect(after?.url).toBe('https://example.org/green-gate/');
    expect((await publication.documents()).get('gate/index.html')).toContain('/green-gate/');
  });

  it('waits while the old file is there, says so, and is new where that stays', async () => {
    const publication = await publish({ 'gate.md': GATE });
    const before = await items(publication);
    await change(publication, { 'green-gate.md': MOVED_GATE });
    expect(await items(publication)).toEqual(before);
    expect((await publication.publisher.overview()).problems).toMatchObject([
      { code: 'date-missing', path: 'gate.md' },
      { code: 'rename-awaited', path: 'green-gate.md', message: expect.stringContaining('gate.md') },
    ]);
    await wait(publication, 16 * MINUTE_MS);
    const feed = (await publication.documents()).get('feed.json') ?? '';
    expect(feed.match(/"title": ?"The gate"/g)).toHaveLength(2);
    expect(feed).toContain(before['The gate']?.id);
    expect((await publication.publisher.overview()).problems.map(({ code }) => code)).not.toContain('rename-awaited');
  });

  it('is new where another article has the alias', async () => {
    const publication = await publish({ 'gate.md': GATE });
    await change(publication, { 'lane.md': text('The lane', 'aliases: [/gate/]\n', 'It leads to the sea.') });
    expect(Object.keys(await items(publication))).toEqual(['The lane', 'The gate']);
  });

  it.each([
    [['a.md', 'b.md', 'c.md', 'all.md']],
    [['all.md', 'a.md', 'b.md', 'c.md']],
    [['a.md', 'all.md', 'b.md', 'c.md']],
  ])('is new where several became one (%s)', async (order) => {
    const files = { 'a.md': text('First'), 'b.md': text('Second'), 'c.md': text('Third') };
    const publication = await publish(files);
    const before = Object.values(await items(publication)).map(({ id }) => id);
    for (const key of order) {
      await change(publication, { [key]: key === 'all.md' ? text('First', 'aliases: [/a/, /b/, /c/]\n') : null });
    }
    const after = await items(publication);
    expect(Object.keys(after)).toEqual(['First']);
    expect(before).not.toContain(after.First?.id);
  });
});

describe('a publisher that dies while a file is renamed', () => {
  it.each([
    ['wall.md', 'b.md'],
    ['b.md', 'wall.md'],
  ])('leaves the article what it was, wherever it died (%s first)', async (...keys) => {
    let isKilled = true;
    for (let killedAt = 1; isKilled; killedAt += 1) {
      const publication = await publish({ 'wall.md': WALL });
      const before = await items(publication);
      publication.now += MINUTE_MS;
      const { ports } = publication;
      const kill = createKiller(killedAt);
      const dying = createPublisher({ ...ports, state: kill(ports.state), public: kill(ports.public) });
      const outcomes = [];
      for (const key of keys) {
        await publication.put(key, key === 'b.md' ? WALL : null);
        outcomes.push(...(await dying.articleWork([{ key }])));
      }
      isKilled = outcomes.some(({ change }) => change === 'failed');
      await publication.settle();
      expect(await items(publication), `killed at write ${killedAt}`).toEqual(before);
    }
  });
});

describe('a file at the name of one that was renamed', () => {
  it('is a new article, and so is each that comes after it', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const ids = new Set([(await items(publication))['The wall']?.id]);
    await change(publication, { 'wall.md': null, 'b.md': WALL });
    await change(publication, { 'wall.md': text('A fence', 'permalink: /fence/\n') });
    ids.add((await items(publication))['A fence']?.id);
    await change(publication, { 'wall.md': null, 'c.md': text('A fence', 'permalink: /fence/\n') });
    await change(publication, { 'wall.md': text('A hedge', 'permalink: /hedge/\n') });
    ids.add((await items(publication))['A hedge']?.id);
    expect(ids.size).toBe(3);
    expect(new Set(Object.values(await items(publication)).map(({ id }) => id))).toEqual(ids);
  });

  it('is an article from elsewhere that is renamed to that name', async () => {
    const publication = await publish({ 'wall.md': WALL, 'old.md': text('An old one') });
    const { 'The wall': before } = await items(publication);
    await change(publication, { 'old.md': null });
    publication.now += 1_000 * HOUR_MS;
    await change(publication, { 'wall.md': null, 'old.md': WALL });
    expect(await items(publication)).toEqual({ 'The wall': before });
  });

  it('keeps its id where that went nowhere', async () => {
    const publication = await publish({ 'wall.md': WALL });
    const before = await items(publication);
    await change(publication, { 'wall.md': null });
    publication.now += 1_000 * HOUR_MS;
    await change(publication, { 'wall.md': WALL });
    expect(await items(publication)).toEqual(before);
  });
});

describe('two files', () => {
  it('keep their ids at their addresses when they change places', async () => {
    const publication = await publish({ 'a.md': text('A'), 'b.md': text('B') });
    const before = await items(publication);
    await change(publication, { 'a.md': text('B'), 'b.md': text('A') });
    const after = await items(publication);
    expect([after.A?.id, after.B?.id]).toEqual([before.B?.id, before.A?.id]);
    expect([after.A?.url, after.B?.url]).toEqual([before.B?.url, before.A?.url]);
  });

  it('keep what is public when they swap their fixed addresses at once, and say what to do', async () => {
    const fixed = (title: string) => text(title, `permalink: /${title.toLowerCase()}/\n`);
    const publication = await publish({ 'x.md': fixed('A'), 'y.md': fixed('B') });
    const before = await items(publication);
    await change(publication, { 'x.md': fixed('B'), 'y.md': fixed('A') });
    expect(await items(publication)).toEqual(before);
    const { problems } = await publication.publisher.overview();
    expect(problems.filter(({ code }) => code === 'address-taken').map(({ path }) => path)).toEqual(['x.md', 'y.md']);
  });

  it('stay themselves when their names are swapped one after another', async () => {
    const fixed = (title: string) => text(title, `permalink: /${title.toLowerCase()}/\n`);
    const publication = await publish({ 'x.md': fixed('A'), 'y.md': fixed('B') });
    const before = await items(publication);
    await change(publication, { 'x.md': null, 'z.md': fixed('A') });
    await change(publication, { 'y.md': null, 'x.md': fixed('B') });
    await change(publication, { 'z.md': null, 'y.md': fixed('A') });
    expect(await items(publication)).toEqual(before);
  });

  it('are two articles when one is a copy of the other', async () => {
    const publication = await publish({ 'a.md': GATE });
    const before = (await items(publication))['The gate']?.id ?? '';
    await change(publication, { 'b.md': GATE });
    const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '') as { items: readonly Item[] };
    expect(feed.items.map(({ id }) => id)).toContain(before);
    expect(new Set(feed.items.map(({ id }) => id)).size).toBe(2);
  });
});

describe('the items of a JSON file', () => {
  const item = (title: string, name: string, more = {}) => ({
    title,
    permalink: `/${name}/`,
    content_text: `Text of ${title}.`,
    ...more,
  });
  const file = (...all: readonly object[]): string => JSON.stringify(all);

  it('stay themselves in another file', async () => {
    const publication = await publish({ 'a.json': file(item('One', 'one'), item('Two', 'two')) });
    const before = await items(publication);
    await change(publication, { 'b.json': file(item('Two', 'two'), item('One', 'one')) });
    await change(publication, { 'a.json': null });
    expect(await items(publication)).toEqual(before);
  });

  it('stay themselves at another address', async () => {
    const publication = await publish({ 'a.json': file(item('One', 'one'), item('Two', 'two')) });
    const before = await items(publication);
    await change(publication, { 'a.json': file(item('One', 'uno', { aliases: ['/one/'] }), item('Two', 'two')) });
    const after = await items(publication);
    expect(after.One).toMatchObject({ id: before.One?.id, url: 'https://example.org/uno/' });
    expect(after.Two).toEqual(before.Two);
  });

  it('never share an id that one of them took over', async () => {
    const publication = await publish({ 'a.md': text('One'), 'c.md': text('Three') });
    const before = await items(publication);
    await change(publication, { 'a.md': null });
    const both = [item('One', 'uno', { aliases: ['/a/'] }), item('One', 'eins', { aliases: ['/a/'] })];
    await change(publication, { 'b.json': file(...both) });
    const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '') as { items: readonly Item[] };
    const ids = feed.items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toContain(before.One?.id);
  });
});
