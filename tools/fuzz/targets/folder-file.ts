/**
 * Files that say something of the articles around them: settings of other systems, and who is meant by the short names of
 * authors. The first byte of an input says what the file is called.
 */

import fc from 'fast-check';
import type { Person } from '../../../lambda/model/article.ts';
import { createProblem } from '../../../lambda/model/problem.ts';
import { siteFolderOf } from '../../../lambda/site/folder/folder-file.ts';
import { type FolderFile, type FolderSaying, sayOf } from '../../../lambda/site/folder/folder-rules.ts';
import { readFolderFile } from '../../../lambda/site/folder/readers/read-folder-file.ts';
import { isHarmlessAddress } from '../../hostile/active-content.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { bytesOf, soupOf } from '../seeds.ts';
import { YAML_WORDS } from '../words.ts';

interface Outcome {
  readonly key: string;
  readonly file: FolderFile;
  /** The file's rules for an article beside it. */
  readonly saying: FolderSaying;
}

/** With a text that means well. */
const FILES: readonly (readonly [key: string, text: string])[] = [
  ['blog/authors.yml', 'ann:\n  name: Ann Lee\n  url: https://ann.example\n  image_url: /ann.png\n'],
  ['_data/authors.yml', 'bo: { name: Bo Chi, email: bo@site.example }\n- id: cy\n  name: Cy\n'],
  ['data/authors/cy.toml', 'name = "Cy Dahl"\nbio = "Rows."\n'],
  ['data/authors.json', '{"ann":{"name":"Ann Lee","url":"https://ann.example"}}'],
  ['data/authors/dee.mdx', '---\nname: Dee\navatar: https://dee.example/a.png\n---\nRows.\n'],
  ['notes/.meta.yml', 'draft: true\nauthors: [ann]\n'],
  ['zola/_index.md', '+++\ndraft = true\n[cascade]\nbuild = { render = "never" }\n+++\n'],
  ['_config.yml', 'exclude: [secret, plans/*]\ndefaults:\n  - scope: { path: a }\n    values: { published: false }\n'],
  ['hugo.toml', 'timeZone = "Europe/Lisbon"\nignoreFiles = ["\\\\.foo$"]\n[languages.de]\nweight = 1\n'],
  ['mkdocs.yml', 'exclude_docs: |\n  drafts/\n  *.tmp.md\nplugins:\n  - blog: { authors_file: a.yml }\n'],
  ['pelicanconf.py', "TIMEZONE = 'Europe/Paris'\nARTICLE_EXCLUDES = ['a', 'b']\nPATH = 'content'\n"],
  ['.eleventyignore', 'secret/\n!secret/a.md\n'],
  ['posts/posts.json', '{"permalink":false,"tags":["a"],"eleventyExcludeFromCollections":true}'],
  ['posts.csv', 'post_id,post_date,is_published,audience\n1001.a,2022-05-01T10:00:00.000Z,true,everyone\n'],
  ['.obsidian/publish.json', '{"siteId":"a","included":["a"],"excluded":["b"]}'],
  ['logseq/config.edn', '{:publishing/all-pages-public? true :hidden ["/a"]}'],
  ['docusaurus.config.ts', "export default { presets: [['classic', { blog: { exclude: ['a/**'] } }]] };\n"],
];
const WORDS = [
  ...[
    'name: ',
    'url: ',
    'email: ',
    'image_url: ',
    'https://a.example/',
    'draft: true',
    'published: false',
    'exclude: ',
  ],
  ...[
    'defaults:\n',
    'scope:',
    'values:',
    'path: ',
    '**/',
    '*.md',
    'cascade:',
    'timezone: ',
    'Europe/Lisbon',
    '[[',
    ']]',
  ],
  ...['javascript:x', '__proto__', 'constructor', '!', '\\', '../', '(', ')', "'", '"', '[', ']', '{', '}', ' = ', '#'],
];

export const target: FuzzTarget<Outcome> = {
  name: 'folder-file',
  seeds: () => FILES.map(([, text], index) => withKind(index, bytesOf(text))),
  dictionary: [...WORDS, ...YAML_WORDS],
  inputs: fc
    .tuple(fc.nat(FILES.length - 1), soupOf([...WORDS, ...YAML_WORDS, ...FILES.map(([, text]) => text)]))
    .map(([index, body]) => withKind(index, body)),
  run(input) {
    const key = (FILES[(input[0] ?? 0) % FILES.length] ?? FILES[0])?.[0] ?? '';
    const file = readFolderFile(key, input.subarray(1), '1');
    return { key, file, saying: sayOf({ [key]: file }, `${siteFolderOf(key)}a/b.md`) };
  },
  judge: ({ key, file, saying }) => [
    ...(file.doubt === undefined ? [] : sentencesOf(file.doubt).flatMap(judgeSentence)),
    ...(file.rules ?? []).flatMap(({ site }) => Object.values(site?.people ?? {}).flatMap(judgePerson)),
    ...(JSON.stringify(JSON.parse(JSON.stringify(file))) === JSON.stringify(file) ? [] : [`${key} can't be kept`]),
    ...(saying.fields.every(({ name }) => name !== '') ? [] : [`${key} says something of no field`]),
  ],
};

function judgePerson({ name, url, avatar }: Person): readonly string[] {
  const addresses = [url, avatar].filter((each) => each !== null);
  return [
    ...(/\p{Cc}/u.test(name ?? '') ? [`a name holds a control character: ${JSON.stringify(name)}`] : []),
    ...addresses.flatMap((address) => (isHarmlessAddress(address) ? [] : [`the address ${JSON.stringify(address)}`])),
  ];
}

/** As people read them. */
function sentencesOf({ message, fix }: NonNullable<FolderFile['doubt']>): readonly string[] {
  const problem = createProblem('publishing-unclear', { path: 'a.md', line: null, message, fix });
  return [problem.message, problem.fix];
}

function judgeSentence(sentence: string): readonly string[] {
  return sentence.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(sentence)
    ? []
    : [`a doubt is no sentence: ${JSON.stringify(sentence)}`];
}

function withKind(kind: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from([kind, ...body]);
}
