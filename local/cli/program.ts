/** Which program this is: state that another one wrote may be understood in another way. */

declare const FEEDWRIGHT_PROGRAM: string | undefined;

/** A fingerprint of its sources, which tools/package.ts puts in; null for a clone, whose sources may change at any time. */
export const PROGRAM = typeof FEEDWRIGHT_PROGRAM === 'undefined' ? null : FEEDWRIGHT_PROGRAM;
