import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImportFailure } from '../../../local/import/model/import-failure.ts';
import type { ImportProgress } from '../../../local/import/run-import.ts';
import { startImport } from '../../../local/import/start-import.ts';
import { makeTrialFolder, readWritten } from '../../support/import-trial.ts';
import { wxr } from '../../support/wxr.ts';

function setUp(xml: string) {
  const folder = makeTrialFolder();
  const file = join(folder, 'e.xml');
  writeFileSync(file, xml);
  const order = {
    exports: [file],
    folder: join(folder, 'content'),
    url: null,
    drafts: false,
    types: [],
    markdown: false,
    fetch: false,
  };
  return { order };
}

describe('a large import', () => {
  it('is carried out on a thread of its own, and ends as it would here', async () => {
    const items = Array.from({ length: 300 }, (_, index) => ({
      id: index + 1,
      status: index % 10 === 0 ? 'draft' : 'publish',
    }));
    const [here, there] = [setUp(wxr(...items)), setUp(wxr(...items))];
    const progress: ImportProgress[] = [];
    const alone = await startImport(here.order, () => {});
    const apart = await startImport(there.order, (at) => progress.push(at), 0);
    expect(apart).toEqual(alone);
    expect(apart.counts.new).toBe(270);
    expect(progress.at(-1)).toMatchObject({ phase: 'importing', total: 300 });
    const written = (folder: string) => [...readWritten(folder)].filter(([name]) => !name.startsWith('.'));
    expect(written(there.order.folder)).toEqual(written(here.order.folder));
  });

  it('fails with what is wrong and what to do, as it would here', async () => {
    const { order } = setUp(wxr({ id: 1 }).slice(0, -60));
    await expect(startImport(order, () => {}, 0)).rejects.toThrow(ImportFailure);
    await expect(startImport(order, () => {}, 0)).rejects.toMatchObject({
      message: expect.stringContaining('was cut off'),
      fix: expect.stringContaining('Download'),
    });
  });

  it('tells what the system refuses', async () => {
    const { order } = setUp(wxr({ id: 1 }));
    writeFileSync(join(order.folder, '..', 'taken'), '');
    const folder = join(order.folder, '..', 'taken', 'content');
    await expect(startImport({ ...order, folder }, () => {}, 0)).rejects.toMatchObject({
      code: 'ENOTDIR',
      syscall: 'mkdir',
    });
  });
});
