import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../../local/cli/arguments/command-line.ts';
import { UsageError } from '../../../../local/cli/usage.ts';

const LOCAL_COMMANDS = ['init', 'build', 'serve', 'check', 'check-store', 'new'];
const OPERATOR_COMMANDS = ['push', 'status', 'takedown', 'reconcile', 'repair', 'redrive'];

describe('parseCommandLine', () => {
  it('reads a build with all of its options', () => {
    const args = ['build', 'content', '--out', 'public', '--state=s.db', '--url', 'https://example.org/blog', '--json'];
    expect(parseCommandLine(args, {})).toEqual({
      kind: 'build',
      folder: 'content',
      out: 'public',
      bucket: null,
      state: 's.db',
      url: 'https://example.org/blog/',
      json: true,
      host: null,
      remove: null,
    });
  });

  it('reads a place in a bucket, with what the environment knows of its server', () => {
    const place = (args: readonly string[], environment = {}) => {
      const command = parseCommandLine(['build', 'content', ...args], environment);
      return command.kind === 'build' ? command.bucket : null;
    };
    const r2 = 'https://0123.r2.cloudflarestorage.com';
    const at = { bucket: 'my.site', prefix: 'a/b/' };
    expect(place(['--out', 's3://my.site/a/b'])).toEqual({ ...at, endpoint: null, region: null });
    expect(place(['--out', 's3://my.site/a/b/', '--endpoint', r2])).toEqual({ ...at, endpoint: r2, region: 'auto' });
    const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000', AWS_REGION: 'eu-1' };
    expect(place(['--out', 's3://my.site'], environment)).toEqual({
      bucket: 'my.site',
      prefix: '',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu-1',
    });
    expect(place(['--out', 's3://my.site', '--endpoint', 'http://127.0.0.1:1'])).toMatchObject({ region: 'us-east-1' });
  });

  it('takes the base address of a build from the environment unless --url is given', () => {
    const environment = { FEEDWRIGHT_SITE_URL: 'https://env.example' };
    const args = ['build', 'content', '--out', 'public'];
    expect(parseCommandLine(args, environment)).toMatchObject({ url: 'https://env.example/' });
    expect(parseCommandLine([...args, '--url', 'http://a.example/'], environment)).toMatchObject({
      url: 'http://a.example/',
    });
  });

  it('reads the other commands with their defaults', () => {
    expect(parseCommandLine(['serve', 'content'], {})).toEqual({
      kind: 'serve',
      folder: 'content',
      port: null,
      url: null,
    });
    expect(parseCommandLine(['check', 'a b'], {})).toEqual({
      kind: 'check',
      folder: 'a b',
      feeds: false,
      json: false,
    });
    expect(parseCommandLine(['check', 'a', '--feeds'], {})).toMatchObject({ feeds: true });
    expect(parseCommandLine(['new', 'A day'], {})).toEqual({ kind: 'new', title: 'A day', folder: 'content' });
    expect(parseCommandLine(['new', '--', '--odd title'], {})).toMatchObject({ title: '--odd title' });
    expect(parseCommandLine(['init'], {})).toEqual({ kind: 'init', folder: '.', workflow: null });
    expect(parseCommandLine(['init', 'a', '--workflow'], {})).toEqual({
      kind: 'init',
      folder: 'a',
      workflow: 'github-pages',
    });
    expect(parseCommandLine(['--version'], {})).toEqual({ kind: 'version' });
  });

  it('reads the commands of the operator', () => {
    expect(parseCommandLine(['push', 'content', '--delete', '--dry-run', '--stack', 'One'], {})).toEqual({
      kind: 'push',
      folder: 'content',
      delete: true,
      dryRun: true,
      remove: null,
      stack: 'One',
    });
    expect(parseCommandLine(['status'], {})).toEqual({
      kind: 'status',
      feeds: false,
      json: false,
      stack: null,
    });
    expect(parseCommandLine(['reconcile', '--remove', '40'], {})).toMatchObject({ remove: 40 });
    expect(parseCommandLine(['push', 'content', '--delete', '--remove', '40'], {})).toMatchObject({ remove: 40 });
    for (const kind of ['reconcile', 'redrive']) {
      expect(parseCommandLine([kind], {})).toMatchObject({ kind, stack: null });
      expect(() => parseCommandLine([kind, 'content'], {})).toThrow(/unexpected argument content/);
    }
  });

  it('reads a takedown: of a file, of what is to be restored, and of the list', () => {
    const plain = { kind: 'takedown', action: 'take-down', name: 'a.md', yes: false, folder: null, stack: null };
    const read = (...args: readonly string[]) => parseCommandLine(['takedown', ...args], {});
    expect(read('a.md')).toEqual(plain);
    expect(read('a.md', '--folder', 'content')).toEqual({ ...plain, folder: 'content' });
    expect(read('--restore', 'tag:a')).toEqual({ ...plain, action: 'restore', name: 'tag:a' });
    expect(read('/a/', '--restore', '--yes', '--stack', 'One')).toMatchObject({ yes: true, stack: 'One' });
    expect(read('--list')).toEqual({ ...plain, action: 'list', name: '' });
    expect(() => read()).toThrow(/<key> is missing/);
    expect(() => read('--restore')).toThrow(/<key> is missing/);
    expect(() => read('--list', 'a.md')).toThrow(/unexpected argument a.md/);
    expect(() => read('a.md', '--yes')).toThrow(/unknown option --yes/);
    expect(() => read('a.md', '--folder', 'content', '--stack', 'One')).toThrow(/unknown option --stack/);
  });

  it('reads a rebuild: of what is on AWS, or of a build with its options', () => {
    expect(parseCommandLine(['repair', '--stack', 'One'], {})).toEqual({ kind: 'repair', build: null, stack: 'One' });
    const build = {
      folder: 'content',
      out: 'public',
      bucket: null,
      state: 's.db',
      url: null,
      json: false,
      host: null,
      remove: null,
    };
    const args = ['content', '--out', 'public', '--state', 's.db'];
    expect(parseCommandLine(['rebuild', ...args], {})).toEqual({ kind: 'repair', build });
    expect(() => parseCommandLine(['rebuild', ...args, '--stack', 'One'], {})).toThrow(/--stack/);
    expect(() => parseCommandLine(['repair', '--out', 'public'], {})).toThrow(/<folder>/);
    expect(() => parseCommandLine(['repair', 'content'], {})).toThrow(/--out/);
  });

  it('explains every command', () => {
    for (const name of [...LOCAL_COMMANDS, ...OPERATOR_COMMANDS]) {
      const help = parseCommandLine([name, '--help'], {});
      expect(help).toMatchObject({ kind: 'help', text: expect.stringContaining(`Usage: feedwright ${name}`) });
      expect(parseCommandLine(['help', name], {})).toEqual(help);
    }
    expect(parseCommandLine(['--help'], {})).toMatchObject({ text: expect.stringContaining('serve <folder>') });
  });

  it.each([
    [[], 'command-missing', 'no command given'],
    [['biuld'], 'command-unknown', 'did you mean build?'],
    [['frobnicate'], 'command-unknown', 'feedwright --help lists the commands'],
    [['build', 'a', '--ouput', 'x'], 'option-unknown', 'did you mean --out?'],
    [['build', 'a', '--out=x', '--jsno'], 'option-unknown', 'did you mean --json?'],
    [['serve', 'a', '--prot=80'], 'option-unknown', 'did you mean --port?'],
    [['serve', 'a', '-p'], 'option-unknown', 'run the command with --help for its options'],
    [['build', 'a'], 'option-required', '--out is missing'],
    [['build', '--out', 'x'], 'argument-missing', '<folder> is missing'],
    [['build', 'a', 'b', '--out', 'x'], 'argument-unexpected', 'unexpected argument b'],
    [['build', 'a', '--out', '--json'], 'option-value-missing', '--out needs a value'],
    [['build', 'a', '--out'], 'option-value-missing', '--out needs a value'],
    [['build', 'a', '--out', 'x', '--out', 'y'], 'option-repeated', '--out is given twice'],
    [['build', 'a', '--out', 'x', '--json=yes'], 'option-value-unexpected', '--json takes no value'],
    [['build', 'a', '--out', 'x', '--remove', 'all'], 'option-value-invalid', '--remove all is not a number'],
    [['build', 'a', '--out', 'x', '--remove', '0'], 'option-value-invalid', '--remove 0 is not a number'],
    [['push', 'a', '--remove', '40'], 'option-required', '--delete is missing'],
    [['rebuild', 'a', '--out', 'x', '--remove', '40'], 'option-unknown', 'unknown option --remove'],
    [['serve', 'a', '--port', '0'], 'option-value-invalid', 'not a port'],
    [['serve', 'a', '--port', '80000'], 'option-value-invalid', 'not a port'],
    [['serve', 'a', '--url', 'example.org'], 'option-value-invalid', '--url is not a web address'],
    [['serve', 'a', '--url', 'https://example.org/?x=1'], 'option-value-invalid', '--url is not a web address'],
  ])('refuses %j', (args, code, words) => {
    const error = refusalOf(args);
    expect(error.code).toBe(code);
    expect(`${error.message}\n${error.fix}`).toContain(words);
  });
});

function refusalOf(args: readonly string[]): UsageError {
  try {
    parseCommandLine(args, {});
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error(`${args.join(' ')} was not refused`);
}
