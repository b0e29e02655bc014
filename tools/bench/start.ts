/** The function's start and its size, as `npm run size` measures them. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Section } from './report.ts';

export function benchStart(root: string): Section {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'tools', 'bench', 'size', 'bundle.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The bundle was not measured: ${stderr}`);
  return {
    title: 'Cold start and bundle',
    about: [
      'From before the import until the clients are there, in a new process, beside the smallest bundle that only makes',
      'an S3 client (`npm run size`).',
      '',
      '```',
      stdout.trim(),
      '```',
    ].join('\n'),
    tables: [],
  };
}
