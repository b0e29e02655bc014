/** `build --for <host>`: the rules that a web server needs, written into the output folder or beside it, and what it can't do. */

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CONTENT_TYPES, FEED_FORMATS, subscriptionPath } from '../../lambda/model/addresses.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import { SITE_KEY } from '../../lambda/site/setting.ts';
import type { Store } from '../../lambda/store/store.ts';
import { feedCopiesOf } from '../publication/feed-copies.ts';
import { hasCode } from '../store/folder-path.ts';
import { APACHE } from './apache.ts';
import { CADDY } from './caddy.ts';
import { type FormerAddress, readFormerAddresses } from './former-addresses.ts';
import type { HostName } from './host-names.ts';
import { type FeedDocument, HOST_MARK, type Host, type HostFile } from './host-plan.ts';
import { NGINX } from './nginx.ts';
import { CLOUDFLARE_PAGES, GITHUB_PAGES, NETLIFY } from './static-hosts.ts';

const HOSTS: Readonly<Record<HostName, Host>> = {
  netlify: NETLIFY,
  'cloudflare-pages': CLOUDFLARE_PAGES,
  nginx: NGINX,
  caddy: CADDY,
  apache: APACHE,
  'github-pages': GITHUB_PAGES,
};

/** More are counted only. */
const NAMED_MAX = 10;

export interface HostedPublication {
  readonly site: Site;
  readonly feeds: readonly { readonly name: string }[];
  /** Former addresses of articles. */
  readonly aliases: readonly string[];
  readonly documents: Pick<Store, 'read'>;
}

/**
 * Writes the rules for a host.
 *
 * @param out the output folder
 * @returns warnings of what the host can't do
 */
export async function writeHostFiles(
  name: HostName,
  out: string,
  { site, feeds, aliases, documents }: HostedPublication,
): Promise<readonly Problem[]> {
  const host = HOSTS[name];
  const addresses = await readFormerAddresses(documents, site, aliases);
  const plan = host.plan({ site, addresses, documents: feedDocuments(site, feeds) });
  const kept = plan.files.flatMap((file) => (writeHostFile(out, file) ? [] : [placeOf(out, file)]));
  return [
    ...lostFeeds(
      host,
      plan.lost.filter(({ feed }) => feed !== null),
    ),
    ...beyondLimit(host, plan.excess, plan.limit),
    ...kept.map((path) =>
      hostProblem(
        `${path} is there already and was not written by Feedwright, so the rules for ${host.title} are not.`,
        'Remove the file to have it written, or put the rules of docs/hosting.md into it yourself.',
      ),
    ),
  ];
}

function feedDocuments(site: Site, feeds: readonly { readonly name: string }[]): readonly FeedDocument[] {
  const own = feeds.flatMap(({ name }) =>
    FEED_FORMATS.map((format) => ({ path: subscriptionPath(name, format), format, isCopy: false })),
  );
  const copies = feedCopiesOf(site).map(({ path, format }) => ({ path, format, isCopy: true }));
  return [...own, ...copies].map(({ format, ...document }) => ({ ...document, contentType: CONTENT_TYPES[format] }));
}

function placeOf(out: string, { place, name }: HostFile): string {
  return place === 'inside' ? join(out, name) : join(dirname(resolve(out)), basename(resolve(out)) + name);
}

/** False for a file of somebody else's, which stays. */
function writeHostFile(out: string, file: HostFile): boolean {
  const path = placeOf(out, file);
  const present = readText(path);
  if (present !== null && !present.startsWith(HOST_MARK)) return false;
  if (present !== file.text) writeFileSync(path, file.text);
  return true;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function lostFeeds({ title }: Host, lost: readonly FormerAddress[]): readonly Problem[] {
  if (lost.length === 0) return [];
  return [
    createProblem('feed-address-lost', {
      path: SITE_KEY,
      line: null,
      message: `${title} can’t redirect ${list(lost)}: who subscribes there sees nothing new.`,
      fix: 'Choose a host that can (docs/hosting.md), or have a server before it answer with 301.',
    }),
  ];
}

function beyondLimit({ title }: Host, excess: readonly FormerAddress[], limit: string): readonly Problem[] {
  if (excess.length === 0) return [];
  const message = `${title} is given ${limit}: ${list(excess)} have none.`;
  return [hostProblem(message, 'The pages there still lead people on. Remove former addresses that nobody uses.')];
}

function hostProblem(message: string, fix: string): Problem {
  return createProblem('host-rules', { path: SITE_KEY, line: null, message, fix });
}

function list(addresses: readonly FormerAddress[]): string {
  const named = addresses.slice(0, NAMED_MAX).map(({ shown }) => shown);
  const others = addresses.length - named.length;
  return named.join(', ') + (others > 0 ? ` and ${others} more` : '');
}
