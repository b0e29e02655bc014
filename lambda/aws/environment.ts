/** The environment of the publisher on AWS: its variables are read once, and all mistakes reported together. */

import { parseTraits, type ServerTraits } from './server-traits.ts';

/** Where the publisher finds its buckets and queues. */
export interface Environment {
  readonly contentBucket: string;
  readonly stateBucket: string;
  readonly publicBucket: string;
  /** What stands before the keys of all documents: empty, or a folder with its slash. */
  readonly publicPrefix: string;
  /** Base address that goes before the one in `site.yaml`: ends with a slash. Null leaves the choice to `site.yaml`. */
  readonly siteUrl: string | null;
  /** Base address of the CDN, for when `site.yaml` names none either. */
  readonly cdnUrl: string | null;
  /** What the server of the buckets compares: `FEEDWRIGHT_S3_LACKS` names what it does not. Null: it is to be found out. */
  readonly traits: ServerTraits | null;
  readonly articleQueueUrl: string;
  readonly feedQueueUrl: string;
}

/** The environment is wrong; `mistakes` has one sentence for each variable that must be mended. */
export class EnvironmentError extends Error {
  override readonly name = 'SettingsError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The publisher's environment is wrong:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the variables, or throws an `EnvironmentError` that names every mistake. */
export function readEnvironment(variables: Variables): Environment {
  const mistakes: string[] = [];
  const bucket = (name: string) => required(variables, name, isBucketName, 'the name of an S3 bucket', mistakes);
  const queue = (name: string, ending: string) =>
    required(variables, name, (value) => isQueueUrl(value, ending), `the URL of an SQS queue${ending}`, mistakes);
  const environment: Environment = {
    contentBucket: bucket('FEEDWRIGHT_CONTENT_BUCKET'),
    stateBucket: bucket('FEEDWRIGHT_STATE_BUCKET'),
    publicBucket: bucket('FEEDWRIGHT_SITE_BUCKET'),
    publicPrefix: prefix(variables, 'FEEDWRIGHT_SITE_PREFIX', mistakes),
    siteUrl: baseAddress(variables, 'FEEDWRIGHT_SITE_URL', mistakes),
    cdnUrl: baseAddress(variables, 'FEEDWRIGHT_CDN_URL', mistakes),
    traits: traits(variables, 'FEEDWRIGHT_S3_LACKS', mistakes),
    articleQueueUrl: queue('FEEDWRIGHT_ARTICLE_QUEUE_URL', ''),
    feedQueueUrl: queue('FEEDWRIGHT_FEED_QUEUE_URL', ' that ends with .fifo'),
  };
  mistakes.push(...sharedBuckets(environment));
  if (mistakes.length > 0) throw new EnvironmentError(mistakes);
  return environment;
}

function required(
  variables: Variables,
  name: string,
  isValid: (value: string) => boolean,
  meaning: string,
  mistakes: string[],
): string {
  const value = variables[name] ?? '';
  if (value === '') mistakes.push(`${name} is missing: set it to ${meaning}.`);
  else if (!isValid(value)) mistakes.push(`${name} is "${value}", which is not ${meaning}.`);
  return value;
}

function isBucketName(value: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value);
}

function isQueueUrl(value: string, ending: string): boolean {
  return isHttpAddress(value) && (ending === '' || value.endsWith('.fifo'));
}

function traits(variables: Variables, name: string, mistakes: string[]): ServerTraits | null {
  const value = variables[name] ?? '';
  if (value === '') return null;
  const read = parseTraits(value);
  if (read === null) mistakes.push(`${name} is "${value}", but it must be nothing, delete, copy or delete,copy.`);
  return read;
}

function prefix(variables: Variables, name: string, mistakes: string[]): string {
  const value = variables[name] ?? '';
  if (value !== '' && !/^(?:[A-Za-z0-9_-]+\/)+$/.test(value))
    mistakes.push(`${name} is "${value}", which is not a folder with a slash at its end.`);
  return value;
}

/** An absolute http(s) address, with the slash at its end that a base address needs. */
function baseAddress(variables: Variables, name: string, mistakes: string[]): string | null {
  const value = variables[name] ?? '';
  if (value === '') return null;
  if (!isHttpAddress(value) || /[?#]/.test(value)) {
    mistakes.push(`${name} is "${value}", which is not an absolute http or https address without ? and #.`);
  }
  return value.endsWith('/') ? value : `${value}/`;
}

function isHttpAddress(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

/** What people write must never mix with what the publisher writes. */
function sharedBuckets(environment: Environment): string[] {
  const { contentBucket, stateBucket, publicBucket } = environment;
  const names = [contentBucket, stateBucket, publicBucket].filter((name) => name !== '');
  if (new Set(names).size === names.length) return [];
  return ['The content, state and site buckets must be three different buckets.'];
}
