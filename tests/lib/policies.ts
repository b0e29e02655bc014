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

/** What the publisher may do in S3, by bucket: an action, and how keys that it is allowed on begin. */
export interface Grant {
  /** Logical id of the bucket. */
  readonly bucket: string;
  readonly action: string;
  /** Null for the bucket itself. */
  readonly keyPrefix: string | null;
}

export function grantsOf(of: Template): readonly Grant[] {
  return statements(of).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) =>
      [Resource].flat().flatMap((resource) => {
        const pattern =
          /^\{"Fn::(?:GetAtt":\["(\w+)","Arn"\]|Join":\["",\[\{"Fn::GetAtt":\["(\w+)","Arn"\]\},"\/([^"]*)\*"\]\])\}$/;
        const [, whole, inside, keyPrefix] = pattern.exec(JSON.stringify(resource)) ?? [];
        const bucket = whole ?? inside;
        if (!String(action).startsWith('s3:')) return [];
        // What is not understood must not count as harmless.
        if (bucket === undefined) throw new Error(`A resource of another form: ${JSON.stringify(resource)}`);
        return [{ bucket, action: String(action), keyPrefix: whole === undefined ? (keyPrefix ?? '') : null }];
      }),
    ),
  );
}

export function mentions(value: unknown, id: string): boolean {
  return JSON.stringify(value).includes(`"${id}"`);
}
