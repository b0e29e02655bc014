/**
 * A role that workflows of one GitHub repository assume by OpenID Connect, so that no key of AWS lies there: they may push
 * articles of a publication, and nothing else.
 */

import { Stack } from 'aws-cdk-lib';
import { CfnOIDCProvider, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Feedwright } from './feedwright.ts';

export interface GitHubPushRoleProps {
  readonly feeds: Feedwright;
  /** `owner/name`. */
  readonly repository: string;
  /** The branch whose workflows may push; those of pull requests may not. @default main */
  readonly branch?: string;
  /**
   * Whether GitHub's identity provider is made. An account has one: false where it is there already, from another stack.
   * @default true
   */
  readonly createsProvider?: boolean;
}

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

export class GitHubPushRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: GitHubPushRoleProps) {
    super(scope, id);
    const { feeds, repository, branch = 'main', createsProvider = true } = props;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
      throw new Error(`repository is "${repository}", but it must be owner/name.`);
    const provider = createsProvider
      ? new CfnOIDCProvider(this, 'Provider', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] }).attrArn
      : Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: ISSUER });
    this.role = new Role(this, 'Role', {
      description: `Pushes articles from ${repository}`,
      assumedBy: new WebIdentityPrincipal(provider, {
        // Without the subject any repository of GitHub could assume it.
        StringEquals: {
          [`${ISSUER}:aud`]: AUDIENCE,
          [`${ISSUER}:sub`]: `repo:${repository}:ref:refs/heads/${branch}`,
        },
      }),
    });
    feeds.grantPush(this.role);
  }
}
