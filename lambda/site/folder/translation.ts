/**
 * Nikola's translations: `note.de.md` is `note.md` in German. What the translation does not say is as the original says it,
 * and where the original is held back, so is every translation, whatever it says itself.
 *
 * The original's header lies in a file of its own (nikola.ts), or begins the original.
 */

/** Between the name of the original and the ending: `.de`, `.pt_br`, `.zh-Hant`. */
const LANGUAGE = String.raw`\.[a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,2}`;
const TRANSLATED = new RegExp(`^(.*[^/])${LANGUAGE}$`, 'i');
const ENDING_OF_TRANSLATION = new RegExp(`^${LANGUAGE}\\.[^./]+$`, 'i');
const HEADER = /^\uFEFF?\s*(?:<!--[ \t]*\r?\n)?\.\. [A-Za-z][\w-]{0,30}:(?:\s|$)/;
const HEADER_START_BYTES = 256;

/** The name of the original of what has such a name, both without an ending; null where it can be no translation. */
export function originalName(name: string): string | null {
  return TRANSLATED.exec(name)?.[1] ?? null;
}

/** The key of the original that an article may be a translation of; null where its name tells of no language. */
export function originalOf(key: string): string | null {
  const [, name = '', ending = ''] = /^(.*[^/])(\.[^./]+)$/s.exec(key) ?? [];
  const original = originalName(name);
  return original === null ? null : original + ending;
}

/** @param rest of the key of an article, after the name of the original */
export function isEndingOfTranslation(rest: string): boolean {
  return ENDING_OF_TRANSLATION.test(rest);
}

/** Whether a file begins with Nikola's own header, so that its translations depend on it. */
export function hasNikolaHeader(body: Uint8Array): boolean {
  return HEADER.test(new TextDecoder().decode(body.subarray(0, HEADER_START_BYTES)));
}
