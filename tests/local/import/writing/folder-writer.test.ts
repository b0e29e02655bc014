import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';
import { type WxrFields, wxr } from '../../../support/wxr.ts';

const A = '_posts/2026-07-04-a.html';
const B = '_posts/2026-07-04-b.html';

function setUp() {
  const folder = makeTrialFolder();
  const [file, out] = [join(folder, 'e.xml'), join(folder, 'content')];
  return {
    out,
    async import(...items: readonly WxrFields[]) {
      writeFileSync(file, wxr(...items));
      return importInto(out, file);
    },
  };
}

const a = { id: 1, title: 'A', name: 'a', content: '<p>A.</p>' };
const b = { id: 2, title: 'B', name: 'b', content: '<p>B.</p>' };

describe('a second import', () => {
  it('changes what changed in the export, and not even touches the rest', async () => {
    const trial = setUp();
    await trial.import(a, b);
    const before = statSync(join(trial.out, A)).ino;
    const { printed } = await trial.import(a, { ...b, content: '<p>B, again.</p>' }, { id: 3, name: 'c' });
    expect(printed).toContain('2 articles written');
    expect(printed).toContain('(1 new, 1 changed, 1 as they were');
    expect(statSync(join(trial.out, A)).ino).toBe(before);
    expect(readWritten(trial.out).get(B)).toContain('<p>B, again.</p>');
  });

  it('leaves alone what was edited, removed or moved since, and says so where the export has changed too', async () => {
    const trial = setUp();
    await trial.import(a, b, { id: 3, name: 'c' });
    writeFileSync(join(trial.out, A), '---\ntitle: Mine\n---\nMine.\n');
    rmSync(join(trial.out, B));
    renameSync(join(trial.out, '_posts/2026-07-04-c.html'), join(trial.out, 'kept.html'));
    writeFileSync(join(trial.out, 'site.yaml'), 'title: Mine\nurl: https://salt.example/\n');
    const same = await trial.import(a, b, { id: 3, name: 'c' });
    expect(same.printed).toContain('0 articles written');
    expect(same.printed).toContain('2 × files that were removed or moved since');
    const { printed } = await trial.import({ ...a, title: 'A2' }, { ...b, title: 'B2' }, { id: 3, name: 'c' });
    expect(printed).toContain('1 × files that were edited since, and that the export has in another form now');
    expect(namesIn(trial.out)).toEqual([A, 'kept.html', 'site.yaml']);
    expect(readWritten(trial.out).get(A)).toContain('Mine.');
    expect(readWritten(trial.out).get('site.yaml')).toContain('title: Mine');
  });

  it('tells of posts that the export holds no more, and leaves their files', async () => {
    const trial = setUp();
    const first = await trial.import(a, b, { id: 3, name: 'c' });
    expect(first.printed).not.toContain('earlier import');
    rmSync(join(trial.out, '_posts/2026-07-04-c.html'));
    const { printed, code } = await trial.import(a);
    expect(printed).toContain(`1 × files of an earlier import whose posts this export does not hold`);
    expect(printed).toContain(`      ${B}\n`);
    expect(code).toBe(0);
    expect(namesIn(trial.out)).toContain(B);
  });

  it('knows its posts by their ids where its memory was lost', async () => {
    const trial = setUp();
    await trial.import(a, b);
    rmSync(join(trial.out, '.feedwright-import.db'));
    const { printed } = await trial.import(a, { ...b, content: '<p>Other.</p>' });
    expect(printed).toContain('1 × files that were there already, with the same id');
    expect(namesIn(trial.out)).toEqual([A, B, 'site.yaml']);
  });

  it('moves the file of a post that has another name, and of a draft that was published', async () => {
    const trial = setUp();
    writeFileSync(join(trial.out, '..', 'd.xml'), wxr({ ...a, status: 'draft' }));
    await importInto(trial.out, join(trial.out, '..', 'd.xml'), '--drafts');
    expect(namesIn(trial.out)).toEqual(['_drafts/a.html', 'site.yaml']);
    await trial.import(a);
    expect(namesIn(trial.out)).toEqual([A, 'site.yaml']);
    await trial.import({ ...a, name: 'new-name' });
    expect(namesIn(trial.out)).toEqual(['_posts/2026-07-04-new-name.html', 'site.yaml']);
  });

  it('never writes over a file of somebody else', async () => {
    const trial = setUp();
    await trial.import(b);
    writeFileSync(join(trial.out, A), 'Mine.');
    await trial.import(a, b);
    expect(readFileSync(join(trial.out, A), 'utf8')).toBe('Mine.');
    expect(namesIn(trial.out)).toContain('_posts/2026-07-04-a-2.html');
  });
});

describe('an import', () => {
  it('leaves nothing half: no file under another name', async () => {
    const trial = setUp();
    await trial.import(a, b);
    expect(readdirSync(join(trial.out, '_posts'))).toEqual(['2026-07-04-a.html', '2026-07-04-b.html']);
  });

  it('gives two posts with one name two files', async () => {
    const trial = setUp();
    await trial.import({ ...a, link: 'https://salt.example/x/' }, { ...b, name: 'a', link: 'https://salt.example/y/' });
    expect(namesIn(trial.out)).toEqual(['_posts/2026-07-04-a-2.html', A, 'site.yaml'].sort());
  });

  it('waits for nobody: of two in one folder the second says that the first is at work', async () => {
    const trial = setUp();
    await trial.import(a);
    const other = new DatabaseSync(join(trial.out, '.feedwright-import.db'));
    other.exec('BEGIN EXCLUSIVE');
    const { code, noted } = await trial.import(a);
    other.close();
    expect([code, noted]).toEqual([3, expect.stringContaining('is in use: another import is at work in it.')]);
    expect((await trial.import(a)).code).toBe(0);
  });

  it('says what to do where its memory can’t be read', async () => {
    const trial = setUp();
    await trial.import(a);
    writeFileSync(join(trial.out, '.feedwright-import.db'), 'no data base, but long enough to look like one');
    const { code, noted } = await trial.import(a);
    expect([code, noted]).toEqual([
      3,
      expect.stringMatching(/\.feedwright-import\.db can't be used: .*\n {2}Where it can’t be brought back, remove it/),
    ]);
  });
});
