/** A publication of everything that readers have shown wrongly, and what they should show of it. */

import { readSample } from '../../../tests/support/sample-content.ts';

/** Its time: all of it is public. */
export const STRESS_NOW = Date.UTC(2026, 10, 30, 12);

export const TITLE = 'Fathom & Daughters';
export const LITERAL_TITLE = 'Read <b> and R&D as they are';

const SETTINGS = `id: https://fathom.example/
title: ${JSON.stringify(TITLE)}
description: Soundings of a small firm.
icon: icon.png
logo: logo.png
hubs: https://hub.fathom.example/
feeds:
  - name: short
    title: Fathom, in short
    content: summary
  - name: listen
    title: Fathom, aloud
    sections: [aloud]
    kind: podcast
    podcast: { image: icon.png, category: Arts > Books, owner: desk@fathom.example, type: serial }
`;

/** Of which a summary shows the first paragraph. */
export const LAST_WORDS = 'These are the last words of it.';
const TEXT = `Some words on the matter.\n\nType \`<b>\` for what is bold.\n\n${LAST_WORDS}`;

const article = (id: string, fields: string, text = 'Some words on the matter.') =>
  `---\nid: urn:fathom:${id}\n${fields}\n---\n${text}\n`;

const ARTICLES: Readonly<Record<string, string>> = {
  'site.yaml': SETTINGS,
  'mail.md': article(
    'mail',
    'title: Slack water\nauthor: Ben Bright <ben@fathom.example>\ntags: [C++]\ndate: 2026-05-05T08:00:00+05:45',
    TEXT,
  ),
  'two.md': article('two', 'title: Spring tide\nauthors: [Ann Low, Cleo Marsh]\ndate: 2026-05-06T08:00:00Z'),
  'nobody.md': article('nobody', 'title: Neap tide\ndate: 2026-05-07T08:00:00+01:00'),
  'link.md': article(
    'link',
    `title: Somebody else’s chart
link: https://charts.example/
cover: { src: pier.png, alt: A pier, caption: The old pier, credit: Ann Low / FATHOM }
date: 2026-05-08T08:00:00Z`,
  ),
  '2026-05-09.md': article('picture', 'date: 2026-05-09T08:00:00Z', '![A heron on a post](heron.png)'),
  'literal.md': article('literal', `title: ${JSON.stringify(LITERAL_TITLE)}\ndate: 2026-05-10T08:00:00Z`),
  'old.md': article('old', 'title: From the archive\ndate: 1965-03-04T05:06:07Z'),
  'pair.md': article('pair', 'title: Two recordings\nattachments: [first.mp3, second.mp3]\ndate: 2026-05-11T08:00:00Z'),
  'aloud/one.md': article('one', 'title: One sound\naudio: one.mp3\nepisode: 7\ndate: 2026-05-12T08:00:00Z'),
  'aloud/duo.md': article(
    'duo',
    'title: One sound in two files\nattachments: [duo.mp3, duo.ogg]\nepisode: 8\ndate: 2026-05-13T08:00:00Z',
  ),
};

/** From the name of a file to that of the sample's whose bytes it has. */
const ASSETS: Readonly<Record<string, string>> = {
  'icon.png': 'images/icon.png',
  'logo.png': 'images/logo.png',
  'pier.png': 'images/tide-fortnight.png',
  'heron.png': 'images/light-character.png',
  'first.mp3': 'audio/ten-seconds-of-fog.mp3',
  'second.mp3': 'audio/the-tide-read-by-a-machine.mp3',
  'aloud/one.mp3': 'audio/ten-seconds-of-fog.mp3',
  'aloud/duo.mp3': 'audio/the-tide-read-by-a-machine.mp3',
};

const OGG = Buffer.from('OggS\0\x02', 'latin1');

/** Every file by its key. */
export function stressFiles(): ReadonlyMap<string, string | Uint8Array> {
  const sample = readSample();
  const assets = Object.entries(ASSETS).map(([key, source]) => [key, sample.get(source) ?? new Uint8Array()] as const);
  return new Map<string, string | Uint8Array>([...assets, ['aloud/duo.ogg', OGG], ...Object.entries(ARTICLES)]);
}
