/** Caddy: a file for `import` in the block of a site, whose `root` is the output folder. */

import { basePath, pathsOf } from './former-addresses.ts';
import { bySayable, CACHING, HOST_MARK, type Host, type HostInput, NAMED_TYPES, queryNames } from './host-plan.ts';

export const CADDY: Host = {
  title: 'Caddy',
  plan({ site, addresses, documents }) {
    const { said, lost } = bySayable(addresses);
    const plain = said.flatMap((each) => pathsOf(each, site).map((path) => [path, each.target] as const));
    const maps = [
      { name: 'path', source: '{path}', rows: plain },
      ...queryNames(said).map((names) => queryMap(names, said, site)),
    ];
    const copies = documents
      .filter(({ isCopy }) => isCopy)
      .map(({ path, contentType }, index) => typed(`copy_${index}`, basePath(site) + path, contentType));
    const named = NAMED_TYPES.map(([name, type], index) => typed(`named_${index}`, `*/${name}`, type));
    const text = [
      `${HOST_MARK} caddy: import it in the block of the site.`,
      ...maps.filter(({ rows }) => rows.length > 0).flatMap(redirection),
      `header Cache-Control "${CACHING}"`,
      'header Access-Control-Allow-Origin "*"',
      'header X-Content-Type-Options "nosniff"',
      ...copies,
      ...named,
      'handle_errors {',
      '\t@feedwright_missing expression {err.status_code} == 404',
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
  readonly rows: readonly (readonly [value: string, target: string])[];
}

/** One look for all addresses of a kind, rather than a matcher for each. */
function redirection({ name, source, rows }: Lookup): readonly string[] {
  return [
    `map "${source}" {feedwright_${name}} {`,
    ...rows.map(([value, target]) => `\t"${value}" "${target}"`),
    '\tdefault ""',
    '}',
    `@feedwright_${name} expression {feedwright_${name}} != ""`,
    `redir @feedwright_${name} {feedwright_${name}} permanent`,
  ];
}

function queryMap(names: readonly string[], said: HostInput['addresses'], site: HostInput['site']): Lookup {
  const source = `{path}?${names.map((name) => `${name}={query.${name}}`).join('&')}`;
  const rows = said.flatMap(({ query, target }) => {
    if (query === null || query.pairs.map(([name]) => name).join() !== names.join()) return [];
    const folder = basePath(site) + query.folder.slice(1);
    const text = `?${query.pairs.map(([name, value]) => `${name}=${value}`).join('&')}`;
    return [folder, `${folder}index.php`].map((path) => [path + text, target] as const);
  });
  return { name: names.join('_'), source, rows };
}

function typed(name: string, path: string, contentType: string): string {
  return `@feedwright_${name} path "${path}"\nheader @feedwright_${name} Content-Type "${contentType}"`;
}
