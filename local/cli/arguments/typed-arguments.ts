/** The arguments of one command, taken apart by what its definition names. */

import { parseArgs } from 'node:util';
import { nearestWord } from '../../../lambda/text/nearest-name.ts';
import { UsageError } from '../usage.ts';
import type { CommandDefinition } from './command-table.ts';

/** Between the values of an option that is given several times: no path and no address has it. */
export const VALUE_BREAK = '\n';

export interface TypedArguments {
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
  readonly wantsHelp: boolean;
}

/** Takes the arguments of one command apart and refuses what its definition does not name. */
export function parseArguments(definition: CommandDefinition, args: readonly string[]): TypedArguments {
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

export function unknownOption(given: string, known: readonly string[]): UsageError {
  const name = given.replace(/=.*$/s, '');
  return new UsageError('option-unknown', name, nearestWord(name, known));
}

/** The command's one argument; empty for a command that takes none. */
export function takeArgument({ argument, examples }: CommandDefinition, positionals: readonly string[]): string {
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
