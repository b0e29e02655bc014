import { describe, expect, it } from 'vitest';
import { pickSynthArgs } from '../../../../local/commands/stack/cdk.ts';
import { parseDeployArguments } from '../../../../local/commands/stack/deploy-arguments.ts';
import { describeFormerAddress } from '../../../../local/commands/stack/former-address.ts';

describe('the arguments of a deployment', () => {
  it('are our own, and those of the CDK in their order', () => {
    const args = [
      '--with-content',
      '-c',
      'a=b',
      '--drop',
      'domainName,siteUrl',
      '--yes',
      '--drop=alarmEmail',
      '--force',
    ];
    expect(parseDeployArguments(args)).toEqual({
      wantsHelp: false,
      withContent: true,
      yes: true,
      newBuckets: false,
      backup: true,
      drop: ['domainName', 'siteUrl', 'alarmEmail'],
      cdk: ['-c', 'a=b', '--force'],
    });
  });

  it('name nothing that could not be dropped', () => {
    expect(() => parseDeployArguments(['--drop', 'dashboard'])).toThrow(/^--drop dashboard names none of domainName, /);
    expect(() => parseDeployArguments(['--drop'])).toThrow('--drop needs a value');
  });

  it('of which those that decide about the templates are known', () => {
    const args = ['--progress', 'events', '-c', 'a=b', '--context=c=d', '--profile', 'work', '--revert-drift'];
    expect(pickSynthArgs(args)).toEqual(['-c', 'a=b', '--context=c=d', '--profile', 'work']);
  });
});

describe('an address that is gone', () => {
  const CDN = 'https://d111.cloudfront.net/';
  it.each<[string, string | undefined, string, RegExp | null]>([
    ['nothing is said of one that stays', CDN, CDN, null],
    ['nor of the first one', undefined, CDN, null],
    ['one of the CDN is gone for good', CDN, 'https://d222.cloudfront.net/', /With a domain of your own/],
    ['a domain of one’s own stays from now on', CDN, 'https://feeds.example.org/', /It is your own, so it stays/],
    ['a former domain can lead here', 'https://a.example/', 'https://b.example/', /only if you lead it here/],
  ])('%s', (_, before, after, said) => {
    const lines = describeFormerAddress(before === undefined ? undefined : { SiteUrl: before }, { SiteUrl: after });
    if (said === null) expect(lines).toEqual([]);
    else expect(lines.join('\n')).toMatch(said);
  });
});
