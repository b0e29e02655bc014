/**
 * Joins files of a bundle that are always loaded together. esbuild makes one of each set of programs and late imports that share
 * code: the start of a build would read eighty, most of them of a few hundred bytes.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { type bundleOptions, dropUnusedBanners } from '../lib/bundle/publisher-bundle.ts';

export interface JoinOptions {
  /** How the bundle was built. */
  readonly options: ReturnType<typeof bundleOptions>;
  readonly metafile: Metafile;
  readonly target: string;
  /** Sources that are loaded for one purpose, a purpose each. What the same purposes need becomes one file. */
  readonly purposes: readonly (readonly string[])[];
}

/** @throws where a file is still imported that was joined with others */
export async function joinChunks({ options, metafile, target, purposes }: JoinOptions): Promise<void> {
  const folder = options.outdir;
  dropUnusedBanners(folder);
  const groups = groupChunks(metafile, purposes);
  for (const names of groups) {
    let count = 0;
    const exported = new Map(
      names.map(({ name, exports }) => [name, new Map(exports.map((each) => [each, `$${(count++).toString(36)}`]))]),
    );
    const lines = [...exported].map(([name, renamed]) => `export{${listNames(renamed)}}from"./${name}";`);
    const { outputFiles } = await build({
      ...options,
      target,
      metafile: false,
      splitting: false,
      banner: {},
      write: false,
      stdin: { contents: lines.join('\n'), resolveDir: folder },
      plugins: [
        {
          name: 'others',
          setup({ onResolve }) {
            onResolve({ filter: /^\.\// }, ({ path }) =>
              exported.has(path.slice(2)) ? null : { path, external: true },
            );
          },
        },
      ],
    });
    const text = outputFiles[0]?.text ?? '';
    const joined = `joined-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.mjs`;
    for (const { name } of names) rmSync(join(folder, name));
    writeFileSync(join(folder, joined), text);
    for (const file of listPrograms(folder)) redirectImports(join(folder, file), joined, exported);
  }
}

interface Chunk {
  readonly name: string;
  readonly exports: readonly string[];
}

/** Those that most purposes need come first: no group imports a later one. */
function groupChunks({ outputs }: Metafile, purposes: readonly (readonly string[])[]): readonly (readonly Chunk[])[] {
  const needed = purposes.map((sources) => findNeeded(outputs, sources));
  const groups = new Map<string, Chunk[]>();
  for (const [path, { entryPoint, exports }] of Object.entries(outputs)) {
    const who = needed.flatMap((paths, index) => (paths.has(path) ? [index] : [])).join(' ');
    if (who === '' || entryPoint !== undefined) continue;
    groups.set(who, [...(groups.get(who) ?? []), { name: posix.basename(path), exports }]);
  }
  return [...groups].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1)).map(([, chunks]) => chunks);
}

/** What is loaded with these sources, late imports apart. */
function findNeeded(outputs: Metafile['outputs'], sources: readonly string[]): ReadonlySet<string> {
  const found = new Set(
    Object.entries(outputs).flatMap(([path, { entryPoint = '' }]) => (sources.includes(entryPoint) ? [path] : [])),
  );
  if (found.size !== sources.length) throw new Error(`Not all of these are loaded by name: ${sources.join(', ')}`);
  for (const path of found)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && next in outputs) found.add(next);
  return found;
}

function redirectImports(
  path: string,
  joined: string,
  exported: ReadonlyMap<string, ReadonlyMap<string, string>>,
): void {
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(CHUNK_IMPORT, (words, list: string | undefined, name: string) => {
    const renamed = exported.get(name);
    if (renamed === undefined) return words;
    if (list === undefined) return `import"./${joined}";`;
    const wanted = list.split(',').map((each) => {
      const [imported = '', own = imported] = each.split(' as ');
      return `${renamed.get(imported)} as ${own}`;
    });
    return `import{${wanted}}from"./${joined}";`;
  });
  const left = [...exported.keys()].find((name) => changed.includes(`./${name}"`));
  if (left !== undefined) throw new Error(`${path} imports ${left} in a way that is not known.`);
  if (changed !== text) writeFileSync(path, changed);
}

/** As esbuild writes it when it minifies. */
const CHUNK_IMPORT = /import(?:\{([^{}]+)\}from)?"\.\/(chunk-\w+\.mjs)";/g;

function listPrograms(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.mjs'));
}

function listNames(renamed: ReadonlyMap<string, string>): string {
  return [...renamed].map(([name, other]) => `${name} as ${other}`).join(',');
}
