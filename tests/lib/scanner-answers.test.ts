/** What docs/security.md answers to a scanner's findings is so in the template. */

import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTemplate, EVERYTHING } from './template.ts';

const SECURITY = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

let plain: Template;
let full: Template;
beforeAll(() => {
  plain = createTemplate();
  full = createTemplate(EVERYTHING);
});

const propertiesOf = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

describe('an answer to a scanner', () => {
  it('is written for each rule that fails', () => {
    const rules = [18, 21, 26, 27, 68, 86, 115, 116, 117, 158, 173, 174];
    for (const rule of rules) expect(SECURITY).toContain(`\n| CKV_AWS_${rule} |`);
  });

  it('27: every queue is encrypted by SQS', () => {
    const queues = propertiesOf(plain, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(4);
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
  });

  it('21: the bucket of articles keeps versions, and with them backups', () => {
    const versioned = propertiesOf(plain, 'AWS::S3::Bucket').filter(({ VersioningConfiguration: each }) => each);
    expect(versioned).toHaveLength(1);
    expect(versioned[0]?.NotificationConfiguration).toBeDefined();
  });

  it('174: TLS 1.2 is the least at a domain', () => {
    const [distribution] = propertiesOf(full, 'AWS::CloudFront::Distribution');
    expect(distribution?.DistributionConfig.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
  });

  it('115, 116: each source of the publisher has a limit, and its queue has dead letters', () => {
    const sources = propertiesOf(plain, 'AWS::Lambda::EventSourceMapping');
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source.ScalingConfig.MaximumConcurrency).toBe(10);
    expect(propertiesOf(plain, 'AWS::SQS::Queue').filter(({ RedrivePolicy }) => RedrivePolicy)).toHaveLength(2);
  });

  it('173: the publisher’s variables are names and addresses', () => {
    const names = propertiesOf(full, 'AWS::Lambda::Function').flatMap(({ Environment }) =>
      Object.keys(Environment?.Variables ?? {}),
    );
    expect(names.filter((name) => !/_(?:BUCKET|URL|SERVICE_NAME)$/.test(name))).toEqual([]);
  });
});
