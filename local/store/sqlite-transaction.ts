/** The changes of a SQLite database, gathered into few transactions: each costs more than the changes in it. */

import type { DatabaseSync } from 'node:sqlite';

/** The most that one transaction gathers: beyond that SQLite's log only grows. */
const GATHERED_BYTES_MAX = 32_000_000;

export interface Transaction {
  /** Makes a change, after all that were made before it. It lasts once it is settled. */
  change<Result>(lengthBytes: number, action: () => Result): Result;
  /** Makes all changes last. */
  settle(): void;
}

/** @param lost told when changes that were made, and not settled yet, could not be kept and are undone */
export function createTransaction(database: DatabaseSync, lost: () => void): Transaction {
  let gatheredBytes = 0;

  function orUndo<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      // SQLite may have done it already.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      gatheredBytes = 0;
      lost();
      throw error;
    }
  }

  function settle(): void {
    if (!database.isTransaction) return;
    gatheredBytes = 0;
    orUndo(() => database.exec('COMMIT'));
  }

  return {
    change(lengthBytes, action) {
      const result = orUndo(() => {
        if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
        return action();
      });
      gatheredBytes += lengthBytes;
      if (gatheredBytes > GATHERED_BYTES_MAX) settle();
      return result;
    },
    settle,
  };
}
