/** Every target, by the name of its file. */

import type { FuzzTarget } from './engine/target.ts';

export const TARGET_NAMES = [
  ...['markdown', 'mdx', 'html', 'text', 'json', 'fields', 'body', 'object-literal'],
  ...['media', 'site', 'queue-event', 'edge', 'server', 'documents', 'publication', 'preview', 'pages'],
] as const;

export async function loadTarget(name: string): Promise<FuzzTarget> {
  const { target } = (await import(`./targets/${name}.ts`)) as { readonly target: FuzzTarget };
  return target;
}
