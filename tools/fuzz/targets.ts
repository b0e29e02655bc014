/** Every target, by the name of its file. */

import { fileURLToPath } from 'node:url';
import type { FuzzTarget } from './engine/target.ts';

/** By folder. */
const TARGETS = {
  'targets/article': ['markdown', 'mdx', 'html', 'text', 'json', 'fields', 'body', 'inclusions', 'object-literal'],
  targets: [
    'media',
    'site',
    'folder-file',
    'adopted',
    'queue-event',
    'edge',
    'server',
    'documents',
    'publication',
    'preview',
    'pages',
  ],
} as const;

export const TARGET_NAMES = Object.values(TARGETS).flat();

export async function loadTarget(name: string): Promise<FuzzTarget> {
  const { target } = (await import(targetFile(name))) as { readonly target: FuzzTarget };
  return target;
}

/** The path of the module of a target. */
export function targetFile(name: string): string {
  const folder = Object.entries(TARGETS).find(([, names]) => (names as readonly string[]).includes(name))?.[0];
  if (folder === undefined) throw new Error(`There is no target ${name}.`);
  return fileURLToPath(new URL(`${folder}/${name}.ts`, import.meta.url));
}
