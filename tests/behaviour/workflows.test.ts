/**
 * What runs in the CI of other people: the steps of the action and of the workflows that `init` writes, their shell as it stands,
 * in a folder of their own. `npx feedwright` is this program; only the commands of clouds are others that note what they were told.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderWorkflow } from '../../local/commands/init/workflow.ts';
import { WORKFLOW_HOSTS } from '../../local/hosting/workflow-hosts.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = { content: 'content', out: '.public' };
const TIMEOUT_MS = 300_000;

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-workflow-'));
  put('content/site.yaml', 'title: Tides\nurl: https://tides.example\n');
  put('content/one.md', '---\ntitle: One\ndate: 2026-01-01\n---\nFirst.\n');
  program('npx', NPX);
});
afterEach(() => rmSync(base, { recursive: true }));

/** `npx --yes feedwright …` is this program; what is of a cloud is noted. */
const NPX = `#!/usr/bin/env bash
shift
case "$1" in
  feedwright*) shift; exec "${process.execPath}" "${join(ROOT, 'bin/feedwright.ts')}" "$@" ;;
  *) echo "$@" >> "$CALLS" ;;
esac
`;

function put(name: string, text: string): void {
  mkdirSync(dirname(join(base, name)), { recursive: true });
  writeFileSync(join(base, name), text);
}

function program(name: string, text: string): void {
  put(`bin/${name}`, text);
  chmodSync(join(base, 'bin', name), 0o755);
}

/** Runs a step's shell as a runner does; its variables are given, since expressions are GitHub's to work out. */
function runStep(run: string, variables: Readonly<Record<string, string>>) {
  const script = join(base, 'step.sh');
  writeFileSync(script, run);
  // https://docs.github.com/actions: what `shell: bash` means, and without a shell all but the last.
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: base,
    encoding: 'utf8',
    env: {
      PATH: [join(base, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: base,
      CALLS: join(base, 'calls'),
      RUNNER_TEMP: base,
      GITHUB_OUTPUT: join(base, 'output'),
      GITHUB_ACTION_PATH: ROOT,
      ...variables,
    },
  });
}

describe('a workflow', { timeout: TIMEOUT_MS }, () => {
  const stepsOf = (text: string): readonly Step[] =>
    (load(text) as { jobs: { publish: { steps: readonly Step[] } } }).jobs.publish.steps;

  it.each(WORKFLOW_HOSTS)('for %s can be read, and names no variable that nothing gives', (host) => {
    for (const { run = '', env = {} } of stepsOf(renderWorkflow(host, FOLDERS))) {
      // An expression in a script would be pasted into it, whatever it holds.
      expect(run).not.toContain('${{');
      for (const [name] of run.matchAll(/(?<=\$)[A-Z_]+/g)) expect(Object.keys(env)).toContain(name);
    }
  });

  it.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['github-pages', { BASE_URL: 'https://someone.github.io/notes' }, null],
    ['netlify', {}, 'netlify-cli@23 deploy --prod --no-build --dir .public'],
    [
      'cloudflare-pages',
      { PAGES_PROJECT: 'notes' },
      'wrangler@4 pages deploy .public --project-name notes --branch main',
    ],
  ])('for %s builds, and hands the documents over', (host, variables, told) => {
    const runs = stepsOf(renderWorkflow(host as 'netlify', FOLDERS)).flatMap(({ run }) => run ?? []);
    for (const run of runs) {
      const { status, stderr } = runStep(run, variables);
      expect(status, stderr).toBe(0);
    }
    const base_url = variables.BASE_URL ?? 'https://tides.example';
    expect(readFileSync(join(base, '.public/atom.xml'), 'utf8')).toContain(`href="${base_url}/atom.xml"`);
    expect(existsSync(join(base, '.public.feedwright.db'))).toBe(true);
    if (told === null) expect(existsSync(join(base, 'calls'))).toBe(false);
    else expect(readFileSync(join(base, 'calls'), 'utf8').trim()).toBe(told);
  });

  it.each(['s3', 'aws'] as const)('for %s types commands that there are', (host) => {
    const runs = stepsOf(renderWorkflow(host, FOLDERS)).flatMap(({ run }) => run ?? []);
    // With arguments that can't be understood, a command ends with 2 before it asks any server.
    for (const run of runs) expect(runStep(`${run} --help`, { FEEDS_BUCKET: 'feeds' }).status, run).toBe(0);
  });
});

describe('the action', { timeout: TIMEOUT_MS }, () => {
  const { runs } = load(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
    runs: { steps: readonly Required<Step>[] };
  };
  const [check, build] = runs.steps;
  const INPUTS = { COMMAND: 'npx --yes feedwright', FOLDER: 'content', OUT: '.public', URL: '', STATE: '', HOST: '' };

  it('gives its steps every variable that their shell takes', () => {
    for (const { run, env } of runs.steps) {
      expect(run).not.toContain('${{');
      const names = [...run.matchAll(/\$\{?([A-Z_]+)/g)].map(([, name]) => name ?? '');
      const given = [...Object.keys(env), 'RUNNER_TEMP', 'GITHUB_ACTION_PATH', 'GITHUB_OUTPUT'];
      expect(names.filter((name) => !given.includes(name))).toEqual([]);
    }
  });

  it('shows each problem beside its line, and publishes all other articles', () => {
    put('content/bad.md', '---\ntitle: "50% off: now, or never"\ndate: 2026-02-31\n---\nWords.\n');
    const checked = runStep(check?.run ?? '', { ...INPUTS, STRICT: 'false' });
    expect(checked.status, checked.stderr).toBe(0);
    expect(checked.stdout).toMatch(/^::error file=content\/bad\.md,line=3,title=date-impossible::[^\n]+\n$/);
    const built = runStep(build?.run ?? '', INPUTS);
    expect(built.status, built.stderr).toBe(0);
    expect(readFileSync(join(base, 'output'), 'utf8')).toBe('published=1\n');
    expect(existsSync(join(base, '.public/rss.xml'))).toBe(true);
    expect(runStep(check?.run ?? '', { ...INPUTS, STRICT: 'true' }).status).toBe(1);
  });

  it('fails where nothing can be published, and says why', () => {
    put('content/site.yaml', 'title: [\n');
    const checked = runStep(check?.run ?? '', { ...INPUTS, STRICT: 'false' });
    expect(checked.status).toBe(3);
    expect(checked.stdout).toMatch(/::error file=content\/site\.yaml,line=\d+,/);
    expect(runStep(build?.run ?? '', INPUTS).status).toBe(3);
  });

  it('passes on where, at which address and for which host', () => {
    const inputs = { ...INPUTS, OUT: 'site', URL: 'https://a.example/', STATE: 'kept.db', HOST: 'netlify' };
    const built = runStep(build?.run ?? '', inputs);
    expect(built.status, built.stderr).toBe(0);
    expect(existsSync(join(base, 'kept.db'))).toBe(true);
    expect(existsSync(join(base, 'site/_headers'))).toBe(true);
    expect(readFileSync(join(base, 'site/feed.json'), 'utf8')).toContain('https://a.example/');
  });
});

describe('an annotation', () => {
  it('holds whatever a problem says in one line', () => {
    const problem = {
      severity: 'warning',
      path: 'a, b:c.md',
      line: null,
      code: 'x',
      message: '100%\nof it',
      fix: 'Mend it.',
    };
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'tools/action/annotate.mjs')], {
      input: JSON.stringify({ problems: [problem] }),
      encoding: 'utf8',
    });
    expect(stdout).toBe('::warning file=a%2C b%3Ac.md,line=1,title=x::100%25%0Aof it Mend it.\n');
  });
});
