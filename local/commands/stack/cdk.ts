/** The CDK's own command, in this terminal, and the templates that it makes. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StackTemplate } from './stack-options.ts';

const CDK = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));
/** Options of `cdk deploy` that also decide what is deployed, each with a value. */
const SYNTH_OPTIONS = ['-c', '--context', '--profile'];

export interface CdkRun {
  /** Exit code of the CDK. */
  readonly code: number;
  /** Its standard error, to which it writes its messages. */
  readonly said: string;
}

/** Runs the CDK in this terminal, and keeps what it says. */
export function runCdk(args: readonly string[]): Promise<CdkRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CDK, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      process.stderr.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

/** Makes the templates in a folder; `args` are those of `cdk deploy`. */
export function synthesise(folder: string, args: readonly string[]): Promise<CdkRun> {
  return runCdk(['synth', '--quiet', '--output', folder, ...pickSynthArgs(args)]);
}

/** The arguments that say what the templates are. */
export function pickSynthArgs(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (SYNTH_OPTIONS.includes(arg)) return [arg, args[index + 1] ?? ''];
    return SYNTH_OPTIONS.some((option) => option.startsWith('--') && arg.startsWith(`${option}=`)) ? [arg] : [];
  });
}

export interface SynthesisedStack {
  readonly name: string;
  readonly template: StackTemplate;
}

/** The stacks of a folder in which templates were made. */
export function readAssembly(folder: string): readonly SynthesisedStack[] {
  const manifest: {
    readonly artifacts?: Readonly<
      Record<string, { readonly type: string; readonly properties?: Readonly<Record<string, string>> }>
    >;
  } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return Object.entries(manifest.artifacts ?? {})
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties = {} }]) => ({
      name: properties.stackName ?? id,
      template: JSON.parse(readFileSync(join(folder, properties.templateFile ?? ''), 'utf8')),
    }));
}
