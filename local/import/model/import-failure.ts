/** An export that can't be read. Nothing was written when this is thrown by a reader of exports. */

import { dropForbidden } from '../../../lambda/text/characters.ts';

export class ImportFailure extends Error {
  override readonly name = 'ImportFailure';
  readonly fix: string;

  /** `where` is a file, with a line where one is known; `what` completes the sentence that it begins. */
  constructor(where: string, what: string, fix: string) {
    // Names of files in an archive may hold whatever a terminal takes for an order.
    super(dropForbidden(`${where} ${what}`).trim());
    this.fix = fix;
  }

  /** One that another thread has thrown. */
  static copy(message: string, fix: string): ImportFailure {
    return new ImportFailure(message, '', fix);
  }
}
