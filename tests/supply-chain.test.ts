/** What comes from others, and what must not be given to them: exact packages, their licences, their scripts, no secret. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLock } from '../tools/lock-file.ts';

const ROOT = new URL('../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const packages = readLock();

/** Licences that ask for their text and no more. */
const PERMISSIVE =
  /^\(?(?:MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|PSF-2\.0|BlueOak-1\.0\.0)(?: OR [\w.-]+)?\)?$/;
/** What only builds and tests may ask that changes of its own files stay open. */
const OPEN_FILES = /^\(?MPL-2\.0(?: OR [\w.-]+)?\)?$/;

describe('packages', () => {
  it('are named by exact versions, which are those of the lock file', () => {
    const named = Object.entries(manifest.devDependencies);
    const locked = new Map(packages.map(({ path, version }) => [path, version]));
    for (const [name, version] of named) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(locked.get(`node_modules/${name}`), name).toBe(version);
    }
  });

  it('are known by the SHA-512 of their archives', () => {
    const unknown = packages.filter(({ integrity }) => integrity !== null && !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(unknown).toEqual([]);
    // What another archive brings along is covered by that.
    const inside = packages.filter(({ integrity }) => integrity === null).map(({ path }) => path);
    expect(inside.filter((path) => path.split('node_modules/').length < 3)).toEqual([]);
  });

  it('run a script at their installation only where that was approved, and nothing is approved in vain', () => {
    const withScript = new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
    expect([...withScript].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  });

  it('are licensed so that they may be used here; what is handed on is judged where it is bundled', () => {
    const refused = packages.filter(({ licence }) => !PERMISSIVE.test(licence) && !OPEN_FILES.test(licence));
    expect(refused.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });
});

/** What a secret looks like, whoever gave it out. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'an access key of AWS': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a secret key of AWS': /aws_?secret_?access_?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}\b/i,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  'a token of GitHub': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})\b/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=/,
  'a token of Slack': /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  'a key of Google': /\bAIza[0-9A-Za-z_-]{35}\b/,
  'a key of Stripe': /\b[rs]k_live_[0-9A-Za-z]{20,}\b/,
  'a JSON web token': /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  'a password in an address': /\b[a-z]+:\/\/[^\s/:@'"`$<>{}]+:[^\s/:@'"`$<>{}]{6,}@[\w.-]+\.[a-z]{2,}/,
};
/** Those that AWS itself prints in its documentation, and what tests write to have it refused. */
const EXAMPLES = /AKIAIOSFODNN7EXAMPLE|\bexample\.(?:org|com|net)\b|\.example\b/;

function findSecrets(text: string): readonly string[] {
  return Object.entries(SECRETS).flatMap(([name, pattern]) => {
    const found = new RegExp(pattern, `${pattern.flags}g`);
    return [...text.matchAll(found)].filter(([words]) => !EXAMPLES.test(words)).map(() => name);
  });
}

describe('secrets', () => {
  it('are in no file of the repository', ({ skip }) => {
    const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: fileURLToPath(ROOT), encoding: 'utf8' });
    if (status !== 0) return skip('this is no checkout');
    const paths = stdout.split('\0').filter((path) => path !== '' && path !== 'package-lock.json');
    expect(paths.length).toBeGreaterThan(300);
    const found = paths.flatMap((path) => {
      const text = readUnlessGone(path);
      return findSecrets(text).map((name) => `${path}: ${name}`);
    });
    expect(found).toEqual([]);
    expect(paths.filter((path) => /(?:^|\/)(?:\.env(?:\..*)?|\.npmrc|.*\.(?:pem|p12|pfx|key))$/.test(path))).toEqual(
      [],
    );
  });

  it('would be found', () => {
    const letters = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
    const samples = [
      `AKIA${'ABCDEFGH12345678'}`,
      `aws_secret_access_key = ${letters}abcd`,
      `-----BEGIN ${'RSA '}PRIVATE KEY-----`,
      `ghp_${letters}`,
      `npm_${letters}`,
      `xoxb-${letters}`,
      `AIza${letters.slice(1)}`,
      `sk_live_${letters}`,
      `eyJ${letters}.eyJ${letters}.${letters}`,
      `https://me:${'geheimnis'}@registry.acme.io/`,
    ];
    expect(samples.map((sample) => findSecrets(sample).length)).toEqual(samples.map(() => 1));
  });
});

/** A file that is removed and not committed yet. */
function readUnlessGone(path: string): string {
  try {
    return readFileSync(new URL(encodeURI(path), ROOT), 'utf8');
  } catch {
    return '';
  }
}
