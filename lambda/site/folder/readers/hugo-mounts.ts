/**
 * Hugo's mounts: which files of which folders are its content. `excludeFiles` names what is left out, `includeFiles` all
 * that is not; newer versions have both in one list, `files`, in which `!` leaves out.
 */

import { type FieldMap, type Fields, type FieldValue, isMap } from '../../../model/fields.ts';
import { isReadable } from '../../../text/path-pattern.ts';
import { textsIn } from '../folder-fields.ts';
import type { Doubt, FolderRule } from '../folder-rules.ts';
import type { Said } from '../folder-source.ts';

const LISTS = ['files', 'excludefiles', 'includefiles'] as const;

/** @param fields of the settings of a site, where mounts are in `module`, or of `config/_default/module.toml`, which is that map */
export function readMounts(fields: Fields): Said {
  const read = mountsIn(fields).map(readMount);
  if (read.every((rules) => rules !== null)) return { rules: read.flat(), doubt: null };
  const doubt: Doubt = {
    line: (fields.get('module') ?? fields.get('mounts'))?.line ?? null,
    message: 'a mount holds patterns of files that are not understood',
    fix: 'Write simpler ones, such as "private/**" under “excludeFiles”, or give those articles “draft: true”.',
  };
  return { rules: [...read.flatMap((rules) => rules ?? []), { under: '', hold: 'new' }], doubt };
}

/** The mounts that settings name, as they stand there. */
export function mountsIn(fields: Fields): readonly FieldValue[] {
  const module = fields.get('module')?.value ?? null;
  const mounts = (isMap(module) ? module.get('mounts') : fields.get('mounts')?.value) ?? null;
  return Array.isArray(mounts) ? mounts : [mounts];
}

/** The folder of a mount, without slashes at its ends; none where it names none. */
export function sourceOfMount(mount: FieldValue): readonly string[] {
  const named = mount !== null && isMap(mount) ? textsIn(mount.get('source') ?? null) : [];
  return named.map((path) => path.replace(/^(?:\.?\/)+|\/+$/g, ''));
}

/** Null where it can't be understood. */
function readMount(mount: FieldValue): readonly FolderRule[] | null {
  if (mount === null) return [];
  if (!isMap(mount)) return null;
  const [target = '', ...more] = textsIn(mount.get('target') ?? null);
  const lists = LISTS.map((name) => patternsIn(mount, name));
  if (lists.every((list) => list?.length === 0)) return [];
  const [source = ''] = sourceOfMount(mount);
  if (!/^\/?content(?:\/|$)/.test(target) && more.length === 0 && target !== '') return [];
  const [files = null, excluded = null, included = null] = lists;
  if (source === '' || files === null || excluded === null || included === null) return null;
  const isNegated = (pattern: string) => pattern.startsWith('!');
  const left = [...files.filter(isNegated).map((pattern) => pattern.slice(1).trim()), ...excluded];
  const taken = [...files.filter((pattern) => !isNegated(pattern)), ...included];
  if (![...left, ...taken].every(isReadable)) return null;
  const others = taken.length === 0 ? [] : ['**', ...taken.flatMap(throughNames).map((pattern) => `!${pattern}`)];
  const only = left.flatMap(throughNames);
  return [
    { under: `${source}/`, only: [...others, ...only], hold: 'always' },
    // The folder of the content may be the one that is published.
    ...(source === 'content' && only.length > 0
      ? [{ under: '', only: [...only, '!content/**'], hold: 'always' } as const]
      : []),
  ];
}

function patternsIn(mount: FieldMap, name: string): readonly string[] | null {
  const value = mount.get(name) ?? null;
  if (value === null) return [];
  const isList = typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
  return isList ? textsIn(value).map((each) => each.trim()) : null;
}

/** Two stars in a name match slashes as well. */
function throughNames(pattern: string): readonly string[] {
  return /[^/]\*\*|\*\*[^/]/.test(pattern)
    ? [pattern, pattern.replace(/\*\*(?=[^/])/g, '**/*').replace(/(?<=[^/])\*\*/g, '*/**')]
    : [pattern];
}
