/** Every example of docs/library.md, run as it stands, with the sources in place of the package. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLES, runExamples } from '../../support/library-examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'feedwright-examples-'));
const printed = runExamples(folder, 'import', new URL('../../../local/library.ts', import.meta.url).href);

afterAll(() => rmSync(folder, { recursive: true }));

describe('docs/library.md', () => {
  it('has an example of each', () => expect(EXAMPLES.length).toBe(5));

  it.each(EXAMPLES)('$name', ({ name, prints }) => expect(printed.get(name)).toBe(prints));
});
