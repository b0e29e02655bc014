/**
 * The mistakes that a person can make on the command line: one row each, with the message and the fix. All of them
 * end with exit code 2.
 */

const USAGE_ERRORS = {
  'command-missing': {
    title: () => 'no command given',
    fix: () => 'feedwright --help lists the commands',
  },
  'command-unknown': {
    title: (given: string) => `unknown command ${given}`,
    fix: (nearest: string | null) =>
      nearest === null ? 'feedwright --help lists the commands' : `did you mean ${nearest}?`,
  },
  'option-unknown': {
    title: (given: string) => `unknown option ${given}`,
    fix: (nearest: string | null) =>
      nearest === null ? 'run the command with --help for its options' : `did you mean ${nearest}?`,
  },
  'option-value-missing': {
    title: (option: string) => `${option} needs a value`,
    fix: (example: string | null) => `for example: ${example ?? ''}`,
  },
  'option-value-unexpected': {
    title: (option: string) => `${option} takes no value`,
    fix: () => 'leave out everything from the = on',
  },
  'option-value-invalid': {
    title: (what: string) => what,
    fix: (example: string | null) => `for example: ${example ?? ''}`,
  },
  'option-repeated': {
    title: (option: string) => `${option} is given twice`,
    fix: () => 'give it once',
  },
  'option-required': {
    title: (option: string) => `${option} is missing`,
    fix: (example: string | null) => `for example: ${example ?? ''}`,
  },
  'argument-missing': {
    title: (what: string) => `${what} is missing`,
    fix: (example: string | null) => `for example: ${example ?? ''}`,
  },
  'argument-unexpected': {
    title: (given: string) => `unexpected argument ${given}`,
    fix: (hint: string | null) => hint ?? 'put quotes around a name that holds spaces',
  },
  'folder-missing': {
    title: (folder: string) => `there is no folder ${folder}`,
    fix: () => 'check the spelling; paths are relative to the current folder',
  },
  'folder-is-file': {
    title: (path: string) => `${path} is a file`,
    fix: () => 'name the folder that holds the articles',
  },
  'feed-is-folder': {
    title: (path: string) => `${path} is a folder, and no feed`,
    fix: (folder: string | null) => `name the folder with the articles as an option: --folder ${folder ?? ''}`,
  },
  'folder-is-around': {
    title: (place: string) => `the publication is ${place}, which has a site.yaml`,
    fix: (folder: string | null) => `name that folder: feedwright build ${folder ?? ''}`,
  },
  'folder-is-program': {
    title: (site: string) => `the folder is that of a program; its site is in ${site}`,
    fix: (folder: string | null) => `name that folder: feedwright build ${folder ?? ''}`,
  },
  'output-is-file': {
    title: (path: string) => `${path} is no folder`,
    fix: () => 'name the folder that the documents go into; one that is not there is made',
  },
  'state-missing': {
    title: (path: string) => `there is no state file ${path}`,
    fix: () => 'name the one that the build wrote, beside its output folder unless --state named another',
  },
  'state-is-folder': {
    title: (path: string) => `${path} is a folder`,
    fix: () => 'name the state file itself, such as publication.db',
  },
  'output-overlaps': {
    title: (what: string) => what,
    fix: () => 'choose a place outside of the content folder that does not contain it either',
  },
  'port-taken': {
    title: (port: string) => `port ${port} is in use`,
    fix: () => 'choose another one, or leave out --port to take the next free one',
  },
  'folder-empty': {
    title: () => 'the folder is empty, so --delete would remove everything',
    fix: () => 'name the folder that holds the articles, or leave out --delete',
  },
  'deployment-unknown': {
    title: (mistakes: string) => `which buckets and queues to use is not known:\n  ${mistakes}`,
    fix: (file: string | null) =>
      `run this in the folder where npm run deploy wrote ${file ?? 'its outputs'}, or set these variables`,
  },
  'stack-unknown': {
    title: (name: string) => `stack ${name} is not known`,
    fix: (hint: string | null) => hint ?? 'check the spelling',
  },
  'backup-missing': {
    title: () => 'there is no backup in the content bucket',
    fix: () => 'feedwright backup makes one; without one, ids and dates are those that the articles state',
  },
  'key-unknown': {
    title: (key: string) => `${key} is not in the content bucket, and nothing of it is public`,
    fix: () => 'write it as its path in the content folder, such as notes/may.md',
  },
  'file-missing': {
    title: (key: string) => `there is no ${key} in the folder`,
    fix: (folder: string | null) => `write it as its path within ${folder ?? 'the folder'}, such as notes/may.md`,
  },
  'takedown-unknown': {
    title: (name: string) => `${name} was not taken down`,
    fix: () => 'feedwright takedown --list shows what is down; name it by its key, its id or its address',
  },
  'answer-missing': {
    title: (what: string) => `${what}, and there is nobody to ask`,
    fix: () => 'run it in a terminal, or give the answer with --yes',
  },
  'file-exists': {
    title: (path: string) => `${path} is there already`,
    fix: () => 'choose another title, or edit that file',
  },
} as const satisfies Record<
  string,
  { readonly title: (subject: string) => string; readonly fix: (hint: string | null) => string }
>;

export type UsageCode = keyof typeof USAGE_ERRORS;

/** Wrong usage of the command line: what is wrong, and what to do about it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageCode;
  readonly fix: string;

  /** `subject` is what the title speaks of; `hint` is the nearest right spelling, or an example. */
  constructor(code: UsageCode, subject = '', hint: string | null = null) {
    const row = USAGE_ERRORS[code];
    super(row.title(subject));
    this.code = code;
    this.fix = row.fix(hint);
  }
}
