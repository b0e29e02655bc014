/** The address of a publication that was deployed before, which only a domain of one's own keeps. */

import type { StackOutputs } from '../../cli/stack-outputs.ts';
import { isOwnAddress } from './plan.ts';

/** The message where the former address of a stack is gone; none where it stays. */
export function describeFormerAddress(
  former: StackOutputs[string] | undefined,
  present: StackOutputs[string],
): readonly string[] {
  const [before, after] = [former?.SiteUrl, present.SiteUrl];
  if (before === undefined || after === undefined || before === after) return [];
  if (isOwnAddress(before)) {
    return [
      `The address was ${before} and is ${after}: subscribers of the former one find it only if you lead it here.`,
    ];
  }
  return [
    `The address was ${before}, which AWS gave to the former distribution and gives to nobody again. It is ${after} now.`,
    isOwnAddress(after)
      ? 'It is your own, so it stays from now on, whatever is deployed. Subscribers of the former one have to be told of it.'
      : 'Subscribers have to be told of it. With a domain of your own (domainName in deployment.yaml) it stays the next time.',
  ];
}
