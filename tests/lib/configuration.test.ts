import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { ConfigurationError, OPTIONS, readConfiguration } from '../../lib/configuration.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0aa11bb2-3c4d-5e6f-7a8b-9c0d1e2f3a4b';

function mistakesOf(context: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    readConfiguration(context);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
}

describe('readConfiguration', () => {
  it('has a default for everything, and takes no flag of the CDK for an option', () => {
    expect(readConfiguration(cdkJson.context)).toEqual({
      stackName: 'Feedwright',
      domainName: null,
      certificateArn: null,
      hostedZoneId: null,
      hostedZoneName: null,
      siteUrl: null,
      alarmEmail: null,
      alarmTopicArn: null,
      monthlyBudget: null,
      githubRepository: null,
      githubProvider: true,
      accessLogs: false,
      dashboard: true,
      priceClass: '100',
      keepVersionsDays: 90,
      keepLogsDays: 30,
      concurrency: 10,
      memoryMb: 1769,
      tickMinutes: 5,
      reconcileHours: 24,
      contentBucket: null,
      stateBucket: null,
      siteBucket: null,
    });
  });

  it('is told in the runbook, one line an option', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const [, table = ''] = runbook.split('\n| option | default | what it is |\n|---|---|---|\n');
    const rows = Object.entries(OPTIONS).map(([name, { initial, about, ...option }]) => {
      const said = 'said' in option ? option.said : initial === null ? 'none' : `\`${initial}\``;
      return `| \`${name}\` | ${said} | ${about} |`;
    });
    expect(table.split('\n\n', 1)[0]?.split('\n')).toEqual(rows);
  });

  it('reads the texts of -c as the values of cdk.json', () => {
    const texts = { accessLogs: 'true', priceClass: '200', keepVersionsDays: '7', keepLogsDays: '365' };
    const values = { accessLogs: true, priceClass: 200, keepVersionsDays: 7, keepLogsDays: 365 };
    expect(readConfiguration(texts)).toEqual(readConfiguration(values));
    expect(readConfiguration(texts)).toMatchObject({ accessLogs: true, priceClass: '200', keepLogsDays: 365 });
  });

  it('refuses a name that it does not know, with the nearest that it does', () => {
    expect(mistakesOf({ alarmMail: 'me@example.org' })).toEqual([
      'There is no option alarmMail: did you mean alarmEmail?',
    ]);
    expect(mistakesOf({ zzzzzzzz: 1 })[0]).toMatch(/^There is no option zzzzzzzz: there are stackName, domainName,/);
  });

  it('reports all mistakes at once', () => {
    expect(mistakesOf({ keepVersionsDays: 0, concurrency: '1.5', accessLogs: 'yes', keepLogsDays: 2 })).toEqual([
      'accessLogs is "yes", but it must be true or false.',
      'keepVersionsDays is 0, but it must be a whole number from 1 to 3650.',
      expect.stringMatching(/^keepLogsDays is 2, but it must be one of 1, 3, 5, /),
      'concurrency is "1.5", but it must be a whole number from 2 to 1000.',
    ]);
  });

  it('takes a certificate from us-east-1 only, as CloudFront does', () => {
    expect(mistakesOf({ domainName: 'a.example', certificateArn: CERTIFICATE })).toEqual([]);
    const elsewhere = CERTIFICATE.replace('us-east-1', 'eu-west-1');
    expect(mistakesOf({ domainName: 'a.example', certificateArn: elsewhere })[0]).toContain('us-east-1');
  });

  it('refuses a name too long for what is named by it', () => {
    const stackName = `S${'o'.repeat(48)}`;
    expect(mistakesOf({ stackName })).toEqual([]);
    expect(mistakesOf({ stackName: stackName.slice(1), accessLogs: true })).toHaveLength(0);
    expect(mistakesOf({ stackName, accessLogs: true })).toEqual([
      'stackName has 49 characters, and with accessLogs it may have 48: choose a shorter one.',
    ]);
  });

  it('refuses options that contradict each other', () => {
    expect(mistakesOf({ domainName: 'a.example' })).toHaveLength(1);
    expect(mistakesOf({ hostedZoneId: 'Z0123456789' })).toHaveLength(1);
    expect(mistakesOf({ monthlyBudget: 20 })).toHaveLength(1);
    expect(mistakesOf({ contentBucket: 'one-bucket', stateBucket: 'one-bucket' })).toHaveLength(1);
    expect(mistakesOf({ monthlyBudget: 20, alarmEmail: 'me@example.org' })).toEqual([]);
    const zone = {
      domainName: 'a.example',
      certificateArn: CERTIFICATE,
      hostedZoneId: 'Z0',
      hostedZoneName: 'b.example',
    };
    expect(mistakesOf(zone)).toEqual(['a.example is not in the zone b.example.']);
  });
});
