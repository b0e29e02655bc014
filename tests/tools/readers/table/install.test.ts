import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isComplete, isInstalled } from '../../../../tools/readers/table/install.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the readers of npm', () => {
  it('can be asked without an installation, and yet are to be installed: four of eleven are here for the tests', () => {
    const folder = mkdtempSync(join(tmpdir(), 'feedwright-readers-'));
    vi.stubEnv('READERS_CACHE', folder);
    expect(isInstalled('npm')).toBe(true);
    expect(isComplete('npm')).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
