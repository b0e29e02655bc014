/**
 * The condition `different`, for stores that can't compare bytes with what is there in the same call: a look, and a write
 * over what was seen. A seal spares the look. It names the bytes and the version that the last write left.
 */

import type { WriteResult } from './store.ts';

/** The calls of one write. */
export interface DifferentWrite {
  /** Names the bytes that are to be written, without a blank. */
  readonly checksum: string;
  /** What is there, and whether it has these bytes and headers; null for nothing. */
  look(): Promise<{ readonly version: string; readonly isSame: boolean } | null>;
  /** Writes over that version, or, for null, where nothing is. */
  writeOver(version: string | null): Promise<WriteResult>;
}

/**
 * Looks first, if there is no seal, and writes only over what was seen to differ. On conflict somebody else wrote, or an
 * earlier attempt of this write landed without an answer: the next look tells.
 *
 * @returns null when what is there kept changing
 */
export async function writeDifferent(
  write: DifferentWrite,
  seal: string | undefined,
  attemptsMax: number,
): Promise<WriteResult | null> {
  const sealed = await writeSealed(write, seal);
  if (sealed !== null && sealed.kind !== 'conflict') return withSeal(sealed, write);
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const there = await write.look();
    if (there?.isSame === true) {
      const kind = attempt === 1 && sealed === null ? 'unchanged' : 'written';
      return withSeal({ kind, version: there.version }, write);
    }
    const result = await write.writeOver(there?.version ?? null);
    if (result.kind !== 'conflict') return withSeal(result, write);
  }
  return null;
}

/** Writes over the object of the seal, unless its bytes are these: their headers may differ. Null where it was not tried. */
async function writeSealed(write: DifferentWrite, seal: string | undefined): Promise<WriteResult | null> {
  const [checksum, version] = seal?.split(' ') ?? [];
  return version === undefined || checksum === write.checksum ? null : write.writeOver(version);
}

/** Says of which bytes the version is. */
function withSeal(result: Exclude<WriteResult, { kind: 'conflict' }>, { checksum }: DifferentWrite): WriteResult {
  return { ...result, seal: `${checksum} ${result.version}` };
}
