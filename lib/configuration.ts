/**
 * The options that an operator can set: in `deployment.yaml`, in the `context` of `cdk.json`, or by `-c name=value`. A value may
 * come as text. Every option has a default, unknown names are refused with the nearest known one, and all mistakes are reported at
 * once.
 */

import { nearestName } from '../lambda/text/nearest-name.ts';

/** How the value of an option is read. */
type Reading<Value> = Pick<Option<Value>, 'initial' | 'parse' | 'meaning'>;

/** One option: what it is, how its value is read, and what it is if nobody sets it. */
interface Option<Value> {
  /** For docs/runbook.md, which has every row. */
  readonly about: string;
  readonly initial: Value;
  /** How the table says what it is if nobody sets it. @default the value itself */
  readonly said?: string;
  /** The value, or null when it is not `meaning`. */
  readonly parse: (value: unknown) => Value | null;
  readonly meaning: string;
}

const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const BUCKET = /^(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const BUCKET_MEANING = 'a name of 3 to 63 lower-case letters, digits and hyphens';
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Every option, one row each. To add one: its row here, and its line in docs/runbook.md. */
export const OPTIONS = {
  stackName: {
    about: 'Name of the CloudFormation stack. Another name is another, separate publication.',
    ...text('Feedwright', /^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'letters, digits and hyphens, 60 at most, a letter first'),
  },
  domainName: {
    about: 'Domain of the site, such as `feeds.example.org`; needs `certificateArn`.',
    said: "the CDN's own domain",
    ...optional(DOMAIN, 'a domain in lower case, such as feeds.example.org'),
  },
  certificateArn: {
    about: 'ARN of an ACM certificate for the domain. CloudFront takes them from us-east-1 only.',
    ...optional(
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
      'the ARN of an ACM certificate in us-east-1',
    ),
  },
  hostedZoneId: {
    about: "Route 53 zone in which the domain's records are made; needs `domainName`.",
    said: 'you make them yourself',
    ...optional(/^Z[A-Z0-9]{1,31}$/, 'the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ'),
  },
  hostedZoneName: {
    about: 'Name of that zone.',
    said: 'the domain without its first part',
    ...optional(DOMAIN, 'a domain in lower case, such as example.org'),
  },
  siteUrl: {
    about: 'Base address in feeds.',
    said: "the domain's, else that in `site.yaml`, else that of the CDN",
    ...optional(/^https?:\/\/[^\s?#]+$/, 'an absolute http or https address without ? and #'),
  },
  alarmEmail: {
    about: 'Where alarms are mailed.',
    said: 'they are only shown in CloudWatch',
    ...optional(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address'),
  },
  alarmTopicArn: {
    about: "ARN of an SNS topic that is told of alarms, in the stack's region; its policy must let CloudWatch publish.",
    ...optional(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, 'the ARN of an SNS topic that is no FIFO topic'),
  },
  monthlyBudget: {
    about: 'US dollars that the whole account may cost a month, at least 1; needs `alarmEmail` or `alarmTopicArn`.',
    ...whole(null, 1, 1_000_000),
  },
  githubRepository: {
    about:
      'GitHub repository, `owner/name`, whose workflows on `main` may push articles, by a role (output `PushRoleArn`).',
    ...optional(/^[\w.-]+\/[\w.-]+$/, 'a repository as owner/name'),
  },
  githubProvider: {
    about: "Whether the stack makes GitHub's identity provider for that; `false` where the account has it already.",
    ...flag(true),
  },
  accessLogs: {
    about:
      'Whether CloudFront keeps access logs, in a bucket of their own; only for stacks in us-east-1, with a name of 48 characters at most.',
    ...flag(false),
  },
  dashboard: { about: 'Whether there is a CloudWatch dashboard. Three are free, then $3 a month.', ...flag(true) },
  priceClass: {
    about: 'Where CloudFront serves from: `100` (Americas and Europe), `200` (and Asia), `All`.',
    ...choice('100', ['100', '200', 'All']),
  },
  keepVersionsDays: {
    about: 'Days that replaced and removed versions of contents are kept, 1 to 3650.',
    ...whole(90, 1, 3650),
  },
  keepLogsDays: {
    about: "Days that logs are kept; one of CloudWatch's own steps.",
    ...whole(30, 1, 3653),
    parse: (value: unknown) => LOG_DAYS.find((days) => String(days) === String(value)) ?? null,
    meaning: `one of ${LOG_DAYS.join(', ')}`,
  },
  concurrency: { about: 'Number of workers on each of the two queues, 2 to 1000.', ...whole(10, 2, 1000) },
  memoryMb: {
    about: 'Memory of the publisher in MiB, 512 to 10240. 1769 MiB come with one whole processor.',
    ...whole(1769, 512, 10240),
  },
  tickMinutes: {
    about: 'How often the publisher does what has become due (scheduled articles, unfinished feeds), 1 to 60 minutes.',
    ...whole(5, 1, 60),
  },
  reconcileHours: {
    about: 'How often everything is compared with the content bucket, 1 to 168 hours.',
    ...whole(24, 1, 168),
  },
  contentBucket: {
    about: 'Name of the bucket of articles. One that is there already is taken over, with all that it holds.',
    said: 'AWS chooses one',
    ...optional(BUCKET, BUCKET_MEANING),
  },
  stateBucket: {
    about: 'Name of the bucket of what the publisher remembers; likewise.',
    said: 'AWS chooses one',
    ...optional(BUCKET, BUCKET_MEANING),
  },
  siteBucket: {
    about: 'Name of the bucket of public documents; likewise.',
    said: 'AWS chooses one',
    ...optional(BUCKET, BUCKET_MEANING),
  },
} satisfies Readonly<Record<string, Option<unknown>>>;

type OptionName = keyof typeof OPTIONS;

/** The options, with every default filled in. */
export type Configuration = { readonly [Name in OptionName]: (typeof OPTIONS)[Name]['initial'] };

/** The options have mistakes; each is a sentence that says what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The options of the stack are wrong:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Reads the options from the CDK context, or throws a `ConfigurationError` that names every mistake. */
export function readConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  const mistakes = unknownNames(context);
  const values = Object.entries(OPTIONS).map(([name, { initial, parse, meaning }]) => {
    const value = context[name];
    if (value === undefined || value === null || value === '') return [name, initial] as const;
    const parsed = parse(value);
    if (parsed === null) mistakes.push(`${name} is ${JSON.stringify(value)}, but it must be ${meaning}.`);
    return [name, parsed ?? initial] as const;
  });
  const configuration = Object.fromEntries(values) as Configuration;
  mistakes.push(...contradictions(configuration));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return configuration;
}

/** Unknown names that can only be meant for us: the CDK's own contain `:` or `/`. */
function unknownNames(context: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(OPTIONS);
  return Object.keys(context)
    .filter((name) => /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return `There is no option ${name}: ${nearest === null ? `there are ${known.join(', ')}.` : `did you mean ${nearest}?`}`;
    });
}

/** A name that CloudWatch makes of the stack's and `-access-logs` may have 60 characters. */
const LOGGED_STACK_NAME_CHARACTERS_MAX = 48;

function contradictions(configuration: Configuration): string[] {
  const { stackName, accessLogs, domainName, certificateArn, hostedZoneId, hostedZoneName } = configuration;
  const { alarmEmail, alarmTopicArn, monthlyBudget } = configuration;
  const mistakes: string[] = [];
  if (accessLogs && stackName.length > LOGGED_STACK_NAME_CHARACTERS_MAX) {
    mistakes.push(
      `stackName has ${stackName.length} characters, and with accessLogs it may have ${LOGGED_STACK_NAME_CHARACTERS_MAX}: choose a shorter one.`,
    );
  }
  if (monthlyBudget !== null && alarmEmail === null && alarmTopicArn === null) {
    mistakes.push('monthlyBudget needs somebody to tell: set alarmEmail or alarmTopicArn as well.');
  }
  const buckets = [configuration.contentBucket, configuration.stateBucket, configuration.siteBucket];
  const names = buckets.filter((name) => name !== null);
  if (new Set(names).size < names.length) {
    mistakes.push('contentBucket, stateBucket and siteBucket are three buckets: give each a name of its own.');
  }
  if ((domainName === null) !== (certificateArn === null)) {
    mistakes.push('domainName and certificateArn go together: set both, or neither for the domain of the CDN.');
  }
  if (hostedZoneId !== null && domainName === null) {
    mistakes.push('hostedZoneId is for the records of a domain: set domainName as well.');
  }
  if (hostedZoneName !== null && hostedZoneId === null) {
    mistakes.push('hostedZoneName is the name of hostedZoneId: set that as well.');
  }
  if (hostedZoneName !== null && domainName !== null && !`.${domainName}`.endsWith(`.${hostedZoneName}`)) {
    mistakes.push(`${domainName} is not in the zone ${hostedZoneName}.`);
  }
  return mistakes;
}

function text(initial: string, pattern: RegExp, meaning: string): Reading<string> {
  return { initial, parse: (value) => (typeof value === 'string' && pattern.test(value) ? value : null), meaning };
}

function optional(pattern: RegExp, meaning: string): Reading<string | null> {
  return { ...text('', pattern, meaning), initial: null };
}

function flag(initial: boolean): Reading<boolean> {
  const values = new Map<unknown, boolean>([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ]);
  return { initial, parse: (value) => values.get(value) ?? null, meaning: 'true or false' };
}

function choice<const Value extends string>(initial: Value, values: readonly Value[]): Reading<Value> {
  const parse = (value: unknown) => values.find((candidate) => candidate === String(value)) ?? null;
  return { initial, parse, meaning: `one of ${values.join(', ')}` };
}

function whole<Initial extends number | null>(
  initial: Initial,
  least: number,
  most: number,
): Reading<number | Initial> {
  const parse = (value: unknown) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most ? number : null;
  };
  return { initial, parse, meaning: `a whole number from ${least} to ${most}` };
}
