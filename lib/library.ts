/** The library for CDK apps (`import { Feedwright } from 'feedwright/cdk'`). */

export { Feedwright, type FeedwrightProps } from './feedwright.ts';
export { GitHubPushRole, type GitHubPushRoleProps } from './github-push-role.ts';
