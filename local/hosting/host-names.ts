/** The hosts that `build --for` knows, apart from what they need: the command line loads no more than their names. */

export const HOST_NAMES = ['netlify', 'cloudflare-pages', 'nginx', 'caddy', 'apache', 'github-pages'] as const;

export type HostName = (typeof HOST_NAMES)[number];

export function isHostName(name: string): name is HostName {
  return HOST_NAMES.some((known) => known === name);
}
