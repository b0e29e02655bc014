/**
 * A program whose branches count themselves: esbuild puts a module and everything that it imports into one file, and
 * every block in it gets a counter. Dependencies count too, since an article reaches them; the judges and what drives
 * the fuzzing don't.
 *
 * Counters lie in `globalThis.branchCounters`, one byte each; the file can be imported once that is there.
 */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type AnyNode, parse } from 'acorn';
import { build, type Plugin } from 'esbuild';

/** More than any target has. */
export const COUNTERS_MAX = 1 << 17;
const TOKEN_CHARACTERS_MAX = 40;

export interface Instrumented {
  readonly code: string;
  readonly counterCount: number;
  /** Texts that the project's own code compares with or looks for: words worth trying. */
  readonly tokens: readonly string[];
}

/** @param source a module, as text; its imports are found from `folder` */
export async function instrumentModule(source: string, folder: string): Promise<Instrumented> {
  return addCounters(await bundle(source, folder));
}

async function bundle(source: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    charset: 'utf8',
    external: ['esbuild', 'acorn', 'fast-check', 'feedsmith'],
    // Some dependencies are CommonJS and ask for Node's own modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins: [KEEP_PLACES],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/** Modules that read files beside them find them from the one file too. */
const KEEP_PLACES: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:lambda|lib|local|tests|tools)\/.*\.ts$/ }, ({ path }) => {
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Puts `$branches[n]++` at the beginning of every block, and before every expression that is evaluated on a condition. */
export function addCounters(code: string): Instrumented {
  const regions = findRegions(code);
  const insertions: Insertion[] = [];
  const tokens = new Set<string>();
  let counterCount = 0;
  const count = (): string => `$branches[${counterCount++}]++`;
  const enter = (statement: AnyNode | null | undefined): void => {
    if (statement === null || statement === undefined) return;
    if (statement.type === 'BlockStatement') {
      insertions.push({ at: statement.start + 1, text: `${count()};` });
    } else {
      insertions.push({ at: statement.start, text: `{${count()};` }, { at: statement.end, text: '}' });
    }
  };
  const weigh = (expression: AnyNode): void => {
    insertions.push({ at: expression.start, text: `(${count()},` }, { at: expression.end, text: ')' });
  };

  const visit = (node: AnyNode): void => {
    const region = regionAt(regions, node.start);
    if (region === 'driver' && node.type !== 'Program') return;
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        enter(node.body);
        break;
      case 'ArrowFunctionExpression':
        if (node.expression) weigh(node.body);
        else enter(node.body);
        break;
      case 'IfStatement':
        enter(node.consequent);
        // `else if` stays one: its own branches count.
        if (node.alternate?.type !== 'IfStatement') enter(node.alternate);
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        enter(node.body);
        break;
      case 'CatchClause':
        enter(node.body);
        break;
      case 'SwitchCase': {
        const [first] = node.consequent;
        if (first !== undefined) insertions.push({ at: first.start, text: `${count()};` });
        break;
      }
      case 'ConditionalExpression':
        weigh(node.consequent);
        weigh(node.alternate);
        break;
      case 'LogicalExpression':
        weigh(node.right);
        break;
      case 'Literal':
        if (region === 'own' && typeof node.value === 'string') addToken(tokens, node.value);
        break;
    }
    for (const child of childrenOf(node)) visit(child);
  };

  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }));
  if (counterCount > COUNTERS_MAX)
    throw new Error(`There are ${counterCount} branches; ${COUNTERS_MAX} can be counted.`);
  return {
    code: `const $branches=globalThis.branchCounters;${insertAll(code, insertions)}`,
    counterCount,
    tokens: [...tokens],
  };
}

function addToken(tokens: Set<string>, text: string): void {
  if (text.length > 0 && text.length <= TOKEN_CHARACTERS_MAX) tokens.add(text);
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Several at one place: what ends comes before what begins, the inner end before the outer one. */
function insertAll(code: string, insertions: readonly Insertion[]): string {
  const ordered = insertions
    .map((insertion, order) => ({ ...insertion, order, isEnd: /^[})]/.test(insertion.text) }))
    .sort(
      (a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd) || (a.isEnd ? b.order - a.order : a.order - b.order),
    );
  let text = '';
  let done = 0;
  for (const { at, text: inserted } of ordered) {
    text += code.slice(done, at) + inserted;
    done = at;
  }
  return text + code.slice(done);
}

type RegionKind = 'own' | 'dependency' | 'driver';

interface Region {
  readonly start: number;
  readonly kind: RegionKind;
}

/** esbuild says before each module where it comes from. */
function findRegions(code: string): readonly Region[] {
  const regions: Region[] = [{ start: 0, kind: 'driver' }];
  for (const { 0: line, 1: path = '', index } of code.matchAll(/^\/\/ (\S+\.(?:[cm]?[jt]s|css|json)|<stdin>)$/gm)) {
    const kind = /(?:^|\/)node_modules\//.test(path)
      ? 'dependency'
      : /(?:^|\/)(?:lambda|lib|local)\//.test(path)
        ? 'own'
        : 'driver';
    regions.push({ start: index + line.length, kind });
  }
  return regions;
}

function regionAt(regions: readonly Region[], at: number): RegionKind {
  let low = 0;
  let high = regions.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((regions[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return regions[low]?.kind ?? 'driver';
}
