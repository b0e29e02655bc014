/** Caddy: a file for `import` in the block of a site, whose `root` is the output folder. */

import { basePath, type FormerAddress, pathsOf } from './former-addresses.ts';
import {
  bySayable,
  CACHING,
  HOST_MARK,
  type Host,
  type HostInput,
  NAMED_TYPES,
  queryNames,
  servedFeed,
} from './host-plan.ts';

export const CADDY: Host = {
  title: 'Caddy',
  plan({ site, addresses, documents }) {
    const { said, lost } = bySayable(addresses);
    const maps = [pathMap(said, site), ...queryNames(said).map((names) => queryMap(names, said, site))];
    const copies = documents
      .filter(({ isCopy }) => isCopy)
      .map(({ path, contentType }, index) => typed(`copy_${index}`, basePath(site) + path, contentType));
    const named = NAMED_TYPES.map(([name, type], index) => typed(`named_${index}`, `*/${name}`, type));
    const text = [
      `${HOST_MARK} caddy: import it in the block of the site.`,
      ...maps.filter(({ rows }) => rows.length > 0).flatMap((map) => formerRules(map, site)),
      `header Cache-Control "${CACHING}"`,
      'header Access-Control-Allow-Origin "*"',
      'header X-Content-Type-Options "nosniff"',
      ...copies,
      ...named,
      'handle_errors {',
      '\t@feedwright_missing expression {err.status_code} == 404',
      // It has the type of the feed that is not there, else.
      '\theader @feedwright_missing Content-Type "text/html; charset=utf-8"',
      `\trewrite @feedwright_missing ${basePath(site)}404.html`,
      '\tfile_server',
      '}',
      '',
    ].join('\n');
    return { files: [{ place: 'beside', name: '.Caddyfile', text }], lost, excess: [], limit: '' };
  },
};

interface Lookup {
  readonly name: string;
  readonly source: string;
  readonly rows: readonly (readonly [value: string, address: FormerAddress])[];
}

/**
 * One look for all addresses of a kind, rather than a matcher for each: where to redirect, else which feed to give, and its type.
 * The type is set here, since Caddy looks at fields before it rewrites.
 */
function formerRules({ name, source, rows }: Lookup, site: HostInput['site']): readonly string[] {
  const [moved, feed, type] = ['moved', 'feed', 'type'].map((kind) => `{feedwright_${kind}_${name}}`);
  return [
    `map "${source}" ${moved} ${feed} ${type} {`,
    ...rows.map(([value, address]) => `\t"${value}" ${places(address, site)}`),
    '\tdefault "" "" ""',
    '}',
    `@feedwright_moved_${name} expression ${moved} != ""`,
    `redir @feedwright_moved_${name} ${moved} permanent`,
    `@feedwright_feed_${name} expression ${feed} != ""`,
    `header @feedwright_feed_${name} Content-Type ${type}`,
    `rewrite @feedwright_feed_${name} ${feed}`,
  ];
}

function places(address: FormerAddress, site: HostInput['site']): string {
  const feed = servedFeed(address);
  return feed === null ? `"${address.target}" "" ""` : `"" "${basePath(site)}${feed.path}" "${feed.contentType}"`;
}

function pathMap(said: HostInput['addresses'], site: HostInput['site']): Lookup {
  const rows = said.flatMap((each) => pathsOf(each, site).map((path) => [path, each] as const));
  return { name: 'path', source: '{path}', rows };
}

function queryMap(names: readonly string[], said: HostInput['addresses'], site: HostInput['site']): Lookup {
  const source = `{path}?${names.map((name) => `${name}={query.${name}}`).join('&')}`;
  const rows = said.flatMap((address) => {
    const { query } = address;
    if (query === null || query.pairs.map(([name]) => name).join() !== names.join()) return [];
    const folder = basePath(site) + query.folder.slice(1);
    const text = `?${query.pairs.map(([name, value]) => `${name}=${value}`).join('&')}`;
    return [folder, `${folder}index.php`].map((path) => [path + text, address] as const);
  });
  return { name: names.join('_'), source, rows };
}

function typed(name: string, path: string, contentType: string): string {
  return `@feedwright_${name} path "${path}"\nheader @feedwright_${name} Content-Type "${contentType}"`;
}
