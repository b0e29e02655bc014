/** The present deployment: its account, its region, and the template of a stack. */

import { type AwsCaller, AwsRefusal, queryAws, readElement } from './aws-query.ts';
import type { StackTemplate } from './stack-options.ts';

/** @returns the account's number */
export async function readAccount(caller: AwsCaller): Promise<string> {
  return readElement(await queryAws(caller, 'sts', { Action: 'GetCallerIdentity' }), 'Account') ?? 'unknown';
}

export type DeployedStack =
  | { readonly kind: 'deployed'; readonly template: StackTemplate }
  /** There is none of this name, or none any more. */
  | { readonly kind: 'none' }
  /** The operator has no right to look, which the CDK's own roles have. */
  | { readonly kind: 'hidden'; readonly reason: string };

/** One that failed when it was made, or that waits to be made. */
const NOT_THERE = new Set(['DELETE_COMPLETE', 'REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE']);

export async function readDeployedStack(caller: AwsCaller, StackName: string): Promise<DeployedStack> {
  try {
    const described = await queryAws(caller, 'cloudformation', { Action: 'DescribeStacks', StackName });
    if (NOT_THERE.has(readElement(described, 'StackStatus') ?? '')) return { kind: 'none' };
    const answer = await queryAws(caller, 'cloudformation', { Action: 'GetTemplate', StackName });
    return { kind: 'deployed', template: JSON.parse(readElement(answer, 'TemplateBody') ?? '{}') };
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    if (error.name === 'ValidationError' && /does not exist/.test(error.message)) return { kind: 'none' };
    if (/AccessDenied|UnauthorizedOperation/.test(error.name)) return { kind: 'hidden', reason: error.message };
    throw error;
  }
}
