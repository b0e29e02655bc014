/** The arguments of `npm run deploy --` and `npm run destroy --`: our own options, and those that go to the CDK. */

import { UsageError } from '../../cli/usage.ts';
import { GUARDED_OPTIONS, type GuardedOption, isGuardedOption } from './stack-options.ts';

export interface DeployArguments {
  readonly wantsHelp: boolean;
  /** Whether the sample publication is uploaded too. */
  readonly withContent: boolean;
  /** Whether nobody is asked. */
  readonly yes: boolean;
  /** Options that may be dropped. */
  readonly drop: readonly GuardedOption[];
  /** Whether buckets of a former stack are left where they are. */
  readonly newBuckets: boolean;
  /** Whether ids and first dates are backed up before a stack that is there is changed. */
  readonly backup: boolean;
  /** For `cdk deploy`. */
  readonly cdk: readonly string[];
}

const DROP = '--drop';

export function parseDeployArguments(args: readonly string[]): DeployArguments {
  const drop: GuardedOption[] = [];
  const cdk: string[] = [];
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === DROP || arg.startsWith(`${DROP}=`)) {
      if (arg === DROP) index += 1;
      drop.push(...parseDrop(arg === DROP ? (args[index] ?? '') : arg.slice(DROP.length + 1)));
    } else if (OWN_FLAGS.includes(arg)) flags.add(arg);
    else cdk.push(arg);
  }
  return {
    wantsHelp: flags.has('--help'),
    withContent: flags.has('--with-content'),
    yes: flags.has('--yes'),
    backup: !flags.has('--no-backup'),
    newBuckets: flags.has('--new-buckets'),
    drop,
    cdk,
  };
}

const OWN_FLAGS = ['--help', '--with-content', '--yes', '--new-buckets', '--no-backup'];

function parseDrop(value: string): readonly GuardedOption[] {
  const names = value.split(',').filter((name) => name !== '');
  const known = Object.keys(GUARDED_OPTIONS);
  if (names.length === 0) throw new UsageError('option-value-missing', DROP, `${DROP} domainName`);
  return names.map((name) => {
    if (isGuardedOption(name)) return name;
    throw new UsageError(
      'option-value-invalid',
      `${DROP} ${name} names none of ${known.join(', ')}`,
      `${DROP} domainName`,
    );
  });
}
