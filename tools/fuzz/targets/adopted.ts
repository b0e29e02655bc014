/** Files of ids and dates that subscribers of an old feed know. */

import { type AdoptedFile, adoptedId, parseAdopted } from '../../../lambda/site/adopted/adopted.ts';
import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { countLines, judgeMoment, judgeProblems } from '../judges.ts';
import { bytesOf, soupOf } from '../seeds.ts';
import { YAML_WORDS } from '../words.ts';

const ARTICLE = 'posts/first-light.md';
const FILE = adoptedKeyFor(ARTICLE);
const SITE_ID = 'https://coast.example/';
const WORDS = [
  ...[`${ARTICLE}:\n`, `${ARTICLE}: `, '  id: ', '  atomId: ', '  published: ', '{ id: "a" }', 'posts/fog.md:\n'],
  ...['https://example.org/?p=64', 'tag:example.org,2024:fog', '2024-01-02T07:00:00-05:00', 'urn:uuid:', ' ', '\u0000'],
];

export const target: FuzzTarget<AdoptedFile> = {
  name: 'adopted',
  seeds: () => [
    bytesOf(`${ARTICLE}:\n  id: https://example.org/?p=64\n  published: 2024-01-02T07:00:00-05:00\n`),
    bytesOf(`${ARTICLE}:\n  id: 5f3c09e2\n  atomId: tag:example.org,2024:fog\n`),
    bytesOf(`${ARTICLE}: "a b"\n`),
  ],
  dictionary: [...WORDS, ...YAML_WORDS],
  inputs: soupOf([...WORDS, ...YAML_WORDS]),
  run: (body) => parseAdopted(FILE, body),
  judge: ({ rows, problems }, body) => [
    ...judgeProblems(problems, countLines(body)),
    ...[...rows].flatMap(([key, row]) => {
      if (row === null) return [];
      const ids = Object.values(adoptedId(row, SITE_ID) ?? {});
      return [
        ...(adoptedKeyFor(key) === FILE ? [] : [`${JSON.stringify(key)} is in another file`]),
        ...ids.flatMap((id) =>
          /[\p{Cc}\p{Cs}]/u.test(id) || id.trim() !== id || id === '' ? [`the id ${JSON.stringify(id)}`] : [],
        ),
        ...judgeMoment(row.published),
      ];
    }),
  ],
};
