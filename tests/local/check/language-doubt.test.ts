import { describe, expect, it } from 'vitest';
import { languageOf, warnOfLanguage } from '../../../local/check/language-doubt.ts';
import { createTestPublication } from '../../support/publication.ts';

const TEXTS = {
  ja: '朝早く港を出ました。風は弱く、海はとても静かでした。昼までに島に着いて、友だちと魚を食べました。',
  zh: '清晨我们离开了港口。风很小，海面非常平静。中午之前到了岛上，和朋友们一起吃了鱼，然后慢慢地走回来。',
  ko: '아침 일찍 항구를 떠났다. 바람은 약했고 바다는 아주 조용했다. 점심 전에 섬에 도착해서 친구들과 생선을 먹었다.',
  ru: 'Рано утром мы вышли из гавани. Ветер был слабый, море спокойное. К полудню дошли до острова и ели рыбу.',
  uk: 'Рано вранці ми вийшли з гавані. Вітер був слабкий, море спокійне. До полудня дійшли до острова і їли рибу.',
  ar: 'غادرنا الميناء في الصباح الباكر. كانت الريح ضعيفة والبحر هادئا جدا. وصلنا إلى الجزيرة قبل الظهر وأكلنا السمك.',
  fa: 'صبح زود از بندر بیرون رفتیم. باد کم بود و دریا خیلی آرام. پیش از ظهر به جزیره رسیدیم و با دوستان ماهی خوردیم و چای.',
  he: 'יצאנו מהנמל מוקדם בבוקר. הרוח הייתה חלשה והים היה שקט מאוד. הגענו לאי לפני הצהריים ואכלנו דגים עם חברים.',
  el: 'Φύγαμε νωρίς από το λιμάνι. Ο άνεμος ήταν αδύναμος και η θάλασσα ήσυχη. Φτάσαμε στο νησί πριν από το μεσημέρι.',
  de: 'Wir sind früh aus dem Hafen gefahren. Der Wind war schwach und die See ist ruhig. Auf der Insel haben wir mit Freunden Fisch gegessen, und das war nicht schlecht.',
  fr: 'Nous avons quitté le port tôt, et le vent était faible. La mer est calme dans la baie. Sur une île, nous avons mangé du poisson avec des amis pour le repas.',
  es: 'Salimos del puerto por la mañana con poco viento. El mar es tranquilo como una mesa. En la isla los amigos nos esperan y se come pescado para celebrar las vacaciones.',
  pt: 'Saímos do porto cedo e não havia vento. O mar é calmo como uma mesa. Na ilha os amigos esperam para comer peixe, e isso é mais do que você pensa.',
  it: 'Siamo usciti dal porto presto, e il vento è debole. Non sono molti gli amici che vengono per una gita, ma il mare è più calmo della baia e anche di più.',
  nl: 'Het schip is vroeg uit de haven en niet met veel wind. Op het eiland zijn we met vrienden, en ook de vis is goed voor een maaltijd. Dat is te zien maar je gelooft het niet.',
  pl: 'To nie jest takie proste, jak się wydaje. Wiatr jest słaby, ale na morzu dla wszystkich tak spokojnie, że przez cały dzień są ryby do jedzenia i to już nie problem.',
  sv: 'Det är tidigt och vinden är svag. Jag har inte sett att havet är lugnt som för en vecka sedan. På ön äter vi fisk med vänner, och det är av den sorten som smakar.',
} as const;

/** As long as a short post. */
const long = (text: string) => `${text} `.repeat(8);
const post = (text: string, day: number, fields = '') =>
  `---\ntitle: Boat ${day}\ndate: 2026-05-0${day}\n${fields}---\n${long(text)}\n\n\`\`\`js\nexport const theSea = 'the and of to is';\n\`\`\`\n`;

async function told(settings: string, texts: readonly string[], fields = ''): Promise<readonly string[]> {
  const posts = texts.map((text, index) => [`p${index}.md`, post(text, index + 1, fields)] as const);
  const publication = await createTestPublication({
    files: { 'site.yaml': `url: https://example.org/\n${settings}`, ...Object.fromEntries(posts) },
  });
  await publication.settle();
  const { site } = await publication.publisher.overview();
  if (site === null) throw new Error('There are no settings.');
  return (await warnOfLanguage(site, publication.state)).map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
}

describe('the language of texts', () => {
  it.each(Object.entries(TEXTS))('%s is known', (language, text) => {
    expect(languageOf(long(text))).toBe(language);
  });

  it('is not guessed of few words, of two languages, or of names', () => {
    expect(languageOf(TEXTS.de)).toBeNull();
    expect(
      languageOf(long('The wind of the sea is with you. Der Wind und die See ist nicht mit dem Schiff.')),
    ).toBeNull();
    expect(languageOf(long('Anna Berg, Bo Chi, Cy Dahl, Dee Ek, Flo Grau, Hal Ito, Jo Kerr, Lu Mo'))).toBeNull();
  });
});

describe('language-doubtful', () => {
  it('is told where the feeds say English and nobody wrote it', async () => {
    expect(await told('', [TEXTS.ja, TEXTS.ja, TEXTS.ja])).toEqual([
      'language-doubtful: The feeds say that their language is English, and the newest entries look like Japanese. Write “language: ja” in site.yaml, or “language” into the articles that are in another.',
    ]);
    expect(await told('', [TEXTS.de, TEXTS.de, TEXTS.de])).toHaveLength(1);
  });

  it('goes when its advice is followed', async () => {
    expect(await told('language: ja\n', [TEXTS.ja, TEXTS.ja, TEXTS.ja])).toEqual([]);
    expect(await told('language: pt-BR\n', [TEXTS.pt, TEXTS.pt, TEXTS.pt])).toEqual([]);
    expect(await told('', [TEXTS.ja, TEXTS.ja, TEXTS.ja], 'language: ja\n')).toEqual([]);
  });

  it('is not told of what is in the language, or of too few', async () => {
    const english = 'The wind is weak and the sea is calm. We are on the island with friends for a meal of fish.';
    expect(await told('', [english, english, english])).toEqual([]);
    expect(await told('', [TEXTS.ja, TEXTS.ja])).toEqual([]);
    expect(await told('', [])).toEqual([]);
  });
});
