/** The examples of docs/library.md, what each prints, and how they are run. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/library.md', import.meta.url));

export interface LibraryExample {
  /** The heading that it stands under. */
  readonly name: string;
  readonly source: string;
  readonly prints: string;
}

/** By the heading. An example that prints something else than here is wrong, or this is. */
const PRINTED: Readonly<Record<string, string>> = {
  'A folder': '1 all\n',
  'On stores': '1 0\n<title>Tides</title> <title>Second</title> <title>First</title>\n',
  'One article': 'Tide sea 0\n0 date-impossible 2\n',
  'In place of the package `feed`': '<?xml version="1.0" encoding="UTF-8"?> true https://jsonfeed.org/version/1.1\n',
  'What is wrong with a feed': 'false\nrss/channel/link is missing\nrss/channel/description is missing\n',
};

export const EXAMPLES: readonly LibraryExample[] = [
  ...readFileSync(PAGE, 'utf8').matchAll(/^## (.+)\n(?:(?!^## )[\s\S])*?^```js\n([\s\S]*?)^```/gm),
].map(([, name = '', source = '']) => ({ name, source, prints: PRINTED[name] ?? '' }));

/** In the folder that the first example publishes. */
const ARTICLE = '---\ntitle: Tide\ndate: 2026-05-01\ntags: [sea]\nauthor: Ola\n---\nHigh water.\n';

const IMPORT = /^import (.*) from 'feedwright';$/m;

/**
 * What each example prints, by its name; all run in one process, in a folder of `base`.
 *
 * @param library what stands in place of `feedwright`: its name, or an address of the source
 */
export function runExamples(base: string, kind: 'import' | 'require', library: string): ReadonlyMap<string, string> {
  const folder = join(base, kind);
  mkdirSync(join(folder, 'content'), { recursive: true });
  writeFileSync(join(folder, 'content/tide.md'), ARTICLE);
  const functions = EXAMPLES.map(({ source }) => {
    const [, names = ''] = IMPORT.exec(source) ?? [];
    const load = kind === 'import' ? `await import('${library}')` : `require('${library}')`;
    return `async () => {\n${source.replace(IMPORT, () => `const ${names} = ${load};`)}}`;
  });
  const file = join(folder, kind === 'import' ? 'examples.mjs' : 'examples.cjs');
  writeFileSync(
    file,
    `(async () => {\nfor (const run of [${functions}]) {\nawait run();\nconsole.log('----');\n}\n})();\n`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  const outputs = `${stdout}${stderr}`.split('----\n');
  return new Map(EXAMPLES.map(({ name }, index) => [name, outputs[index] ?? '']));
}
