/**
 * Installs readers into a folder outside the repository (READERS_CACHE, else the user's cache), a group at a time. What is
 * done is noted there, so an installation that broke off goes on where it was, and another version begins at its own line.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { GROUPS, type GroupName } from './consumers.ts';

const INSTALL_MS_MAX = 1_800_000;

export function folderOf(group: GroupName): string {
  const cache =
    process.env.READERS_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'feedwright-readers');
  return join(cache, group);
}

export function isInstalled(group: GroupName): boolean {
  return GROUPS[group].isThere(folderOf(group));
}

/** Whether nothing of a group has to be installed. */
export function isComplete(group: GroupName): boolean {
  const { isThere, isComplete: isWhole = isThere } = GROUPS[group];
  return isWhole(folderOf(group));
}

/** A line on each group: that it is there, how long it took, or at which command it failed. */
export function installGroups(groups: readonly GroupName[], tell: (line: string) => void): void {
  for (const group of groups) tell(`${group}: ${installGroup(group)}`);
}

function installGroup(group: GroupName): string {
  const folder = folderOf(group);
  const note = join(folder, 'done.json');
  mkdirSync(folder, { recursive: true });
  const { install } = GROUPS[group];
  const done = readDone(note);
  const differing = install.findIndex((command, index) => command !== done[index]);
  // Without a note it came with the system.
  const isOfSystem = done.length === 0 && isComplete(group);
  const kept = isOfSystem || differing === -1 ? install.length : differing;
  if (kept >= install.length && isComplete(group)) return 'is there';
  const start = Date.now();
  for (const [index, command] of install.entries()) {
    if (index < kept) continue;
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      timeout: INSTALL_MS_MAX,
    });
    if (status !== 0) return `failed at “${command}”: ${(stderr ?? '').trim().split('\n').at(-1) ?? ''}`;
    writeFileSync(note, JSON.stringify(install.slice(0, index + 1)));
  }
  return `installed in ${Math.round((Date.now() - start) / 1000)} s`;
}

function readDone(note: string): readonly string[] {
  try {
    return JSON.parse(readFileSync(note, 'utf8'));
  } catch {
    return [];
  }
}
