/**
 * The command line: what was typed becomes a `Command`, or a `UsageError` that says what to type instead. What
 * there is to type stands in command-table.ts.
 */

import { parseArgs } from 'node:util';
import { nearestWord } from '../../lambda/text/nearest-name.ts';
import { HOST_NAMES, type HostName, isHostName } from '../hosting/host-names.ts';
import { isWorkflowHost, WORKFLOW_HOSTS, type WorkflowHost } from '../hosting/workflow-hosts.ts';
import type { ImportOrder } from '../import/run-import.ts';
import { type BucketPlace, parseBucketPlace, requireBucketPlace } from './bucket-address.ts';
import { renderHelp, renderOverview } from './command-help.ts';
import { COMMANDS, type CommandDefinition, type CommandName } from './command-table.ts';
import type {
  AdoptOptions,
  BuildOptions,
  CheckOptions,
  InitOptions,
  PushOptions,
  RehearseOptions,
  ServeOptions,
  StatusOptions,
  TakedownOptions,
  UndeleteOptions,
} from './options/command-options.ts';
import { UsageError } from './usage.ts';

export type * from './options/command-options.ts';

export type Command =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'build' } & BuildOptions)
  | ({ readonly kind: 'serve' } & ServeOptions)
  | ({ readonly kind: 'check' } & CheckOptions)
  | ({ readonly kind: 'init' } & InitOptions)
  | { readonly kind: 'check-store'; readonly place: BucketPlace }
  | { readonly kind: 'new'; readonly title: string; readonly folder: string }
  | ({ readonly kind: 'import' } & ImportOrder)
  | ({ readonly kind: 'rehearse' } & RehearseOptions)
  | ({ readonly kind: 'adopt' } & AdoptOptions)
  | ({ readonly kind: 'push' } & PushOptions)
  | ({ readonly kind: 'status' } & StatusOptions)
  | ({ readonly kind: 'takedown' } & TakedownOptions)
  | { readonly kind: 'reconcile'; readonly stack: string | null; readonly remove: number | null }
  /** Of what is on AWS, or of a build on this machine. */
  | { readonly kind: 'repair'; readonly build: null; readonly stack: string | null }
  | { readonly kind: 'repair'; readonly build: BuildOptions }
  | { readonly kind: 'backup' | 'restore' | 'redrive'; readonly stack: string | null }
  | ({ readonly kind: 'undelete' } & UndeleteOptions);

/** Parses the arguments after `feedwright`. `environment` may name the base address in FEEDWRIGHT_SITE_URL. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const [first, ...rest] = args;
  if (first === undefined) throw new UsageError('command-missing');
  if (first === '--help' || first === '-h' || first === 'help') {
    const [about] = rest;
    return { kind: 'help', text: about === undefined ? renderOverview() : renderHelp(parseCommandName(about)) };
  }
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first.startsWith('-')) throw unknownOption(first, ['--help', '--version']);
  const name = parseCommandName(first);
  const typed = parseArguments(COMMANDS[name], rest);
  if (typed.wantsHelp) return { kind: 'help', text: renderHelp(name) };
  return createCommand(name, typed, environment);
}

/** Former names of commands, which scripts may still use. */
const ALIASES: ReadonlyMap<string, CommandName> = new Map([['rebuild', 'repair']]);

