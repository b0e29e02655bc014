/**
 * The ids of headings, as the systems make them from which articles come: links between posts carry these. Measured with
 * Jekyll 4.3 (kramdown), Hugo 0.168, Docusaurus 3.10, Python-Markdown's toc (Pelican, MkDocs), Hexo 8.1, VitePress 1.6 and
 * Eleventy 3.1.
 */

export const HEADING_IDS = ['github', 'kramdown', 'hugo', 'python-markdown', 'hexo', 'vitepress', 'eleventy'] as const;
/** The system whose ids headings have. */
export type HeadingIds = (typeof HEADING_IDS)[number];
/** That of GitHub, Docusaurus and Astro; kramdown's and Hugo's ids are nearly always the same. */
export const HEADING_IDS_DEFAULT: HeadingIds = 'github';

/** Headings are sentences at most. */
const TEXT_CHARACTERS_MAX = 1_000;

/**
 * The id of a heading that is the first of these words; empty where the system makes none of them.
 *
 * @param text of the heading, without markup
 */
export function headingId(text: string, system: HeadingIds): string {
  return MAKERS[system](text.slice(0, TEXT_CHARACTERS_MAX).trim());
}

/** Gives the ids of the headings of one text, in order; null for a heading that gets none. */
export function createHeadingIds(system: HeadingIds): (text: string, own: string | null) => string | null {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return (text, own) => {
    const made = headingId(text, system);
    const id = NUMBERERS[system](made, used, counts.get(made) ?? 0);
    // A heading that has this very id counts as if it had been made.
    if (own === null || own === id) counts.set(made, (counts.get(made) ?? 0) + 1);
    const given = own ?? (used.has(id) || id === '' ? null : id);
    if (given !== null) used.add(given);
    return given;
  };
}

type Numberer = (made: string, used: ReadonlySet<string>, count: number) => string;

const NUMBERERS: Readonly<Record<HeadingIds, Numberer>> = {
  github: firstFree,
  hugo: firstFree,
  vitepress: firstFree,
  // Both count headings of the same words, and may give one id twice.
  kramdown: (made, _used, count) => (count === 0 ? made || 'section' : `${made || 'section'}-${count}`),
  hexo: (made, _used, count) => (count === 0 ? made : `${made}-${count}`),
  'python-markdown': (made, used) => {
    let id = made;
    while (id === '' || used.has(id)) {
      const [, stem = id, number = '0'] = /^(.*)_(\d{1,9})$/.exec(id) ?? [];
      id = `${stem}_${Number(number) + 1}`;
    }
    return id;
  },
  eleventy: (made, used, count) => {
    let number = count + 1;
    const numbered = (): string => (number === 1 ? made : `${made}-${number}`);
    while (used.has(numbered())) number += 1;
    return numbered();
  },
};

function firstFree(made: string, used: ReadonlySet<string>): string {
  if (made === '') return '';
  let id = made;
  for (let number = 1; used.has(id); number += 1) id = `${made}-${number}`;
  return id;
}

const MAKERS: Readonly<Record<HeadingIds, (text: string) => string>> = {
  github: keepLetters,
  // For these, `--` is a dash, and dashes go.
  kramdown: (text) => keepLetters(text.replace(/---?/g, '')),
  hugo: (text) => keepLetters(text.replace(/---?/g, '')),
  'python-markdown': (text) =>
    text
      .normalize('NFKD')
      .replace(/[^\u0020-\u007e\s]|[^\w\s-]/g, '')
      .trim()
      .toLowerCase()
      .replace(/[-\s]+/g, '-'),
  hexo: (text) => joinWords(spellLatin(setQuotes(text)), /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g),
  vitepress: (text) =>
    joinWords(withoutMarks(text.normalize('NFKD')).normalize('NFC'), /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g)
      .replace(/^(?=\d)/, '_')
      .toLowerCase(),
  eleventy: (text) =>
    joinWords(
      spellInLatin(text)
        .toLowerCase()
        .replaceAll('&', ' and ')
        .replace(/(?<=[a-z\d])'(?=[ts](?:\s|$))/g, ''),
      /[^a-z\d]+/g,
    ),
};

/** Letters, marks and digits of all scripts stay, and `_` and `-`; blanks become `-`; all else goes. */
function keepLetters(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/g, '-');
}

function joinWords(text: string, between: RegExp): string {
  return text.replace(between, '-').replace(/^-+|-+$/g, '');
}

function withoutMarks(text: string): string {
  return text.replace(/[\u0300-\u036f]/g, '');
}

/** As marked's `smartypants` sets quotation marks and dashes. */
function setQuotes(text: string): string {
  return text
    .replaceAll('---', '—')
    .replaceAll('--', '–')
    .replace(/(^|[-—/([{"\s])'/g, '$1‘')
    .replaceAll("'", '’')
    .replace(/(^|[-—/([{‘\s])"/g, '$1“')
    .replaceAll('"', '”')
    .replaceAll('...', '…');
}

const LIGATURES: Readonly<Record<string, string>> = {
  ...{ Æ: 'AE', æ: 'ae', Œ: 'OE', œ: 'oe', Ø: 'O', ø: 'o', Đ: 'D', đ: 'd', Ł: 'L', ł: 'l', ß: 's' },
};

/** Latin letters without their marks; those of other scripts stay whole. */
function spellLatin(text: string): string {
  const bare = text.normalize('NFD').replace(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '');
  return bare.normalize('NFC').replace(/[ÆæŒœØøĐđŁłß]/g, (letter) => LIGATURES[letter] ?? letter);
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };
const OTHERS: Readonly<Record<string, string>> = {
  Æ: 'AE',
  æ: 'ae',
  Ø: 'O',
  ø: 'o',
  Đ: 'D',
  đ: 'd',
  Ð: 'D',
  ð: 'd',
  Þ: 'TH',
  þ: 'th',
};
const CYRILLIC: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ё: 'yo',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
  },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch' },
  ...{ ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

/** German and Russian letter by letter, other Latin letters without their marks; other scripts are left as they are. */
function spellInLatin(text: string): string {
  const spelled = text
    .normalize('NFC')
    .replace(/[äöüßÄÖÜ]/g, (letter) => UMLAUTS[letter] ?? letter)
    .replace(/[ÆæØøĐđÐðÞþ]/g, (letter) => OTHERS[letter] ?? letter)
    .replace(/ый/gi, 'iy')
    .replace(/[а-яё]/gi, (letter) => CYRILLIC[letter.toLowerCase()] ?? letter);
  return withoutMarks(spelled.normalize('NFD'));
}
