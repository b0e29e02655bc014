/** The plan of a deployment, which is printed before anything changes, and the changes that it refuses to make unasked. */

import type { StackOutputs } from '../../cli/stack-outputs.ts';
import type { SynthesisedStack } from './cdk.ts';
import type { DeployedStack } from './deployed-stack.ts';
import {
  describeChanges,
  findDropped,
  GUARDED_OPTIONS,
  type GuardedOption,
  type GuardedOptions,
  readGuardedOptions,
} from './stack-options.ts';

export interface DeploymentPlan {
  /** For people: where, and what changes. */
  readonly lines: readonly string[];
  /** Options that would be lost. */
  readonly dropped: readonly { readonly name: GuardedOption; readonly value: string }[];
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** @param outputs of the stack's last deployment from this folder, if there was one */
export function planDeployment(
  { account, region }: Place,
  next: SynthesisedStack,
  deployed: DeployedStack,
  outputs: StackOutputs[string] | undefined,
): DeploymentPlan {
  const heading = `Account ${account}, region ${region}, stack ${next.name}`;
  const after = readGuardedOptions(next.template);
  if (deployed.kind === 'none') {
    const count = Object.keys(next.template.Resources ?? {}).length;
    return { lines: [`${heading}: is not there yet; ${count} resources are made.`], dropped: [] };
  }
  if (deployed.kind === 'hidden') {
    const lines = [
      `${heading}: what is deployed can't be seen with these credentials (${deployed.reason})`,
      '  Only its address is compared, with that of the last deployment from this folder.',
    ];
    return { lines, dropped: droppedAddress(outputs, after) };
  }
  const changes = describeChanges(deployed.template, next.template);
  const before = readGuardedOptions(deployed.template);
  const lines =
    changes.length === 0
      ? [`${heading}: nothing changes.`]
      : [`${heading}: is there, and changes:`, ...changes.map((change) => `  ${change}`)];
  return {
    lines,
    dropped: findDropped(before, after).map((name) => ({ name, value: before[name] ?? '' })),
  };
}

/** Of CloudFront's own domains, which a stack is given and nobody chooses. */
const OF_CLOUDFRONT = /\.cloudfront\.(?:net|cn)$/;

export function isOwnAddress(siteUrl: string | undefined): siteUrl is string {
  return siteUrl !== undefined && URL.parse(siteUrl) !== null && !OF_CLOUDFRONT.test(new URL(siteUrl).hostname);
}

function droppedAddress(
  outputs: StackOutputs[string] | undefined,
  { siteUrl, domainName }: GuardedOptions,
): DeploymentPlan['dropped'] {
  const before = outputs?.SiteUrl;
  if (!isOwnAddress(before) || siteUrl !== null || domainName !== null) return [];
  return [{ name: 'siteUrl', value: before }];
}

/** Why the deployment is refused; none where it may go on. */
export function refuseDrops({ dropped }: DeploymentPlan, allowed: readonly GuardedOption[]): readonly string[] {
  return dropped
    .filter(({ name }) => !allowed.includes(name))
    .flatMap(({ name, value }) => [
      `${name} is ${value} as it is deployed, and no option says so any more: ${GUARDED_OPTIONS[name]}.`,
      `  Put it back into deployment.yaml (${name}: ${value}), or, if that is meant, add --drop ${name}`,
    ]);
}