function parseCommandName(typed: string): CommandName {
  const name = ALIASES.get(typed) ?? typed;
  if (isCommandName(name)) return name;
  throw new UsageError('command-unknown', typed, nearestWord(typed, Object.keys(COMMANDS)));
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function createCommand(
  name: CommandName,
  { options, positionals }: TypedArguments,
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const argument = takeArgument(COMMANDS[name], positionals);
  const option = (key: string): string | null => options.get(key) ?? null;
  const stack = option('stack');
  switch (name) {
    case 'build':
      return { kind: 'build', ...createBuild(argument, options, environment, COMMANDS.build.examples[0]) };
    case 'serve':
      return {
        kind: 'serve',
        folder: argument,
        port: parsePort(option('port')),
        url: parseBaseAddress(option('url'), '--url'),
      };
    case 'check':
      return { kind: 'check', folder: argument, feeds: options.has('feeds'), json: options.has('json') };
    case 'init':
      return { kind: 'init', folder: argument || '.', workflow: parseWorkflow(options) };
    case 'check-store':
      return { kind: 'check-store', place: requireBucketPlace(argument, options, environment) };
    case 'new':
      return { kind: 'new', title: argument, folder: option('folder') ?? 'content' };
    case 'import':
      return { kind: 'import', ...createImport(positionals, options) };
    case 'rehearse':
      return { kind: 'rehearse', ...createRehearsal(argument, options, environment) };
    case 'adopt':
      return {
        kind: 'adopt',
        feeds: positionals,
        folder: option('folder') ?? 'content',
        write: options.has('write'),
        dryRun: options.has('dry-run'),
        state: option('state'),
        stack,
      };
    case 'push':
      return { kind: 'push', ...createPush(argument, options, stack) };
    case 'status':
      return { kind: 'status', feeds: options.has('feeds'), json: options.has('json'), stack };
    case 'takedown':
      return createTakedown(argument, options);
    case 'repair':
      return createRepair(argument, options, environment);
    case 'reconcile':
      return { kind: name, stack, remove: parseRemove(option('remove')) };
    case 'backup':
    case 'restore':
    case 'redrive':
      return { kind: name, stack };
    case 'undelete':
      return { kind: name, ...createUndelete(options, stack) };
  }
}

function createBuild(
  folder: string,
  options: TypedArguments['options'],
  environment: Readonly<Record<string, string | undefined>>,
  example: string,
): BuildOptions {
  const out = options.get('out');
  if (out === undefined) throw new UsageError('option-required', '--out', example);
  const url = readUrl(options, environment);
  const remove = parseRemove(options.get('remove'));
  const bucket = parseBucketPlace(out, options, environment);
  const host = parseHost(options.get('for'), bucket);
  return { folder, out, bucket, state: options.get('state') ?? null, url, json: options.has('json'), host, remove };
}

function readUrl(
  options: TypedArguments['options'],
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  return (
    parseBaseAddress(options.get('url'), '--url') ??
    parseBaseAddress(environment.FEEDWRIGHT_SITE_URL, 'FEEDWRIGHT_SITE_URL')
  );
}

/** The rules of a host are files in the output folder, or beside it. */
function parseHost(name: string | undefined, bucket: BucketPlace | null): HostName | null {
  if (name === undefined) return null;
  const example = '--for netlify';
  if (!isHostName(name)) {
    const known = nearestWord(name, HOST_NAMES) ?? HOST_NAMES.join(', ');
    throw new UsageError('option-value-invalid', `--for ${name} is not a host that is known (${known})`, example);
  }
  if (bucket === null) return name;
  throw new UsageError('option-value-invalid', '--for is for an output folder, and --out names a bucket', example);
}

/** `--workflow` alone is for GitHub Pages. */
function parseWorkflow(options: TypedArguments['options']): WorkflowHost | null {
  const host = options.get('workflow-for') ?? (options.has('workflow') ? 'github-pages' : null);
  if (host === null || isWorkflowHost(host)) return host;
  const said = `--workflow-for ${host} is none of ${WORKFLOW_HOSTS.join(', ')}`;
  throw new UsageError('option-value-invalid', said, '--workflow-for netlify');
}

function createImport(exports: readonly string[], options: TypedArguments['options']): ImportOrder {
  const folder = options.get('out');
  if (folder === undefined) throw new UsageError('option-required', '--out', COMMANDS.import.examples[0]);
  const types = (options.get('types') ?? '').split(',').map((name) => name.trim());
  return {
    exports,
    folder,
    url: parseBaseAddress(options.get('url'), '--url'),
    drafts: options.has('drafts'),
    types: types.filter((name) => name !== ''),
    markdown: options.has('markdown'),
    fetch: options.has('fetch'),
  };
}

function createRehearsal(
  folder: string,
  options: TypedArguments['options'],
  environment: Readonly<Record<string, string | undefined>>,
): RehearseOptions {
  const against = (options.get('against') ?? '').split(VALUE_BREAK).filter((place) => place !== '');
  if (against.length === 0) throw new UsageError('option-required', '--against', COMMANDS.rehearse.examples[0]);
  return {
    folder,
    against,
    state: options.get('state') ?? null,
    url: readUrl(options, environment),
    json: options.has('json'),
  };
}

function createPush(folder: string, options: TypedArguments['options'], stack: string | null): PushOptions {
  const remove = parseRemove(options.get('remove'));
  if (remove !== null && !options.has('delete')) throw new UsageError('option-required', '--delete', '--delete');
  return { folder, delete: options.has('delete'), remove, dryRun: options.has('dry-run'), stack };
}

function createUndelete(options: TypedArguments['options'], stack: string | null): UndeleteOptions {
  const written = options.get('since');
  const [example] = COMMANDS.undelete.examples;
  if (written === undefined) throw new UsageError('option-required', '--since', example);
  const since = /^\d{4}-\d\d-\d\d/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(since)) throw new UsageError('option-value-invalid', `--since ${written} is no time`, example);
  return { since, prefix: options.get('prefix') ?? '', dryRun: options.has('dry-run'), stack };
}

