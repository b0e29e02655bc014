/** A thread of a campaign: runs the seeds that it is given, and tells what came of them. */

import './kept-results.ts';
import { parentPort } from 'node:worker_threads';
import type { Portion } from './campaign.ts';

const { runPortion } = await import('./portion.ts');

parentPort?.on('message', (portion: Portion) => {
  runPortion(portion).then((findings) => parentPort?.postMessage(findings));
});
