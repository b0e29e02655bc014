/**
 * The rules of the house that no other tool checks: which way imports run, how long a file may be, and what must not
 * be in the repository.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const LINES_MAX = 400;
const LINES_MIN = 25;
const FILES_MAX = 15;
const PUBLISHER_ENTRIES_MAX = 13;
/** Folders whose files are all of one shape: each has a file of its own, however small. */
const FAMILIES = /^(?:lambda\/site\/folder\/readers|lambda\/article\/dialects|tools\/fuzz\/targets)\//;

const FOLDERS = ['bin', 'content', 'docs', 'lambda', 'lib', 'local', 'tests', 'tools'];

const files = [
  ...readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  ...FOLDERS.flatMap((folder) => listFiles(folder)),
];
const sources = files.filter((path) => /\.(?:ts|mjs|js)$/.test(path) && !path.startsWith('content/'));
const ownSources = sources.filter(
  (path) => /^(?:lambda|local|lib|bin|tools)\//.test(path) && !path.includes('/peers/'),
);

describe('imports', () => {
  it('keep the core pure: no store, no clock, no input or output', () => {
    const core = /^lambda\/(?:address|article|feed|model|render|site|text|time)\//;
    const impure = /^(?:node:(?!buffer$|crypto$)|@aws-sdk\/|aws-|chokidar$)|^lambda\/store\/|^local\//;
    // The style of the pages is a part of the program, and in bundles it lies in the code.
    const style = 'lambda/render/html/style/css-files.ts → node:fs';
    expect(findImports(core, impure).filter((edge) => edge !== style)).toEqual([]);
    expect(
      findText(core, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandom(?:UUID|Bytes)\(|\bprocess\.|\bfetch\(/),
    ).toEqual([]);
  });

  it('ask URL.parse, not URL.canParse: once Node 22 has optimised that, it refuses hosts with letters such as ü', () => {
    expect(findText(/^(?:lambda|local|lib|bin)\//, /\bcanParse\b/)).toEqual([]);
  });

  it('take the infrastructure library in bin/app.ts and lib/ only', () => {
    expect(findImports(/^(?!bin\/app\.ts$|lib\/|tests\/lib\/)/, /^(?:aws-cdk-lib|constructs|cdk-nag)(?:\/|$)/)).toEqual(
      [],
    );
  });

  it('take the AWS SDK in adapters, at the AWS door, in operator commands and tools only', () => {
    const allowed = /^(?!lambda\/aws\/|local\/commands\/|tools\/|tests\/)/;
    expect(findImports(allowed, /^@aws-sdk\//)).toEqual([]);
  });

  it('run in no circles, save for types', () => {
    expect(findCircles()).toEqual([]);
  });

  it('never lead from a folder to another and back, not even for types', () => {
    expect(findMutualFolders()).toEqual([]);
  });

  it('never lead from the publisher to one of its doors', () => {
    expect(findImports(/^lambda\//, /^(?:local|lib|bin)\//)).toEqual([]);
  });

  it('never lead from the product to what only contributors run', () => {
    expect(findImports(/^(?:lambda|local|lib|bin)\//, /^(?:tests|tools)\//)).toEqual([]);
  });
});

describe('folders', () => {
  it(`of the source have at most ${FILES_MAX} files each`, () => {
    const counts = new Map<string, number>();
    for (const path of ownSources) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
  });

  it(`of the publisher are few: lambda/ has at most ${PUBLISHER_ENTRIES_MAX} entries`, () => {
    expect(readdirSync(new URL('lambda', ROOT)).length).toBeLessThanOrEqual(PUBLISHER_ENTRIES_MAX);
  });
});

describe('files', () => {
  it(`of fewer than ${LINES_MIN} lines are for more than one other file, or for other folders`, () => {
    const importers = new Map<string, Set<string>>();
    for (const edge of findImports(/^(?!content\/)/, /^(?:lambda|local|lib|bin|tools)\//)) {
      const [importer = '', imported = ''] = edge.split(' → ');
      importers.set(imported, (importers.get(imported) ?? new Set()).add(importer));
    }
    const small = ownSources.filter((path) => readText(path).split('\n').length <= LINES_MIN && !FAMILIES.test(path));
    const lone = small.filter((path) => {
      const [only, ...others] = importers.get(path) ?? [];
      return only !== undefined && others.length === 0 && posix.dirname(only) === posix.dirname(path);
    });
    expect(lone).toEqual([]);
  });

  it(`have at most ${LINES_MAX} lines`, () => {
    const long = sources.filter((path) => readText(path).split('\n').length > LINES_MAX + 1);
    expect(long).toEqual([]);
  });

  it('begin by saying what they are for', () => {
    const code = sources.filter((path) => /^(?:bin|lambda|lib|local|tools)\/.*(?<!\.d)\.ts$/.test(path));
    expect(code.filter((path) => !/^(?:#!.*\n)?\/\*\*/.test(readText(path)))).toEqual([]);
  });

  it('use no any and no non-null assertion', () => {
    expect(findText(/\.ts$/, /(?::|\bas|<)\s*any\b(?!\w)/)).toEqual([]);
    expect(findText(/\.ts$/, /\w[\])]?!(?:\.|\[|;|\))/)).toEqual([]);
  });

  it('name lanes in one place: other names come out of a queue or a marker', () => {
    const named = findText(/^(?:bin|lambda|lib|local|tools)\//, /\blaneNamed\(/).map((place) =>
      place.replace(/:\d+$/, ''),
    );
    expect([...new Set(named)].sort()).toEqual([
      'lambda/aws/queue-event.ts',
      'lambda/store/queue.ts',
      'lambda/work/protocol/due-work.ts',
      'lambda/work/protocol/lanes.ts',
    ]);
  });

  it('name no place of one machine', () => {
    const places = /(?:^|[\s"'`(=])\/(?:work|home\/[a-z]|Users\/[A-Za-z]|root)\//;
    const texts = files.filter((path) => /\.(?:ts|mjs|js|json|md|ya?ml|css)$/.test(path));
    expect(texts.filter((path) => path !== 'tests/house.test.ts' && places.test(readText(path)))).toEqual([]);
  });
});

/** `importer → imported` for every import of `importers` that matches `imported`; relative ones as paths from the root. */
function findImports(importers: RegExp, imported: RegExp): string[] {
  const pattern = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return sources
    .filter((path) => importers.test(path))
    .flatMap((path) => {
      const targets = [...readText(path).matchAll(pattern)].map(([, plain, dynamic]) => plain ?? dynamic ?? '');
      return targets
        .map((target) => (target.startsWith('.') ? posix.join(posix.dirname(path), target) : target))
        .filter((target) => imported.test(target))
        .map((target) => `${path} → ${target}`);
    });
}

/**
 * Pairs of folders of the source, a folder and one below it too, each of which has a file that imports one of the other's.
 * `import()` counts: such folders can't be read, moved or tried one without the other.
 */
function findMutualFolders(): string[] {
  const edges = new Set(
    findImports(/^(?:lambda|local|lib|bin|tools)\//, /^(?:lambda|local|lib|bin|tools)\//).map((edge) =>
      edge.split(' → ').map(posix.dirname).join(' → '),
    ),
  );
  return [...edges]
    .map((edge) => edge.split(' → '))
    .filter(([a = '', b = '']) => a < b && edges.has(`${b} → ${a}`))
    .map((pair) => pair.join(' ↔ '));
}

/**
 * Files that import one another, each circle once. A circle of values may work or not, by which of its files is read
 * first. What is imported for its types alone is gone when the code runs, and what `import()` asks for comes later.
 */
function findCircles(): string[] {
  const statement = /^(?:import|export)\s(?!type\s)(?:([^'";]*?)\sfrom\s)?['"](\.[^'"]+)['"]/gm;
  const isTyped = (names = '') => /^\{\s*type\s[^,]*(?:,\s*type\s[^,]*)*,?\s*\}$/.test(names);
  const imported = new Map(
    sources.map((path) => [
      path,
      [...readText(path).matchAll(statement)]
        .filter(([, names]) => !isTyped(names))
        .map(([, , target = '']) => posix.join(posix.dirname(path), target)),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path) || way.includes(path)) return;
    for (const target of imported.get(path) ?? []) follow(target, [...way, path]);
    done.add(path);
  };
  for (const path of sources) follow(path, []);
  return circles;
}

/** `path:line` of every line of code that matches; comments and strings in quotes don't count. */
function findText(paths: RegExp, pattern: RegExp): string[] {
  return sources
    .filter((path) => paths.test(path) && path !== 'tests/house.test.ts')
    .flatMap((path) =>
      readText(path)
        .split('\n')
        .map((line, index) => ({ code: stripLine(line), place: `${path}:${index + 1}` }))
        .filter(({ code }) => pattern.test(code))
        .map(({ place }) => place),
    );
}

function stripLine(line: string): string {
  if (/^\s*(?:\*|\/\*|\/\/)/.test(line)) return '';
  return line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|\/(?![/*\s])(?:[^/\\\n]|\\.)+\/[a-z]*/g, "''");
}

function readText(path: string): string {
  return readFileSync(new URL(encodeURI(path), ROOT), 'utf8');
}

function listFiles(folder: string): string[] {
  if (!existsSync(new URL(folder, ROOT))) return [];
  return readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(relative(fileURLToPath(ROOT), entry.parentPath), entry.name))
    .filter((path) => !path.includes('/node_modules/'));
}
