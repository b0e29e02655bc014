/**
 * The command line: what was typed becomes a `Command`, or a `UsageError` that says what to type instead. What
 * there is to type stands in command-table.ts.
 */

import { nearestWord } from '../../../lambda/text/nearest-name.ts';
import type { ImportOrder } from '../../import/run-import.ts';
import { UsageError } from '../usage.ts';
import { type BucketPlace, parseBucketPlace, requireBucketPlace } from './bucket-address.ts';
import { renderHelp, renderOverview } from './command-help.ts';
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
} from './command-options.ts';
import { COMMANDS, type CommandName } from './command-table.ts';
import { parseBaseAddress, parseHost, parsePort, parseRemove, parseWorkflow } from './option-values.ts';
import { parseArguments, type TypedArguments, takeArgument, unknownOption, VALUE_BREAK } from './typed-arguments.ts';

export type * from './command-options.ts';

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
