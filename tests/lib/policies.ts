/** What the policies of a synthesised stack allow. */

import type { Template } from 'aws-cdk-lib/assertions';

interface Statement {
  readonly Action: unknown;
  readonly Resource: unknown;
}

/** What the publisher's role allows. */
export function statements(of: Template): readonly Statement[] {
  const policies = Object.values(of.findResources('AWS::IAM::Policy'));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** The S3 actions that are allowed on a bucket or anything in it. */
export function allowedOn(of: Template, bucket: string): readonly unknown[] {
  const on = statements(of).filter(({ Resource }) => mentions(Resource, bucket));
  return [...new Set(on.flatMap(({ Action }) => Action))].sort();
}

export function mentions(value: unknown, id: string): boolean {
  return JSON.stringify(value).includes(`"${id}"`);
}
