/** What `import { Feedwright } from 'feedwright/cdk'` gives to a CDK app. */

export { Feedwright, type FeedwrightProps } from './feedwright.ts';
export { GitHubPushRole, type GitHubPushRoleProps } from './github-push-role.ts';
