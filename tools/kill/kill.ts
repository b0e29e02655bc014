/** `npm run test:kill -- [--times 200] [--articles 1000] [--seed 1]`: kills builds and servers during an import. */

import { parseArgs } from 'node:util';
import { killManyTimes } from './kills.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    articles: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

const startedAt = performance.now();
let count = 0;
const differences = await killManyTimes({
  articleCount: Number(values.articles),
  times: Number(values.times),
  seed: Number(values.seed),
  onKill: (about, found) => console.log(`${++count}: ${about}${found.map((path) => `\n  differs: ${path}`).join('')}`),
});
console.log(
  `${count} kills, ${differences.length} differences, ${Math.round((performance.now() - startedAt) / 1000)} s`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
