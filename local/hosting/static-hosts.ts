/** Netlify and Cloudflare Pages, which read `_redirects` and `_headers` in the output folder; and GitHub Pages, which reads neither. */

import { encodePath } from '../../lambda/address/default-path.ts';
import { basePath, type FormerAddress } from './former-addresses.ts';
import {
  bySayable,
  CACHING,
  type FeedDocument,
  HOST_MARK,
  type Host,
  type HostInput,
  type HostPlan,
  queryNames,
  servedFeed,
} from './host-plan.ts';

/** Its manual recommends placeholders from there on; a deployment with too much text may fail. */
const NETLIFY_RULES_MAX = 10_000;
/** Static redirects; each line has at most 1,000 characters. */
const CLOUDFLARE_RULES_MAX = 2_000;
const CLOUDFLARE_LINE_CHARACTERS_MAX = 1_000;
const CLOUDFLARE_HEADER_RULES_MAX = 100;

export const NETLIFY: Host = {
  title: 'Netlify',
  plan(input) {
    const { said, lost } = bySayable(input.addresses);
    const queries = queryNames(said).flatMap((names) => netlifyQueries(names, said, input));
    const taken = said.slice(0, NETLIFY_RULES_MAX - queries.length);
    // A page lies at the address; the mark lets the rule go before it.
    const base = basePath(input.site);
    const rules = taken.map((each) => `${base}${each.path.slice(1)} ${netlifyTarget(each, base)}`);
    return {
      files: [
        { place: 'inside', name: '_redirects', text: `${HOST_MARK} netlify\n${lines([...queries, ...rules])}` },
        {
          place: 'inside',
          name: '_headers',
          text: `${HOST_MARK} netlify\n${lines(documentFields(input.documents, input))}`,
        },
      ],
      lost,
      excess: said.slice(taken.length),
      limit: `${NETLIFY_RULES_MAX} redirects, from where on Netlify’s manual warns of failing deployments`,
    };
  },
};

/** A rule with 200 gives what lies elsewhere, under the address that was asked for. */
function netlifyTarget(address: FormerAddress, base: string): string {
  const feed = servedFeed(address);
  const place = feed === null ? null : encodePath(feed.path);
  return place === null ? `${address.target} 301!` : `${base}${place.slice(1)} 200!`;
}

/** The value of a query goes into the path where the redirect is. */
function netlifyQueries(
  names: readonly string[],
  said: readonly FormerAddress[],
  { site }: HostInput,
): readonly string[] {
  const fitting = said.flatMap(({ query }) =>
    query !== null && query.pairs.map(([name]) => name).join() === names.join() ? [query.folder] : [],
  );
  const asked = names.map((name) => `${name}=:${name}`).join(' ');
  const path = names.map((name) => `${name}/:${name}/`).join('');
  return [...new Set(fitting)].flatMap((below) => {
    const folder = basePath(site) + below.slice(1);
    return [folder, `${folder}index.php`].map((from) => `${from} ${asked} ${folder}_query/${path} 301!`);
  });
}

export const CLOUDFLARE_PAGES: Host = {
  title: 'Cloudflare Pages',
  plan(input) {
    const { said, lost } = bySayable(input.addresses, ({ query }) => query === null);
    const ruled = said.map((each) => ({ each, rules: cloudflareRules(each, input) }));
    const isShort = ({ rules }: { rules: readonly string[] }): boolean =>
      rules.every((rule) => rule.length <= CLOUDFLARE_LINE_CHARACTERS_MAX);
    const taken = withinLimit(ruled.filter(isShort));
    const fields = documentFields(input.documents, input).slice(0, CLOUDFLARE_HEADER_RULES_MAX);
    return {
      files: [
        {
          place: 'inside',
          name: '_redirects',
          text: `${HOST_MARK} cloudflare-pages\n${lines(taken.flatMap(({ rules }) => rules))}`,
        },
        { place: 'inside', name: '_headers', text: `${HOST_MARK} cloudflare-pages\n${lines(fields)}` },
      ],
      lost,
      excess: ruled.filter((one) => !taken.includes(one)).map(({ each }) => each),
      limit: `${CLOUDFLARE_RULES_MAX} redirects of ${CLOUDFLARE_LINE_CHARACTERS_MAX} characters`,
    };
  },
};

/** The first ones that have no more rules together than are read. */
function withinLimit<Ruled extends { readonly rules: readonly string[] }>(ruled: readonly Ruled[]): readonly Ruled[] {
  let count = 0;
  return ruled.filter(({ rules }) => {
    count += rules.length;
    return count <= CLOUDFLARE_RULES_MAX;
  });
}

/** A folder is one address with its slash, and another without it. */
function cloudflareRules({ path, target }: FormerAddress, { site }: HostInput): readonly string[] {
  const whole = basePath(site) + path.slice(1);
  const places = whole.endsWith('/') && whole !== '/' ? [whole, whole.slice(0, -1)] : [whole];
  return places.map((place) => `${place} ${target} 301`);
}

/** Which serves files, and nothing else. Without `.nojekyll` it would leave out folders that begin with an underscore. */
export const GITHUB_PAGES: Host = {
  title: 'GitHub Pages',
  plan({ addresses }): HostPlan {
    const files = [{ place: 'inside', name: '.nojekyll', text: `${HOST_MARK} github-pages\n` }] as const;
    // People are led on by the pages at these addresses; readers are not.
    return { files, lost: addresses.filter(({ feed }) => feed !== null), excess: [], limit: '' };
  },
};

/** A rule for each subscription document, those at old addresses first. */
function documentFields(documents: readonly FeedDocument[], { site }: HostInput): readonly string[] {
  return documents
    .toSorted((a, b) => Number(b.isCopy) - Number(a.isCopy))
    .flatMap(({ path, contentType }) => {
      const address = encodePath(path);
      if (address === null) return [];
      return [
        [
          basePath(site) + address.slice(1),
          `  Content-Type: ${contentType}`,
          `  Cache-Control: ${CACHING}`,
          '  Access-Control-Allow-Origin: *',
        ].join('\n'),
      ];
    });
}

function lines(rules: readonly string[]): string {
  return rules.map((rule) => `${rule}\n`).join('');
}
