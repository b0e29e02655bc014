import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Feedwright } from '../../lib/feedwright.ts';
import { GitHubPushRole } from '../../lib/github-push-role.ts';
import { createTemplate } from './template.ts';

const ISSUER = 'token.actions.githubusercontent.com';

describe('the role of a GitHub repository', () => {
  it('is assumed by workflows of one branch of one repository, and pushes', () => {
    const template = createTemplate({ githubRepository: 'someone/notes' });
    template.hasResourceProperties('AWS::IAM::OIDCProvider', { Url: `https://${ISSUER}` });
    const [role] = Object.values(template.findResources('AWS::IAM::Role')).filter(({ Properties }) =>
      JSON.stringify(Properties).includes(ISSUER),
    );
    const [statement] = role?.Properties.AssumeRolePolicyDocument.Statement ?? [];
    expect(statement).toMatchObject({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: 'repo:someone/notes:ref:refs/heads/main',
        },
      },
    });
    expect(template.findOutputs('PushRoleArn')).toHaveProperty('PushRoleArn');
    expect(createTemplate().findOutputs('PushRoleArn')).toEqual({});
  });

  it('takes the provider that the account has, where it is told to', () => {
    const template = createTemplate({ githubRepository: 'someone/notes', githubProvider: false });
    template.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    expect(JSON.stringify(template.toJSON())).toContain(`:oidc-provider/${ISSUER}`);
  });

  it('is refused for what is no repository', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Mine');
    const feeds = new Feedwright(stack, 'Feeds');
    expect(() => new GitHubPushRole(stack, 'Role', { feeds, repository: 'https://github.com/a/b' })).toThrow(
      /owner\/name/,
    );
    expect(Template.fromStack(stack).findResources('AWS::IAM::OIDCProvider')).toEqual({});
  });
});
