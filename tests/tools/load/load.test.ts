import { expect, it } from 'vitest';
import { putUnderLoad } from '../../../tools/load/load.ts';

it('many readers are given whole documents, none older than one that somebody was given before, while articles come', async () => {
  const report = await putUnderLoad({ pollerCount: 40, articleCount: 60, burstCount: 2, seed: 1, runMsMax: 45_000 });
  expect(report.faults).toEqual([]);
  // A run in which nothing was confirmed, or nothing changed, would show nothing.
  expect(report.byStatus).toMatchObject({ 200: expect.any(Number), 206: expect.any(Number), 304: expect.any(Number) });
  expect(report.versionCount).toBeGreaterThan(20);
}, 60_000);
