/** Readers of the values of options. A value that is not of its option's kind is refused with an example. */

import { nearestWord } from '../../../lambda/text/nearest-name.ts';
import { HOST_NAMES, type HostName, isHostName } from '../../hosting/host-names.ts';
import { isWorkflowHost, WORKFLOW_HOSTS, type WorkflowHost } from '../../hosting/workflow-hosts.ts';
import { UsageError } from '../usage.ts';
import type { BucketPlace } from './bucket-address.ts';
import type { TypedArguments } from './typed-arguments.ts';

export function parsePort(text: string | null): number | null {
  if (text === null) return null;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError('option-value-invalid', `--port ${text} is not a port (1 to 65535)`, '--port 3000');
  }
  return port;
}

export function parseRemove(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError('option-value-invalid', `--remove ${text} is not a number`, '--remove 40');
  }
  return Number(text);
}

/** An absolute http or https address; gets the slash at its end. */
export function parseBaseAddress(text: string | null | undefined, from: string): string | null {
  if (text === null || text === undefined || text === '') return null;
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash;
  if (!isPlain) {
    throw new UsageError('option-value-invalid', `${from} is not a web address: ${text}`, '--url https://example.org/');
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** The rules of a host are files in the output folder, or beside it. */
export function parseHost(name: string | undefined, bucket: BucketPlace | null): HostName | null {
  if (name === undefined) return null;
  const example = '--for netlify';
  if (!isHostName(name)) {
    const known = nearestWord(name, HOST_NAMES) ?? HOST_NAMES.join(', ');
    throw new UsageError('option-value-invalid', `--for ${name} is not a host that is known (${known})`, example);
  }
  if (bucket === null) return name;
  throw new UsageError('option-value-invalid', '--for is for an output folder, and --out names a bucket', example);
}

/** `--workflow` alone is for GitHub Pages. */
export function parseWorkflow(options: TypedArguments['options']): WorkflowHost | null {
  const host = options.get('workflow-for') ?? (options.has('workflow') ? 'github-pages' : null);
  if (host === null || isWorkflowHost(host)) return host;
  const said = `--workflow-for ${host} is none of ${WORKFLOW_HOSTS.join(', ')}`;
  throw new UsageError('option-value-invalid', said, '--workflow-for netlify');
}
