/** `npm run test:load -- [--pollers 200] [--articles 1000] [--burst 5] [--seed 1]`: readers on `feedwright serve`. */

import { parseArgs } from 'node:util';
import { putUnderLoad } from './load.ts';

const RUN_MS_MAX = 600_000;
const SHOWN_COUNT_MAX = 20;

const { values } = parseArgs({
  options: {
    pollers: { type: 'string', default: '200' },
    articles: { type: 'string', default: '1000' },
    burst: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});

const report = await putUnderLoad({
  pollerCount: Number(values.pollers),
  articleCount: Number(values.articles),
  burstCount: Number(values.burst),
  seed: Number(values.seed),
  runMsMax: RUN_MS_MAX,
});
for (const fault of report.faults.slice(0, SHOWN_COUNT_MAX)) console.log(fault);
const statuses = Object.entries(report.byStatus).map(([status, count]) => `${count} × ${status}`);
console.log(
  `${report.pollCount} polls (${statuses.join(', ')}) of ${report.versionCount} versions in ` +
    `${Math.round(report.ms / 1000)} s, 99 of 100 within ${report.slow} ms; ${report.faults.length} faults`,
);
process.exitCode = report.faults.length === 0 ? 0 : 1;
