/** The page docs/any-store.md, from what was found on each server. */

import type { ServerTrial } from '../../lambda/aws/server-trial.ts';

export interface ServerResult {
  readonly name: string;
  readonly version: string;
  readonly trial: ServerTrial;
  readonly isForSeveral: boolean;
  /** Cases of the contract of stores; null where only one build may publish. */
  readonly contract: { readonly passedCount: number; readonly failures: readonly string[] } | null;
  readonly isPublicationSame: boolean;
  /** Objects that were written again although nothing had changed, and why, where that is known. */
  readonly writtenAgain: { readonly count: number; readonly reason: string | null };
  /** The result of four publishers at once; null where it was not tried. */
  readonly crowd: { readonly isSame: boolean; readonly killCount: number } | null;
}

const CONDITIONS: readonly { readonly fact: keyof ServerTrial; readonly word: string }[] = [
  { fact: 'absent', word: 'writes over nothing' },
  { fact: 'version', word: 'writes over a version' },
  { fact: 'races', word: 'races' },
  { fact: 'removals', word: 'removals' },
  { fact: 'sources', word: 'what is copied' },
  { fact: 'destinations', word: 'what is copied over' },
  { fact: 'names', word: 'names in listings' },
  { fact: 'order', word: 'order of listings' },
  { fact: 'bytes', word: 'bytes' },
];

const HEAD = `# Any server that speaks S3

\`npm run test:stores -- --install --write\` installs the servers below outside the repository, runs each on this machine alone, and
writes this page. \`feedwright check-store s3://bucket --endpoint …\` tells the same of any other server; a publisher finds it out by
itself at its first invocation ([decision 155](decisions/155-a-server-is-tried-once.md)). The publisher does without an ability that
the server lacks, or refuses the server: [decision 112](decisions/112-any-store.md) says how.

- **Not kept**: the conditions that the server answers as if they had held.
- **Several publishers**: whether the publisher writes there, as several do at once on Lambda.
- **Contract**: the cases that every store has to pass (\`tests/contract\`), with what the publisher does instead of conditions
  that are not kept.
- **Publication**: the sample publication, published, looked at again as a whole, and one article removed. Each
  document is that of a publication in memory, byte for byte. Where one build alone may publish, it is compared with a folder's.
- **Written again**: objects that the second look wrote although they were there. That is the loss of servers that keep other
  header fields than they were given.
- **Four at once**: uploads while four functions work, processes of their own that are killed at work. At the end every
  document and its compressed copies are those of a fresh build.

| server | not kept | several publishers | contract | publication | written again | four at once |
|---|---|---|---|---|---|---|
`;

export function renderPage(results: readonly ServerResult[]): string {
  const failures = results.flatMap(
    ({ name, contract }) => contract?.failures.map((each) => `- ${name}: ${each}`) ?? [],
  );
  const below = failures.length === 0 ? '' : `\n## Cases of the contract that do not hold\n\n${failures.join('\n')}\n`;
  return `${HEAD}${results.map(renderRow).join('\n')}\n${below}`;
}

function renderRow({ name, version, trial, isForSeveral, contract, writtenAgain, ...rest }: ServerResult): string {
  const { isPublicationSame, crowd } = rest;
  const lost = CONDITIONS.filter(({ fact }) => !trial[fact]).map(({ word }) => word);
  const cases = contract && `${contract.passedCount} of ${contract.passedCount + contract.failures.length}`;
  const cells = [
    `${name} ${version}`,
    lost.join(', ') || '–',
    isForSeveral ? 'yes' : 'refused',
    cases ?? '–',
    isPublicationSame ? 'same' : '**differs**',
    isForSeveral ? `${writtenAgain.count}${writtenAgain.reason === null ? '' : `: ${writtenAgain.reason}`}` : '–',
    crowd === null ? '–' : `${crowd.isSame ? 'same' : '**differs**'}, ${crowd.killCount} kills`,
  ];
  return `| ${cells.join(' | ')} |`;
}
