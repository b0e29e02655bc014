/**
 * Two templates of a stack, the deployed one and the next: which options that people rely on they differ in, and which
 * resources. The options are read from the resources that they lead to, so that stacks of every version can be compared.
 */

/** A CloudFormation template, as far as it is looked at. */
export interface StackTemplate {
  readonly Resources?: Readonly<Record<string, StackResource>>;
}

interface StackResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: unknown;
}

/** Options whose loss can't be made good by setting them again: addresses, mail that did not come, buckets that are left. */
export const GUARDED_OPTIONS = {
  domainName: 'the domain leaves the CDN, and every subscription to it fails',
  siteUrl: 'feeds name another address from then on',
  alarmEmail: 'nobody is mailed alarms any more',
  contentBucket: 'the stack gets a new, empty bucket of articles, and this one is left behind',
  stateBucket: 'the stack gets a new, empty bucket of state, and this one is left behind',
  siteBucket: 'the stack gets a new, empty bucket of documents, and this one is left behind',
} as const;

export type GuardedOption = keyof typeof GUARDED_OPTIONS;

export type GuardedOptions = Readonly<Record<GuardedOption, string | null>>;

export function isGuardedOption(name: string): name is GuardedOption {
  return Object.hasOwn(GUARDED_OPTIONS, name);
}

/** The guarded options with which a template was made. */
export function readGuardedOptions(template: StackTemplate): GuardedOptions {
  const resources = Object.entries(template.Resources ?? {});
  const texts = (type: string, path: readonly (string | number)[], prefix = ''): readonly string[] =>
    resources.flatMap(([id, { Type, Properties }]) => {
      const value = Type === type && id.startsWith(prefix) ? follow(Properties, path) : undefined;
      return typeof value === 'string' ? [value] : [];
    });
  const [domainName = null] = texts('AWS::CloudFront::Distribution', ['DistributionConfig', 'Aliases', 0]);
  const [siteUrl = null] = texts('AWS::Lambda::Function', ['Environment', 'Variables', 'FEEDWRIGHT_SITE_URL']);
  const [alarmEmail = null] = texts('AWS::SNS::Subscription', ['Endpoint'], 'AlarmsTopic');
  const bucket = (prefix: string) => texts('AWS::S3::Bucket', ['BucketName'], prefix)[0] ?? null;
  return {
    domainName,
    // The domain's own address is what there is without the option.
    siteUrl: domainName !== null && siteUrl === `https://${domainName}/` ? null : siteUrl,
    alarmEmail,
    contentBucket: bucket('ContentBucket'),
    stateBucket: bucket('StateBucket'),
    siteBucket: bucket('SiteBucket'),
  };
}

function follow(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (within, part) => (typeof within === 'object' && within !== null ? (within as never)[part] : undefined),
    value,
  );
}

/** Guarded options that the deployed stack has and the next one has not. */
export function findDropped(before: GuardedOptions, after: GuardedOptions): readonly GuardedOption[] {
  return (Object.keys(GUARDED_OPTIONS) as GuardedOption[]).filter(
    (name) => before[name] !== null && after[name] === null,
  );
}

/** One line for each guarded option and each resource in which two templates differ; none where they are the same. */
export function describeChanges(before: StackTemplate, after: StackTemplate): readonly string[] {
  const [from, to] = [readGuardedOptions(before), readGuardedOptions(after)];
  const options = (Object.keys(GUARDED_OPTIONS) as GuardedOption[])
    .filter((name) => from[name] !== to[name])
    .map((name) => `${name}: ${from[name] ?? 'none'} becomes ${to[name] ?? 'none'}`);
  const ids = new Set([...Object.keys(before.Resources ?? {}), ...Object.keys(after.Resources ?? {})]);
  const resources = [...ids].flatMap((id) => {
    const [was, is] = [before.Resources?.[id], after.Resources?.[id]];
    // Metadata changes nothing that runs, and the CDK's own says where its sources lie.
    if (textOf(was) === textOf(is) || id === 'CDKMetadata') return [];
    const verb = was === undefined ? 'new' : is === undefined ? 'removed' : 'changed';
    return [`${verb}: ${(is ?? was)?.Type} ${id}`];
  });
  return [...options, ...resources.sort()];
}

function textOf(resource: StackResource | undefined): string {
  return JSON.stringify(resource === undefined ? null : { ...resource, Metadata: null }, sortNames);
}

/** CloudFormation does not promise to keep the order of names. */
function sortNames(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
