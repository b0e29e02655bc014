import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atom, begin, OLD, post, wordpress } from '../../support/adopt-trial.ts';

describe('an adoption into the articles', () => {
  it.each([
    [
      'YAML',
      '---\ntitle: A # mine\ndate: 2024-01-01\n---\n\nText.\n',
      '---\ntitle: A # mine\ndate: 2024-01-01\nid: "tag:old.example,2024:a"\n---\n\nText.\n',
    ],
    [
      'YAML of Windows',
      '---\r\ntitle: A\r\n---\r\nText.\r\n',
      '---\r\ntitle: A\r\nid: "tag:old.example,2024:a"\r\ndate: 2024-01-01T07:00:00Z\r\n---\r\nText.\r\n',
    ],
    [
      'TOML',
      '+++\ntitle = "A"\ndate = 2024-01-01\n[params]\nx = 1\n+++\nText.\n',
      '+++\nid = "tag:old.example,2024:a"\ntitle = "A"\ndate = 2024-01-01\n[params]\nx = 1\n+++\nText.\n',
    ],
    [
      'no front matter',
      '# A\n\nText.\n',
      '---\nid: "tag:old.example,2024:a"\ndate: 2024-01-01T07:00:00Z\n---\n# A\n\nText.\n',
    ],
  ])('adds its lines to %s and leaves every other byte', async (_, before, after) => {
    const trial = begin({ 'a.md': before });
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T07:00:00Z']]),
    );
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'), '--write');
    expect([code, printed]).toEqual([0, expect.stringContaining('Written into 1 article.')]);
    expect(readFileSync(join(trial.content, 'a.md'), 'utf8')).toBe(after);
    expect(readdirSync(trial.content).sort()).toEqual(['a.md', 'site.yaml']);
    expect((await trial.build()).rss).toEqual({ A: 'tag:old.example,2024:a' });
  });

  it('uses rows for what front matter can’t say: text files, and another id in Atom', async () => {
    const trial = begin({ 'a.txt': 'A\n\nText.\n', 'b.md': post('B', 'date: 2024-01-01') });
    writeFileSync(
      join(trial.content, '../atom.xml'),
      atom([
        ['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T07:00:00Z'],
        ['B', 'tag:old.example,2024:b', `${OLD}b/`, '2024-01-01T00:00:00Z'],
      ]),
    );
    writeFileSync(
      join(trial.content, '../rss.xml'),
      wordpress([['B', `${OLD}?p=2`, `${OLD}b/`, 'Mon, 01 Jan 2024 00:00:00 GMT']]),
    );
    const before = readFileSync(join(trial.content, 'b.md'), 'utf8');
    const feeds = ['atom', 'rss'].map((name) => join(trial.content, `../${name}.xml`));
    const { printed } = await trial.adopt(...feeds, '--write');
    expect(printed).toContain('Written: 2 rows in');
    expect(readFileSync(join(trial.content, 'b.md'), 'utf8')).toBe(before);
    const { rss, atom: inAtom } = await trial.build();
    expect([rss.B, inAtom.B]).toEqual([`${OLD}?p=2`, 'tag:old.example,2024:b']);
  });
});
