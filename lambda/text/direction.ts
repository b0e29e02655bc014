/** Which way a language is written. */

/** ISO 15924 codes of the scripts in living use that are written from right to left. */
const RIGHT_TO_LEFT_SCRIPTS = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** By language tag; looking one up costs more than all else that is done with an article. */
const known = new Map<string, 'ltr' | 'rtl'>();

/** @param language a tag of BCP 47 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const before = known.get(language);
  if (before !== undefined) return before;
  const script = new Intl.Locale(language).maximize().script ?? '';
  const direction = RIGHT_TO_LEFT_SCRIPTS.has(script) ? 'rtl' : 'ltr';
  known.set(language, direction);
  return direction;
}
