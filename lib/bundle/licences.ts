/**
 * The licences of what a bundle holds: every package of which code is in it, and the texts that go with it, as MIT, BSD,
 * ISC and Apache-2.0 ask of whoever hands copies on. They lie in a file of their own, which no start reads.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

export const LICENCES_FILE = 'LICENSES.txt';

/** SPDX ids that ask for no more than their text. Another one stops the build, for somebody to look at it. */
const ALLOWED: readonly string[] = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'PSF-2.0',
  'BlueOak-1.0.0',
];

interface Licence {
  /** Name and version. */
  readonly of: string;
  /** SPDX id. */
  readonly id: string;
  /** Its files' texts; what its manifest says where it has none. */
  readonly text: string;
}

/**
 * The text of the file, the same for the same packages.
 * @throws for a licence that is not allowed
 */
export function renderLicences(metafiles: readonly Metafile[], root: string): string {
  const licences = bundledPackages(metafiles).map((folder) => readLicence(join(root, folder)));
  for (const { of, id } of licences) {
    if (!ALLOWED.includes(id)) throw new Error(`${of} is under ${id}, which lib/bundle/licences.ts does not allow.`);
  }
  const texts = Map.groupBy(licences, ({ text }) => text);
  const sections = [...texts].map(([text, group]) => {
    const names = group.map(({ of, id }) => `${of} (${id})`).sort();
    return `${names.join('\n')}\n\n${text.trim()}\n`;
  });
  return `Feedwright holds code of these packages.\n\n${sections.sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The folders of the packages that gave at least a byte, in order. */
function bundledPackages(metafiles: readonly Metafile[]): readonly string[] {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const folders = outputs.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      return folder === undefined || bytesInOutput === 0 ? [] : [folder];
    }),
  );
  return [...new Set(folders)].sort();
}

function readLicence(folder: string): Licence {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)(?:\.|-|$)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const stated = `The package names its licence, ${license}, and holds no text of it.`;
  return { of: `${name} ${version}`, id: String(license), text: texts.join('\n\n') || stated };
}
