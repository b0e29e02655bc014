/** Every command with its argument and options: the only place where they are written down. Parsing and help read it. */

export const DEFAULT_PORT = 8080;

/** The operator's commands find their stack in the environment, else in what `npm run deploy` has written. */
const STACK_OPTION = {
  stack: {
    value: 'name',
    about: 'which stack of feedwright-outputs.json (default: the only one)',
    example: '--stack Feedwright',
  },
} as const;

/** The server of a bucket. */
const BUCKET_OPTIONS = {
  endpoint: {
    value: 'address',
    about: 'the server of the bucket, if it is not Amazon S3 (default: AWS_ENDPOINT_URL)',
    example: '--endpoint https://s3.example.org',
  },
  region: { value: 'name', about: 'its region (default: AWS_REGION)', example: '--region eu-central-1' },
} as const;

/** Where a build puts what it makes. */
const BUILD_OPTIONS = {
  out: {
    value: 'folder',
    about: 'where the public documents go: a folder, or s3://bucket/folder (required)',
    example: '--out public',
  },
  ...BUCKET_OPTIONS,
  state: {
    value: 'file',
    about: 'the state file (default: <out>.feedwright.db)',
    example: '--state publication.db',
  },
  url: {
    value: 'address',
    about: "base address of the site (default: FEEDWRIGHT_SITE_URL, else site.yaml's)",
    example: '--url https://example.org/',
  },
  json: { value: null, about: 'print the result as one JSON object', example: '' },
} as const;

/** A person who types the number has seen it. */
const REMOVE_OPTION = {
  remove: {
    value: 'n',
    about: 'remove the files that are gone although they are many: the number that the command printed',
    example: '--remove 40',
  },
} as const;

