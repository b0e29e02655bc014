/** The messages before and after a stack is taken down. */

import type { StackOutputs } from '../../cli/stack-outputs.ts';
import { OUTPUTS_FILE } from '../deployment/deployment.ts';
import { isOwnAddress, type Place } from './plan.ts';

export function describeDestruction(
  { account, region }: Place,
  name: string,
  outputs: StackOutputs[string],
): readonly string[] {
  const { SiteUrl, ContentBucketName, StateBucketName, SiteBucketName } = outputs;
  return [
    `Account ${account}, region ${region}, stack ${name}`,
    `  goes: the CDN and with it ${SiteUrl}, the publisher, both queues with what waits in them, alarms and logs`,
    `  stays: ${[ContentBucketName, StateBucketName, SiteBucketName].filter(Boolean).join(', ')}, with all that they hold`,
    isOwnAddress(SiteUrl)
      ? `  ${SiteUrl} is your own, so it is the address again after the next deployment`
      : `  ${SiteUrl} does not come back: AWS gives every distribution another name. Only a domain of your own stays (domainName)`,
  ];
}

export function describeWayBack(name: string, { ContentBucketName }: StackOutputs[string]): readonly string[] {
  return [
    `${name} is taken down. The way back: npm run deploy, in this folder; it takes over the buckets that ${OUTPUTS_FILE} names.`,
    `Without that file, name them in deployment.yaml (contentBucket: ${ContentBucketName}, stateBucket, siteBucket).`,
  ];
}
