/** Before a deployment: its templates, what they change, and whether that may be. Changes nothing but `deployment.yaml`. */

import { SETTINGS_FILE } from '../../../lib/settings-file.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { placeOf, readStackOutputs, type StackOutputs } from '../../cli/stack-outputs.ts';
import type { CommandContext } from '../context.ts';
import { OUTPUTS_FILE } from '../deployment/deployment.ts';
import {
  createS3,
  findLeftBuckets,
  hasNamedBuckets,
  type LeftBuckets,
  leaveBuckets,
  namesOf,
  writeBucketNames,
} from './adoption.ts';
import { createCaller } from './aws-query.ts';
import { readAssembly, type SynthesisedStack, synthesise } from './cdk.ts';
import type { DeployArguments } from './deploy-arguments.ts';
import { type DeployedStack, readAccount, readDeployedStack } from './deployed-stack.ts';
import { type Place, planDeployment, refuseDrops } from './plan.ts';
import { readGuardedOptions } from './stack-options.ts';

export type PreparedDeployment =
  | {
      readonly kind: 'ready';
      /** Further options of `cdk deploy`. */
      readonly options: readonly string[];
      /** Whether buckets that are there are to join a stack. */
      readonly takesOver: boolean;
      /** Names of stacks that are deployed already. */
      readonly present: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: number };

interface Voice {
  readonly terminal: CommandContext['terminal'];
  /** Null where nobody is asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** @param assembly the folder for the templates */
export async function prepareDeployment(
  assembly: string,
  args: DeployArguments,
  { terminal, confirm }: Voice,
): Promise<PreparedDeployment> {
  const made = await synthesise(assembly, args.cdk);
  if (made.code !== 0) return { kind: 'refused', code: made.code };
  const caller = await createCaller(process.env);
  const place = { account: await readAccount(caller), region: caller.region };
  const outputs = readStackOutputs(OUTPUTS_FILE);
  let stacks = await lookAt(readAssembly(assembly), caller);
  const settle = args.newBuckets ? leaveFormerBuckets : adoptBuckets;
  if (await settle(stacks, outputs, place, terminal)) {
    const again = await synthesise(assembly, args.cdk);
    if (again.code !== 0) return { kind: 'refused', code: again.code };
    stacks = await lookAt(readAssembly(assembly), caller);
  }
  const refusals: string[] = [];
  for (const { next, deployed } of stacks) {
    const plan = planDeployment(place, next, deployed, outputs[next.name]);
    for (const line of plan.lines) terminal.note(line);
    refusals.push(...refuseDrops(plan, args.drop));
  }
  for (const line of refusals) terminal.note(line);
  if (refusals.length > 0) return { kind: 'refused', code: EXIT.usage };
  if (confirm !== null && !(await confirm('Deploy this?'))) {
    terminal.note('Nothing was deployed.');
    return { kind: 'refused', code: EXIT.problems };
  }
  const isTakingOver = stacks.some(takesOver);
  return {
    kind: 'ready',
    options: isTakingOver ? ['--import-existing-resources'] : [],
    takesOver: isTakingOver,
    present: stacks.filter(({ deployed }) => deployed.kind === 'deployed').map(({ next }) => next.name),
  };
}

interface StackPair {
  readonly next: SynthesisedStack;
  readonly deployed: DeployedStack;
}

function lookAt(
  stacks: readonly SynthesisedStack[],
  caller: Parameters<typeof readDeployedStack>[0],
): Promise<readonly StackPair[]> {
  return Promise.all(stacks.map(async (next) => ({ next, deployed: await readDeployedStack(caller, next.name) })));
}

/** Whether buckets are named that the deployed stack has not: those of that name that are there join it. */
function takesOver({ next, deployed }: StackPair): boolean {
  const after = readGuardedOptions(next.template);
  const before = deployed.kind === 'deployed' ? readGuardedOptions(deployed.template) : null;
  return hasNamedBuckets(after) && (before === null || !hasNamedBuckets(before));
}

/**
 * Names the buckets that a former stack of the same name has left here, so that the next one takes them over.
 *
 * @returns whether there were any
 */
async function adoptBuckets(
  stacks: readonly StackPair[],
  outputs: StackOutputs,
  place: Place,
  terminal: CommandContext['terminal'],
): Promise<boolean> {
  for (const { next, deployed } of stacks) {
    const former = outputs[next.name];
    if (deployed.kind !== 'none' || former === undefined || hasNamedBuckets(readGuardedOptions(next.template)))
      continue;
    if (!isHere(former, place)) continue;
    const left = await lookFor(former, place);
    if (Object.keys(left).length === 0) continue;
    terminal.note(
      `The stack ${next.name} is gone, and its buckets are there. They are taken over, with all that they hold:`,
    );
    noteNames(left, terminal);
    terminal.note(`${SETTINGS_FILE} names them from now on. (--new-buckets would leave them where they are.)`);
    writeBucketNames(SETTINGS_FILE, left);
    return true;
  }
  return false;
}

function noteNames(names: Readonly<Record<string, string>>, terminal: CommandContext['terminal']): void {
  for (const [option, name] of Object.entries(names)) terminal.note(`  ${option}: ${name}`);
}

/**
 * Has the next stack make new buckets, though those of a former stack are there.
 *
 * @returns whether there were any
 */
async function leaveFormerBuckets(
  stacks: readonly StackPair[],
  outputs: StackOutputs,
  place: Place,
  terminal: CommandContext['terminal'],
): Promise<boolean> {
  for (const { next, deployed } of stacks) {
    const former = outputs[next.name];
    if (deployed.kind !== 'none' || former === undefined || !isHere(former, place)) continue;
    const left = namesOf(former);
    terminal.note(`The buckets of the former ${next.name} stay where they are, and new ones are made:`);
    noteNames(left, terminal);
    leaveBuckets(SETTINGS_FILE, left);
    terminal.note(`${SETTINGS_FILE} has their names in a comment.`);
    return true;
  }
  return false;
}

/** Names of buckets are those of one account and region. */
function isHere(outputs: StackOutputs[string], { account, region }: Place): boolean {
  return [`${account}/${region}`, region].includes(placeOf(outputs));
}

async function lookFor(former: StackOutputs[string], { region }: Place): Promise<LeftBuckets> {
  const s3 = createS3(region);
  try {
    return await findLeftBuckets(s3, former);
  } finally {
    s3.destroy();
  }
}
