/** The readers that are servers, with the versions that were measured. */

import { openFreshRss } from './freshrss.ts';
import { openMiniflux } from './miniflux.ts';
import type { ServerProgram } from './server.ts';
import { openTtRss } from './tt-rss.ts';
import { openYarr } from './yarr.ts';

export const SERVERS: readonly ServerProgram[] = [
  { name: 'Miniflux', version: '2.3.5', formats: ['rss', 'atom', 'json'], open: openMiniflux },
  // The latest of each when it was run: they name no releases, or the snapshot is between two.
  { name: 'FreshRSS', version: '1.25.0-dev', formats: ['rss', 'atom'], open: openFreshRss },
  { name: 'Tiny Tiny RSS', version: '2026.08', formats: ['rss', 'atom'], open: openTtRss },
  { name: 'yarr', version: '2026.08', formats: ['rss', 'atom', 'json'], open: openYarr },
];