export const COMMANDS = {
  init: {
    summary: 'Begin a publication in a folder.',
    about:
      'Writes site.yaml, a first article and .gitignore. Where the folder holds the settings of Hugo, Zola, Jekyll or Hexo,\n' +
      'site.yaml begins with what they say. Files that are there already stay as they are.',
    argument: { name: 'folder', about: 'the folder to begin in (default: this one)', isOptional: true },
    options: {
      workflow: { value: null, about: 'also a GitHub workflow that publishes to GitHub Pages', example: '' },
      'workflow-for': {
        value: 'host',
        about: 'the same for another host: github-pages, s3, netlify, cloudflare-pages, aws (a stack of ours)',
        example: '--workflow-for netlify',
      },
    },
    examples: ['feedwright init', 'feedwright init my-site --workflow'],
  },
  build: {
    summary: 'Publish a folder of articles as feeds.',
    about:
      'Publishes what changed since the last build, and removes what is gone. Ids and first dates, which the publisher has\n' +
      'to remember, are kept in one state file, beside the output folder unless --state names another.\n' +
      'Where more than ten entries, and more than a quarter, are gone at once, none of them is removed: see --remove.',
    argument: { name: 'folder', about: 'the folder with the articles and site.yaml' },
    options: {
      ...BUILD_OPTIONS,
      for: {
        value: 'host',
        about: 'also write its rules: netlify, cloudflare-pages, nginx, caddy, apache or github-pages',
        example: '--for netlify',
      },
      ...REMOVE_OPTION,
    },
    examples: [
      'feedwright build content --out public',
      'feedwright build content --out public --for nginx',
      'feedwright build content --out public --json',
      'feedwright build content --out s3://my-bucket --endpoint https://s3.example.org',
    ],
  },
  serve: {
    summary: 'Publish a folder on this machine, and publish again whenever it changes.',
    about: 'Builds, watches the folder and serves the feeds on 127.0.0.1, with a preview page. Ctrl-C ends it.',
    argument: { name: 'folder', about: 'the folder with the articles and site.yaml' },
    options: {
      port: { value: 'n', about: `the port (default: ${DEFAULT_PORT}, or the next free one)`, example: '--port 3000' },
      url: {
        value: 'address',
        about: 'base address in the documents (default: this server)',
        example: '--url https://example.org/',
      },
    },
    examples: ['feedwright serve content', 'feedwright serve content --port 3000'],
  },
  check: {
    summary: 'Report the problems of a folder without publishing it.',
    about:
      'Prints path:line: severity code message, in a form that editors can click. With --feeds, also what is wrong with\n' +
      'any feed document that would be published.',
    argument: { name: 'folder', about: 'the folder with the articles and site.yaml' },
    options: {
      feeds: { value: null, about: 'judge every feed document by the rules of its format', example: '' },
      json: { value: null, about: 'print the result as one JSON object', example: '' },
    },
    examples: ['feedwright check content', 'feedwright check content --feeds', 'feedwright check content --json'],
  },
  'check-store': {
    summary: 'Test which conditions of S3 a server keeps.',
    about:
      'Writes, copies, lists and removes test objects below the place, and names each condition that does not hold\n' +
      'and its consequence. Exit code 1: a condition does not hold. Exit code 3: nothing can be published there.',
    argument: { name: 'place', about: 's3://bucket, or s3://bucket/folder' },
    options: BUCKET_OPTIONS,
    examples: ['feedwright check-store s3://my-bucket --endpoint https://s3.example.org'],
  },
  new: {
    summary: 'Begin an article.',
    about: 'Creates a Markdown file with its front matter, named after the title. Never overwrites a file.',
    argument: { name: 'title', about: 'the title of the article, in quotes' },
    options: {
      folder: { value: 'folder', about: 'where to put it (default: content)', example: '--folder content/news' },
    },
    examples: ['feedwright new "A day at the lake"'],
  },
  import: {
    summary: 'Make a folder of articles from what another program has exported.',
    about:
      'Reads exports of WordPress (XML), Ghost (JSON), Substack and Medium (ZIP), and feeds with their archives in RSS, Atom\n' +
      'and JSON Feed, from files, folders, archives or the web. Ids, addresses, dates and people stay what readers know. Only\n' +
      'what was public is imported; the rest is counted and named. A repeated import changes only what is new in the export,\n' +
      'and never what was edited since. docs/coming-from/ has the steps of a whole move.',
    argument: {
      name: 'export',
      about: 'a file, a folder or an archive, or the address of a feed; name all parts of one export',
      isRepeatable: true,
    },
    options: {
      out: { value: 'folder', about: 'where the articles go (required)', example: '--out content' },
      url: {
        value: 'address',
        about: 'the address of the old site, where the export does not name it',
        example: '--url https://example.org/',
      },
      drafts: { value: null, about: 'import what was not public too, as drafts', example: '' },
      types: {
        value: 'names',
        about: 'further kinds of WordPress entries, with commas between them',
        example: '--types podcast,recipe',
      },
      markdown: { value: null, about: 'write Markdown, and HTML for blocks that it can’t say', example: '' },
      fetch: { value: null, about: 'fetch the pictures that the export does not hold', example: '' },
    },
    examples: [
      'feedwright import example.WordPress.2026-11-30.xml --out content',
      'feedwright import example.ghost.2026-11-30.json --out content --url https://example.org/',
      'feedwright import https://example.org/feed/ --out content --fetch',
    ],
  },
  rehearse: {
    summary: 'Say what those who subscribe to an old feed would see after a move.',
    about:
      'Publishes nothing. Compares what would be published with an old feed and its archive (RSS, Atom or JSON Feed, from an\n' +
      'address or a file), and says of each difference which readers would show entries once more, and what to do. With\n' +
      'exit code 1 an id is lost or changed, or nothing would answer at the old address. docs/moving.md has the readers.',
    argument: { name: 'folder', about: 'the folder with the articles and site.yaml' },
    options: {
      against: {
        value: 'old feed',
        about: 'an address or a file; may be given several times (required)',
        example: '--against https://old.example/feed/',
        isRepeatable: true,
      },
      state: {
        value: 'file',
        about: 'the state file of a build to go on from',
        example: '--state public.feedwright.db',
      },
      url: BUILD_OPTIONS.url,
      json: BUILD_OPTIONS.json,
    },
    examples: [
      'feedwright rehearse content --against https://old.example/feed/',
      'feedwright rehearse content --against old/rss.xml --against old/atom.xml',
    ],
  },
  adopt: {
    summary: 'Keep the ids and dates that subscribers of an old feed know.',
    about:
      'Reads old feeds in RSS, Atom and JSON Feed with their older pages, finds the article of each entry by its address, a\n' +
      'former address, or title and day, and writes down what is sure: in .adopted beside the articles, or with --write in the\n' +
      'articles. What is not sure is listed with the nearest articles. Adopt before you publish for the first time, and for\n' +
      'every format that the old site had: an id that was published stays. With exit code 1 something is left to settle.',
    argument: {
      name: 'feed',
      about: 'the address of an old feed, or a file that it was saved to; several one after the other',
      isRepeatable: true,
    },
    options: {
      folder: {
        value: 'folder',
        about: 'the folder with the articles and site.yaml (default: content)',
        example: '--folder content',
      },
      write: { value: null, about: 'write into the front matter of the articles, where that can say it', example: '' },
      'dry-run': { value: null, about: 'only say what would be written', example: '' },
      state: {
        value: 'file',
        about: 'the state file of a build, to tell what was published (default: public.feedwright.db, if it is there)',
        example: '--state publication.db',
      },
      ...STACK_OPTION,
    },
    examples: [
      'feedwright adopt https://old.example/feed.xml',
      'feedwright adopt https://old.example/feed/ https://old.example/feed/atom/ --folder content --write',
      'feedwright adopt saved/atom.xml --dry-run',
    ],
  },
  push: {
    summary: 'Upload a folder to the content bucket: only what changed.',
    about:
      'Compares the folder with the content bucket by size and checksum and uploads what differs; S3 then tells the\n' +
      'publisher. Nothing is removed unless you ask for it.',
    argument: { name: 'folder', about: 'the folder with the articles and site.yaml' },
    options: {
      delete: { value: null, about: 'also remove what is in the bucket but not in the folder', example: '--delete' },
      ...REMOVE_OPTION,
      'dry-run': { value: null, about: 'only say what would be done', example: '' },
      ...STACK_OPTION,
    },
    examples: ['feedwright push content', 'feedwright push content --delete --dry-run'],
  },
  status: {
    summary: 'Show what is published on AWS, what is wrong, and what is under way.',
    about: 'Reads the buckets and the queues; changes nothing.',
    argument: null,
    options: {
      feeds: { value: null, about: 'also list every feed with its address', example: '' },
      json: { value: null, about: 'print everything as one JSON object', example: '' },
      ...STACK_OPTION,
    },
    examples: ['feedwright status', 'feedwright status --json'],
  },
  takedown: {
    summary: 'Take one file down from every feed, wait until it is gone, and keep it down.',
    about:
      'Writes the file on the list of takedowns (.takedowns.json, beside the articles), which the publisher, push, build and\n' +
      'serve obey: it stays down under its key, its id, its address and its content, whoever puts it back. Then removes it\n' +
      'from the content bucket, which keeps the old version for 90 days (option keepVersionsDays). Once no document has it,\n' +
      'the CDN is told to drop its copies. Readers that have fetched it keep what they have. With exit code 1 something\n' +
      'is left, and it says what and why; it can be run again at any time.',
    argument: {
      name: 'key',
      about: 'the file, as its path in the content folder; with --restore also an id or an address',
      isOptional: true,
    },
    options: {
      restore: { value: null, about: 'publish again what was taken down; asks first', example: '' },
      yes: { value: null, about: 'the answer, with --restore', example: '' },
      list: { value: null, about: 'show what was taken down', example: '' },
      folder: {
        value: 'folder',
        about: 'the same in a folder on this machine; its files stay where they are',
        example: '--folder content',
      },
      ...STACK_OPTION,
    },
    examples: [
      'feedwright takedown notes/mistake.md',
      'feedwright takedown --restore notes/mistake.md',
      'feedwright takedown notes/mistake.md --folder content',
      'feedwright takedown --list',
    ],
  },
  reconcile: {
    summary: 'Have the publisher compare the content bucket with what it knows.',
    about:
      'It looks again at every file that differs. It does so by itself once a day; this command does it now. Where more\n' +
      'than ten entries, and more than a quarter, are gone without an event, none of them is removed: see --remove.',
    argument: null,
    options: { ...REMOVE_OPTION, ...STACK_OPTION },
    examples: ['feedwright reconcile', 'feedwright reconcile --remove 40'],
  },
  repair: {
    summary: 'Mend damaged or lost state and documents, from the content and everything that can still be read.',
    about:
      'With a folder: the state file and the documents of a build. Without one: those on AWS, through the article queue.\n' +
      'Ids, first dates and all else that the state remembers stay as they are, and documents that are right are not\n' +
      'written again. It says what it found. docs/runbook.md, "Repairing", has what can be lost nevertheless.\n' +
      'Its former name, rebuild, is understood too.',
    argument: { name: 'folder', about: 'the folder of a build on this machine', isOptional: true },
    options: { ...BUILD_OPTIONS, ...STACK_OPTION },
    examples: ['feedwright repair', 'feedwright repair content --out public'],
  },
  backup: {
    summary: 'Keep a copy of ids and first dates beside the articles.',
    about:
      'Only the state knows when an article without a date was first seen, and which id and address an article has had. The\n' +
      'copy lies hidden in the content bucket (.feedwright/), is never public, and has names of files and hashes, no text.\n' +
      'Its way back: feedwright restore.',
    argument: null,
    options: STACK_OPTION,
    examples: ['feedwright backup'],
  },
  restore: {
    summary: 'Put ids and first dates back from the last backup.',
    about:
      'For a state bucket that was lost, or a publication that has moved. What was first seen earlier counts, so it can be\n' +
      'run at any time and any number of times; it takes nothing away. Then the publisher looks at every file that changed.',
    argument: null,
    options: STACK_OPTION,
    examples: ['feedwright restore'],
  },
  undelete: {
    summary: 'Bring back files that were removed from the content bucket.',
    about:
      'The bucket keeps removed files for 90 days (option keepVersionsDays). Brings back all that were removed since a moment,\n' +
      'with their ids and dates. What was taken down stays down: feedwright takedown --restore.',
    argument: null,
    options: {
      since: { value: 'time', about: 'since when, as ISO 8601 (required)', example: '--since 2026-06-01T08:00:00Z' },
      prefix: { value: 'folder', about: 'only files whose keys begin with this', example: '--prefix notes/' },
      'dry-run': { value: null, about: 'only say what would come back', example: '' },
      ...STACK_OPTION,
    },
    examples: ['feedwright undelete --since 2026-06-01T08:00:00Z --dry-run'],
  },
  redrive: {
    summary: 'Send the dead letters of both queues back to be worked on.',
    about:
      'For after the cause was mended (docs/runbook.md, "ArticlesDead"). Messages are hints: repeating them is safe.',
    argument: null,
    options: STACK_OPTION,
    examples: ['feedwright redrive'],
  },
} as const satisfies Record<string, CommandDefinition>;

export type CommandName = keyof typeof COMMANDS;

export interface CommandDefinition {
  readonly summary: string;
  readonly about: string;
  /** Null for a command without one. */
  readonly argument: {
    readonly name: string;
    readonly about: string;
    readonly isOptional?: true;
    /** There may be several. */
    readonly isRepeatable?: true;
  } | null;
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly examples: readonly string[];
}

interface OptionDefinition {
  /** The name of its value in the help, or null for an option without a value. */
  readonly value: string | null;
  readonly about: string;
  readonly example: string;
  /** It may be given several times. */
  readonly isRepeatable?: true;
}
