/** SQLite's refusals, in words that say what to do. Loads no SQLite: the command line knows these errors too. */

import { StoreError } from '../../lambda/store/store.ts';
import { readOwner } from './sqlite-owner.ts';

/** Another publisher has the state file open. */
export class StateBusyError extends Error {
  override readonly name = 'StateBusyError';
  readonly file: string;
  /** The process that has it open, where that is known. */
  readonly processId: number | null;

  constructor(file: string, processId: number | null) {
    const who = processId === null ? 'Another publisher' : `Another publisher (process ${processId})`;
    super(`${who} has the state file ${file} open. Wait until it ends, stop it, or use another state file.`);
    this.file = file;
    this.processId = processId;
  }
}

/** SQLite can't make sense of the state file, or of a part of it. */
export class StateDamagedError extends StoreError {
  constructor(file: string, options: ErrorOptions) {
    super(
      'fatal',
      `The state file ${file} is damaged. Restore it, or run \`feedwright repair\` with the folder, --out and --state of ` +
        'the build: it keeps what can still be read. Articles without a date of which nothing can be read get a new one.',
      options,
    );
  }
}

/** Does something with the file; what SQLite throws becomes an error of ours. */
export function attempt<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw explain(error, file);
  }
}

/** The `StoreError` for a failure of SQLite. The numbers are SQLite's primary result codes. */
export function explain(error: unknown, file: string): Error {
  if (!(error instanceof Error) || !('errcode' in error)) {
    return error instanceof Error ? error : new StoreError('fatal', String(error));
  }
  const options = { cause: error };
  switch (Number(error.errcode) & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return new StateBusyError(file, readOwner(file));
    case 10: // SQLITE_IOERR
      return new StoreError(
        'fatal',
        `The disk with the state file ${file} can't be read or written: see whether it is full, may only be read, or is ` +
          `about to fail. Then run this again. (${error.message})`,
        options,
      );
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return new StateDamagedError(file, options);
    case 13: // SQLITE_FULL
      return new StoreError(
        'fatal',
        `There is no room left for the state file ${file}. Make some, and run this again: nothing in it was lost.`,
        options,
      );
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return new StoreError(
        'fatal',
        `The state file ${file} can't be opened for writing. See who may write there, or name another one with --state.`,
        options,
      );
    default:
      return new StoreError('fatal', `The state file ${file} can't be used: ${error.message}.`, options);
  }
}
