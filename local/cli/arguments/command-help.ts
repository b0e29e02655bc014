/** The text of `--help`, made from command-table.ts. */

import { COMMANDS, type CommandDefinition, type CommandName } from './command-table.ts';

/** Of one command: its argument, options and examples. */
export function renderHelp(name: CommandName): string {
  const command: CommandDefinition = COMMANDS[name];
  const options = Object.entries(command.options).map(
    ([option, { value, about }]) => [`--${option}${value === null ? '' : ` <${value}>`}`, about] as const,
  );
  const argument = command.argument === null ? [] : [[`<${command.argument.name}>`, command.argument.about]];
  return [
    `Usage: feedwright ${typedForm(name, command)}${options.length === 0 ? '' : ' [options]'}`,
    '',
    command.summary,
    command.about,
    '',
    ...renderTable([...argument, ...options, ['--help', 'show this']]),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** Of all commands, a line each. */
export function renderOverview(): string {
  const rows = Object.entries(COMMANDS).map(([name, command]) => [typedForm(name, command), command.summary]);
  return [
    'Usage: feedwright <command>',
    '',
    'Put articles into a folder; they become RSS, Atom and JSON feeds.',
    '',
    ...renderTable(rows),
    '',
    'feedwright <command> --help explains one command; feedwright --version prints the version.',
    '',
    'Exit codes: 0 all published; 1 some articles have problems, all others are published, or so much is gone that it',
    'waits for --remove; 2 wrong usage; 3 site.yaml is broken, or nothing could be published.',
    '',
  ].join('\n');
}

function typedForm(name: string, { argument }: CommandDefinition): string {
  if (argument === null) return name;
  if (argument.isRepeatable === true) return `${name} <${argument.name}>…`;
  return argument.isOptional === true ? `${name} [<${argument.name}>]` : `${name} <${argument.name}>`;
}

function renderTable(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length)) + 2;
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}${right}`);
}