function createTakedown(name: string, options: TypedArguments['options']): Command {
  const [example, restoring] = COMMANDS.takedown.examples;
  const folder = options.get('folder') ?? null;
  const stack = options.get('stack') ?? null;
  const isList = options.has('list');
  const isRestore = options.has('restore');
  if (isList && (name !== '' || isRestore))
    throw new UsageError('argument-unexpected', name || '--restore', '--list takes none');
  if (!isList && name === '') throw new UsageError('argument-missing', '<key>', isRestore ? restoring : example);
  if (folder !== null && stack !== null) throw new UsageError('option-unknown', '--stack', '--folder alone');
  if (options.has('yes') && !isRestore) throw new UsageError('option-unknown', '--yes', '--restore --yes');
  const action = isList ? 'list' : isRestore ? 'restore' : 'take-down';
  return { kind: 'takedown', action, name, yes: options.has('yes'), folder, stack };
}

/** With a folder it is that of a build on this machine, and takes its options; without one that on AWS. */
function createRepair(
  folder: string,
  options: TypedArguments['options'],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const example = COMMANDS.repair.examples[1];
  const stack = options.get('stack') ?? null;
  if (folder === '') {
    const given = [...options.keys()].some((option) => option !== 'stack');
    if (given) throw new UsageError('argument-missing', '<folder>', example);
    return { kind: 'repair', build: null, stack };
  }
  if (stack !== null) throw new UsageError('option-unknown', '--stack', null);
  return { kind: 'repair', build: createBuild(folder, options, environment, example) };
}

/** The command's one argument; empty for a command that takes none. */
function takeArgument({ argument, examples }: CommandDefinition, positionals: readonly string[]): string {
  const [first = '', ...others] = positionals;
  const [unexpected] = argument === null ? positionals : argument.isRepeatable === true ? [] : others;
  if (argument !== null && argument.isOptional !== true && first === '') {
    throw new UsageError('argument-missing', `<${argument.name}>`, examples[0] ?? null);
  }
  if (unexpected !== undefined) throw new UsageError('argument-unexpected', unexpected, unexpectedHint(argument));
  return first;
}

function unexpectedHint(argument: CommandDefinition['argument']): string | null {
  return argument === null ? 'this command takes options only' : null;
}

/** Between the values of an option that is given several times: no path and no address has it. */
const VALUE_BREAK = '\n';

interface TypedArguments {
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
  readonly wantsHelp: boolean;
}

/** Takes the arguments of one command apart and refuses what its definition does not name. */
function parseArguments(definition: CommandDefinition, args: readonly string[]): TypedArguments {
  const entries = Object.entries(definition.options);
  const { tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(
        entries.map(([name, { value }]) => [name, { type: value === null ? 'boolean' : 'string' }]),
      ),
    },
  });
  const options = new Map<string, string>();
  const positionals: string[] = [];
  let wantsHelp = false;
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'help') wantsHelp = true;
    else options.set(...parseOption(definition, token, options));
  }
  return { options, positionals, wantsHelp };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function parseOption(
  definition: CommandDefinition,
  token: OptionToken,
  before: ReadonlyMap<string, string>,
): [string, string] {
  const known = Object.keys(definition.options).map((name) => `--${name}`);
  const option = Object.hasOwn(definition.options, token.name) ? definition.options[token.name] : undefined;
  if (option === undefined) throw unknownOption(token.rawName, [...known, '--help']);
  const former = before.get(token.name);
  if (former !== undefined && option.isRepeatable !== true) throw new UsageError('option-repeated', token.rawName);
  if (option.value === null) {
    if (token.value !== undefined) throw new UsageError('option-value-unexpected', token.rawName);
    return [token.name, ''];
  }
  // `--out --json` is a forgotten value; a value that really begins with a dash is written `--out=-x`.
  const isForgotten = token.value === undefined || (token.inlineValue !== true && /^-./.test(token.value));
  if (isForgotten || token.value === '') throw new UsageError('option-value-missing', token.rawName, option.example);
  return [token.name, former === undefined ? (token.value ?? '') : `${former}${VALUE_BREAK}${token.value}`];
}

function unknownOption(given: string, known: readonly string[]): UsageError {
  const name = given.replace(/=.*$/s, '');
  return new UsageError('option-unknown', name, nearestWord(name, known));
}

function parsePort(text: string | null): number | null {
  if (text === null) return null;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError('option-value-invalid', `--port ${text} is not a port (1 to 65535)`, '--port 3000');
  }
  return port;
}

function parseRemove(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError('option-value-invalid', `--remove ${text} is not a number`, '--remove 40');
  }
  return Number(text);
}

/** An absolute http or https address; gets the slash at its end. */
export function parseBaseAddress(text: string | null | undefined, from: string): string | null {
  if (text === null || text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash;
  if (!isPlain) {
    throw new UsageError('option-value-invalid', `${from} is not a web address: ${text}`, '--url https://example.org/');
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
