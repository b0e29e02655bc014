/** Apache: an `.htaccess` in the output folder, for `AllowOverride FileInfo Options` or `All`. */

import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { basePath, type FormerAddress } from './former-addresses.ts';
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

/** Apache reads the file at each request; articles lead on by their pages, too. */
const RULES_MAX = 2_000;

export const APACHE: Host = {
  title: 'Apache',
  plan({ site, addresses, documents }) {
    const { said, lost } = bySayable(addresses);
    const base = basePath(site);
    const taken = said.slice(0, RULES_MAX);
    const copies = documents
      .filter(({ isCopy }) => isCopy)
      .map(({ path, contentType }) => `<If "%{REQUEST_URI} == '${base}${path}'">\nForceType "${contentType}"\n</If>`);
    const named = NAMED_TYPES.map(
      ([name, type]) => `<FilesMatch "^${escapePattern(name)}$">\nForceType "${type}"\n</FilesMatch>`,
    );
    const text = [
      `${HOST_MARK} apache`,
      `ErrorDocument 404 ${base}404.html`,
      'DirectoryIndex index.html',
      ...named,
      ...copies,
      '<IfModule mod_headers.c>',
      `Header set Cache-Control "${CACHING}"`,
      'Header set Access-Control-Allow-Origin "*"',
      'Header set X-Content-Type-Options "nosniff"',
      '</IfModule>',
      '<IfModule mod_rewrite.c>',
      'RewriteEngine On',
      `RewriteBase ${base}`,
      ...queryNames(taken).flatMap(queryRule),
      ...taken.map(formerRule),
      '</IfModule>',
      '',
    ].join('\n');
    const limit = `${RULES_MAX} redirects, since Apache reads all of them at each request`;
    return { files: [{ place: 'inside', name: '.htaccess', text }], lost, excess: said.slice(RULES_MAX), limit };
  },
};

function formerRule(address: FormerAddress): string {
  const { path, target } = address;
  const feed = servedFeed(address);
  const plain = (decodePercent(path) ?? path).slice(1);
  const pattern = plain.endsWith('/') ? `${escapePattern(plain.slice(0, -1))}/?` : escapePattern(plain);
  if (feed !== null) return `RewriteRule "^${pattern}$" "${feed.path}" [L]`;
  return `RewriteRule "^${pattern}$" "${target.replaceAll('%', String.raw`\%`)}" [R=301,L,NE,QSD]`;
}

/** Each condition hands on what was found before it, so that the last has all values. */
function queryRule(names: readonly string[]): readonly string[] {
  const value = '([A-Za-z0-9_-]+)';
  const conditions = names.map((name, index) => {
    const known = names.slice(0, index).map((_, each) => `%${each + 1}`);
    const subject = [...known, '%{QUERY_STRING}'].join(';');
    const before = known.map(() => `${value};`).join('');
    return `RewriteCond "${subject}" "^${before}(?:.*&)?${name}=${value}(?:&|$)"`;
  });
  const path = names.map((name, index) => `${name}/%${index + 1}/`).join('');
  return [...conditions, `RewriteRule "^((?:.*/)?)(?:index\\.php)?$" "$1_query/${path}" [QSD]`];
}
