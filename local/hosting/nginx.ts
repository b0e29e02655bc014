/** nginx: a file for `include` in the block of a server, whose `root` is the output folder. */

import { basePath, type FormerAddress, pathsOf } from './former-addresses.ts';
import {
  bySayable,
  CACHING,
  escapePattern,
  HOST_MARK,
  type Host,
  NAMED_TYPES,
  queryNames,
  servedFeed,
} from './host-plan.ts';

export const NGINX: Host = {
  title: 'nginx',
  plan({ site, addresses, documents }) {
    const { said, lost } = bySayable(addresses);
    const base = basePath(site);
    const moved = said.flatMap((each) => pathsOf(each, site).map((path) => former(path, each, base)));
    const copies = documents
      .filter(({ isCopy }) => isCopy)
      .map(({ path, contentType }) => document(`= "${base}${path}"`, contentType));
    const named = NAMED_TYPES.map(([name, type]) => document(`~ /${escapePattern(name)}$`, type));
    const text = [
      `${HOST_MARK} nginx: include it in the block of the server.`,
      `error_page 404 ${base}404.html;`,
      ...FIELDS,
      ...queryNames(said).map((names) => queryRule(names)),
      ...moved,
      ...copies,
      ...named,
      '',
    ].join('\n');
    return { files: [{ place: 'beside', name: '.nginx.conf', text }], lost, excess: [], limit: '' };
  },
};

const FIELDS = [
  `add_header Cache-Control "${CACHING}";`,
  'add_header Access-Control-Allow-Origin "*";',
  'add_header X-Content-Type-Options "nosniff";',
];

function former(path: string, address: FormerAddress, base: string): string {
  const feed = servedFeed(address);
  if (feed === null) return `location = "${path}" { return 301 "${address.target}"; }`;
  return document(`= "${path}"`, feed.contentType, ` try_files "${base}${feed.path}" =404;`);
}

function document(place: string, contentType: string, file = ''): string {
  return `location ${place} { types { } default_type "${contentType}";${file} }`;
}

/** Before any location is looked for, once. A block `if` takes one variable, so the values are matched as one text. */
function queryRule(names: readonly string[]): string {
  const values = names.map((name) => `$arg_${name}`).join(':');
  const pattern = names.map(() => '[A-Za-z0-9_-]+').join(':');
  const path = names.map((name) => `${name}/$arg_${name}/`).join('');
  const rewriting = `rewrite "^(.*/)(?:index\\.php)?$" "$1_query/${path}?" last;`;
  return `set $feedwright_query "${values}";\nif ($feedwright_query ~ "^${pattern}$") { ${rewriting} }`;
}
