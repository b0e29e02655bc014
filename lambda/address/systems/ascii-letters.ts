/**
 * Texts in ASCII, letter by letter, as Pelican and Nikola write the slugs of titles (their library is Unidecode). Latin, Greek
 * and Cyrillic letters, Japanese kana and Korean syllables are here. Chinese characters and other scripts are not: their
 * tables are larger than all other code for addresses.
 */

/** Letters that Unicode (NFKD) takes apart into ASCII and marks need no row. */
const LETTERS = rows(
  'ß ss æ ae œ oe ø o ð d þ th đ d ħ h ı i ĸ k ł l ŋ ng ŧ t ƒ f ° deg € eur × x © c ™ tm № no ' +
    'α a β b γ g δ d ε e ζ z η e θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r ς s σ s τ t υ u φ ph χ kh ψ ps ω o ' +
    'а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ' +
    'ы y э e ю iu я ia ё io ђ dj ѓ gj є ie ѕ dz і i ї yi ј j љ lj њ nj ћ tsh ќ kj џ dzh ґ g ө o ү u һ h қ k ң n ' +
    'あ a い i う u え e お o か ka き ki く ku け ke こ ko さ sa し shi す su せ se そ so た ta ち chi つ tsu て te と to ' +
    'な na に ni ぬ nu ね ne の no は ha ひ hi ふ hu へ he ほ ho ま ma み mi む mu め me も mo や ya ゆ yu よ yo ' +
    'ら ra り ri る ru れ re ろ ro わ wa ゐ wi ゑ we を wo ん n ぁ a ぃ i ぅ u ぇ e ぉ o っ tsu ゃ ya ゅ yu ょ yo ゎ wa',
);
/** Signs of softness and hardness, and what is left of compatibility forms. */
const SILENT = /[ъь⁄]/g;
const VOICED: Readonly<Record<string, string>> = { k: 'g', s: 'z', t: 'd', c: 'd', h: 'b', u: 'vu' };

const INITIALS = 'g gg n d dd r m b bb s ss  j jj c k t p h'.split(' ');
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i'.split(' ');
const FINALS = ' g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h'.split(' ');
const FIRST_SYLLABLE = 0xac00;
/** Katakana lie so far behind hiragana. */
const KATAKANA_DISTANCE = 0x60;

/** The text in lower case and ASCII; null where it has a letter whose spelling is not known here. */
export function toAscii(text: string): string | null {
  const spelled = text
    .normalize('NFKC')
    // The small letter is “x” there.
    .replaceAll('Ξ', 'ks')
    .toLowerCase()
    .replace(/[\uac00-\ud7a3]/g, spellSyllable)
    .replace(/[ァ-ヴ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - KATAKANA_DISTANCE))
    .replaceAll('ー', '-')
    .replace(/[\u3041-\u3094]/g, spellKana)
    .replace(/[^\u0000-\u007f]/gu, (letter) => LETTERS.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/[^\u0000-\u007f]/gu, (letter) => LETTERS.get(letter) ?? letter)
    .replace(SILENT, '');
  // What has no letter, such as dashes and quotation marks, no slug would keep.
  const isSpelled = !/[^\u0000-\u007f]/u.test(spelled.replace(/[^\p{L}\p{N}\u0000-\u007f]/gu, ''));
  return isSpelled ? spelled.replace(/[^\u0000-\u007f\s]/gu, '').replace(/\s/g, ' ') : null;
}

function spellKana(kana: string): string {
  const [base = '', mark = ''] = kana.normalize('NFD');
  const spelled = LETTERS.get(base) ?? kana;
  if (mark === '') return spelled;
  const first = mark === '\u309a' ? 'p' : (VOICED[spelled.charAt(0)] ?? '');
  return first + (spelled === 'u' ? '' : spelled.slice(-1));
}

function spellSyllable(syllable: string): string {
  const index = syllable.charCodeAt(0) - FIRST_SYLLABLE;
  const vowels = Math.floor(index / FINALS.length);
  const initial = INITIALS[Math.floor(vowels / VOWELS.length)] ?? '';
  return initial + (VOWELS[vowels % VOWELS.length] ?? '') + (FINALS[index % FINALS.length] ?? '');
}

function rows(text: string): ReadonlyMap<string, string> {
  const words = text.split(' ');
  return new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : [])));
}
