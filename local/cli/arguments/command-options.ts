/** The options of each command, as the command line was read. */

import type { HostName } from '../../hosting/host-names.ts';
import type { WorkflowHost } from '../../hosting/workflow-hosts.ts';

export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or a folder with its slash. */
  readonly prefix: string;
  /** Null for Amazon S3. */
  readonly endpoint: string | null;
  /** Null for the one of the profile. */
  readonly region: string | null;
}

export interface BuildOptions {
  readonly folder: string;
  /** A folder, or `s3://bucket/folder`. */
  readonly out: string;
  /** The place that `out` names in a bucket; null for a folder. */
  readonly bucket: BucketPlace | null;
  /** Null for the default: a file beside the output folder. */
  readonly state: string | null;
  /** Ends with a slash. Null when neither the command line nor the environment names one. */
  readonly url: string | null;
  readonly json: boolean;
  /** The web server whose rules are written as well; null for none. */
  readonly host: HostName | null;
  /** How many removals the person has named. */
  readonly remove: number | null;
}

export interface ServeOptions {
  readonly folder: string;
  /** Null for the default port or the next free one. */
  readonly port: number | null;
  /** Null for the server's own address. */
  readonly url: string | null;
}

export interface CheckOptions {
  readonly folder: string;
  /** Whether the documents are judged too. */
  readonly feeds: boolean;
  readonly json: boolean;
}

export interface InitOptions {
  readonly folder: string;
  /** Where the workflow that is written publishes; null for no workflow. */
  readonly workflow: WorkflowHost | null;
}

export interface RehearseOptions {
  readonly folder: string;
  /** Addresses or paths of old feeds; at least one. */
  readonly against: readonly string[];
  /** Null for a first build. */
  readonly state: string | null;
  /** Ends with a slash. Null for the one in site.yaml. */
  readonly url: string | null;
  readonly json: boolean;
}

export interface AdoptOptions {
  /** Addresses and paths. */
  readonly feeds: readonly string[];
  readonly folder: string;
  /** Whether into the articles, as far as they can say it. */
  readonly write: boolean;
  readonly dryRun: boolean;
  /** The state file that was named. Null for that of a build into `public`, if there is one. */
  readonly state: string | null;
  /** The stack whose state tells what was published; null for a build on this machine. */
  readonly stack: string | null;
}

export interface PushOptions {
  readonly folder: string;
  readonly delete: boolean;
  /** How many removals the person has named. */
  readonly remove: number | null;
  readonly dryRun: boolean;
  /** Null for the only one there is. */
  readonly stack: string | null;
}

export interface StatusOptions {
  /** Whether the feeds are listed. */
  readonly feeds: boolean;
  readonly json: boolean;
  readonly stack: string | null;
}

export interface UndeleteOptions {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly prefix: string;
  readonly dryRun: boolean;
  readonly stack: string | null;
}

export interface TakedownOptions {
  readonly action: 'take-down' | 'restore' | 'list';
  /** A key; to restore, also an id or an address. Empty for a list. */
  readonly name: string;
  /** Whether to restore without asking. */
  readonly yes: boolean;
  /** Null for what is on AWS. */
  readonly folder: string | null;
  readonly stack: string | null;
}
