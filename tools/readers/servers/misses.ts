/** What servers have shown wrongly: a publication of it, and what of each server tells whether it still is so. */

import { readSample } from '../../../tests/support/sample-content.ts';
import type { SeenArticle } from './pages.ts';
import type { ServerEntry } from './server.ts';

/** All that one server shows, keeps and asks for of one document. */
export interface Subscription {
  readonly seen: readonly SeenArticle[];
  readonly entries: readonly ServerEntry[];
  readonly home: string;
  /** Paths that it asked for. */
  readonly asked: readonly string[];
}

export interface Miss {
  readonly name: string;
  readonly document: 'rss.xml' | 'atom.xml' | 'feed.json' | 'short/rss.xml' | 'short/atom.xml';
  /** What is shown; null where that server tells nothing of it. */
  readonly tell: (subscription: Subscription, base: string) => string | null;
}

const TITLE = 'A chart of the pier';
const CREDIT = 'Ann Low / FATHOM';

export const MISSES: readonly Miss[] = [
  { name: 'picture of an article in a feed of summaries, R', document: 'short/rss.xml', tell: tellPicture },
  { name: 'picture of an article in a feed of summaries, A', document: 'short/atom.xml', tell: tellPicture },
  {
    name: 'formulas a/2 and x² = √9, R',
    document: 'rss.xml',
    tell: ({ seen }) => /Half is (.*?)\. So/.exec(wordsOf(seen, 'Two formulas'))?.[1]?.trim() ?? null,
  },
  {
    name: 'home page, R',
    document: 'rss.xml',
    tell: ({ home }, base) => (home.replace(/\/?$/, '/') === base ? 'the home page' : home.replace(base, '/')),
  },
  { name: 'icon, R', document: 'rss.xml', tell: tellIcon },
  {
    name: 'players of one sound, R',
    document: 'rss.xml',
    tell: ({ seen }) => String(seen.find(({ title }) => title === 'One sound')?.sounds ?? 'no article'),
  },
  { name: 'title of a note that is a picture, R', document: 'rss.xml', tell: tellNote },
  { name: 'title of a note that is a picture, A', document: 'atom.xml', tell: tellNote },
  {
    name: 'author of an article, J',
    document: 'feed.json',
    tell: ({ entries }) => entries.find(({ title }) => title === 'One sound')?.author ?? null,
  },
];

function tellPicture({ seen }: Subscription): string | null {
  const article = seen.find(({ title }) => title === TITLE);
  if (article === undefined) return 'no article';
  const times = ['no picture', 'once', 'twice'][article.pictures] ?? `${article.pictures} times`;
  return `${times}, ${article.words.includes(CREDIT) ? 'with' : 'without'} its credit`;
}

function tellIcon({ asked }: Subscription): string {
  const found = asked.filter((path) => /^\/(?:favicon|icon|logo|apple)/.test(path));
  return [...new Set(found)].join(', ') || 'none asked for';
}

/** The note has no words, so nothing else tells it. */
function tellNote({ seen }: Subscription): string {
  const others = new Set([TITLE, 'Two formulas', 'One sound']);
  return (
    seen.find(({ title }) => !others.has(title))?.title.replace(/\S*127\.0\.0\.1\S*/, 'its address') ?? 'no article'
  );
}

function wordsOf(seen: readonly SeenArticle[], wanted: string): string {
  return seen.find(({ title }) => title === wanted)?.words ?? '';
}

const SITE = `id: https://fathom.example/
title: Fathom
authors: [The editors]
icon: icon.png
logo: logo.png
feeds:
  - { name: short, title: In short, content: summary }
`;

const HALF = '<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>';
const SQUARE = '<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><msqrt><mn>9</mn></msqrt></math>';

const article = (id: string, fields: string, text: string) => `---\nid: urn:fathom:${id}\n${fields}\n---\n${text}\n`;

/** Every file by its key. */
export function missesFiles(): ReadonlyMap<string, string | Uint8Array> {
  const sample = readSample();
  const asset = (key: string) => sample.get(key) ?? new Uint8Array();
  return new Map<string, string | Uint8Array>([
    ['site.yaml', SITE],
    [
      'chart.md',
      article(
        'chart',
        `title: ${TITLE}\ncover: { src: pier.png, alt: A pier, caption: The old pier, credit: ${CREDIT} }\ndate: 2026-05-08T08:00:00Z`,
        'Some words on the matter.\n\nMore of them.',
      ),
    ],
    [
      'formulas.md',
      article(
        'formulas',
        'title: Two formulas\ndate: 2026-05-07T08:00:00Z',
        `<p>Half is ${HALF} and ${SQUARE}. So it is.</p>`,
      ),
    ],
    [
      'sound.md',
      article('sound', 'title: One sound\nauthor: Ann Low\naudio: one.mp3\ndate: 2026-05-06T08:00:00Z', 'Fog.'),
    ],
    ['2026-05-09.md', article('note', 'date: 2026-05-09T08:00:00Z', '![A heron on a post](heron.png)')],
    ['icon.png', asset('images/icon.png')],
    ['logo.png', asset('images/logo.png')],
    ['pier.png', asset('images/tide-fortnight.png')],
    ['heron.png', asset('images/light-character.png')],
    ['one.mp3', asset('audio/ten-seconds-of-fog.mp3')],
  ]);
}
