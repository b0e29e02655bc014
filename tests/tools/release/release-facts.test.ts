import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findObstacles, type ReleaseFacts, readSection } from '../../../tools/release/release-facts.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CHANGELOG = '# Changelog\n\n## 0.2.0 (2026-11-30)\n\n- It does more.\n\n## 0.1.0 (2026-01-01)\n\n- It began.\n';
const READY: ReleaseFacts = {
  version: '0.2.0',
  lockVersions: ['0.2.0', '0.2.0'],
  changelog: CHANGELOG,
  tags: ['v0.1.0'],
  branch: 'main',
  changedFiles: [],
};

describe('a release', () => {
  it('has nothing in its way where all is as it should be', () => {
    expect(findObstacles(READY)).toEqual([]);
    expect(readSection(CHANGELOG, '0.2.0')).toBe('- It does more.');
    expect(readSection(CHANGELOG, '0.1.0')).toBe('- It began.');
  });

  it.each<[string, Partial<ReleaseFacts>, RegExp]>([
    ['a version that is none', { version: 'next', lockVersions: ['next'] }, /has version next, which is none/],
    ['a lock file of another version', { lockVersions: ['0.1.0', '0.2.0'] }, /run npm install/],
    ['a version that is out', { tags: ['v0.2.0'] }, /tagged already: raise the version/],
    [
      'no word about it',
      { changelog: '# Changelog\n\n## Unreleased\n\n- More.\n' },
      /no section “## 0\.2\.0 \(<date>\)”/,
    ],
    ['an empty section', { changelog: '## 0.2.0 (2026-11-30)\n\n## 0.1.0 (2026-01-01)\n' }, /is empty/],
    ['another branch', { branch: 'trial' }, /branch trial: release from main/],
    ['work that is not committed', { changedFiles: ['a.ts'] }, /not committed: a\.ts/],
  ])('is refused for %s', (_, facts, said) => {
    expect(findObstacles({ ...READY, ...facts }).join('\n')).toMatch(said);
  });

  it('is tried without doing anything', () => {
    const before = spawnSync('git', ['tag', '--list'], { cwd: ROOT, encoding: 'utf8' }).stdout;
    const { stdout } = spawnSync(process.execPath, ['tools/release/release.ts', '--dry-run'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'would do: npm run check, which runs every test',
      'would do: npm run audit: no known weakness',
      expect.stringMatching(`^would do: npm pack: .*feedwright-${version}\\.tgz$`),
      expect.stringMatching(`^would do: bill of materials: .*feedwright-${version}\\.cdx\\.json$`),
      `would do: git tag v${version}`,
    ]);
    expect(spawnSync('git', ['tag', '--list'], { cwd: ROOT, encoding: 'utf8' }).stdout).toBe(before);
  });
});

describe('the project', () => {
  it('has a section of the changelog for its version, or for what is unreleased', () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    const changelog = readFileSync(`${ROOT}CHANGELOG.md`, 'utf8');
    expect(readSection(changelog, version) ?? /^## Unreleased\n+(.)/m.exec(changelog)?.[1]).toBeTruthy();
  });
});
