import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfiguration } from '../../lib/configuration.ts';
import { gatherOptions, joinOptions, parseSettingsFile } from '../../lib/settings-file.ts';

function mistakesOf(parse: () => unknown): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
}

describe('deployment.yaml', () => {
  it('has one option a line, each as the configuration takes it', () => {
    const options = parseSettingsFile(
      '# Ours.\nalarmEmail: me@example.org\ndashboard: false\nconcurrency: 4\nsiteUrl:\n',
    );
    expect(readConfiguration(options)).toMatchObject({
      alarmEmail: 'me@example.org',
      dashboard: false,
      concurrency: 4,
      siteUrl: null,
    });
    expect(parseSettingsFile('# nothing yet\n')).toEqual({});
  });

  it('names the line of every mistake', () => {
    expect(
      mistakesOf(() => parseSettingsFile('alarmMail: a@b.example\nsiteUrl: [1]\ndashboard: true\ndashboard: false\n')),
    ).toEqual([
      'deployment.yaml:1: there is no option alarmMail: did you mean alarmEmail?',
      'deployment.yaml:2: siteUrl has one value, on its own line.',
      'deployment.yaml:4: dashboard is set twice: take one of the two out.',
    ]);
    expect(mistakesOf(() => parseSettingsFile('- a\n'))[0]).toMatch(/^deployment\.yaml:1: write one option a line/);
    expect(mistakesOf(() => parseSettingsFile('a: "\n'))[0]).toMatch(/^deployment\.yaml:\d: it can't be read as YAML/);
  });

  it('goes before cdk.json, and the command line before both', () => {
    const cdkJson = { tickMinutes: 7, '@aws-cdk/core:flag': true };
    const typed = { ...cdkJson, memoryMb: '1024', dashboard: 'true' };
    expect(joinOptions(typed, cdkJson, { memoryMb: '2048', alarmEmail: 'me@example.org' })).toEqual({
      ...typed,
      alarmEmail: 'me@example.org',
    });
    expect(joinOptions({ ...cdkJson, tickMinutes: '9' }, cdkJson, { tickMinutes: '8' })).toMatchObject({
      tickMinutes: '9',
    });
    expect(joinOptions(cdkJson, cdkJson, { tickMinutes: '7' })).toMatchObject({ tickMinutes: '7' });
    expect(mistakesOf(() => joinOptions(cdkJson, cdkJson, { tickMinutes: '8' }))).toEqual([
      'tickMinutes is set in cdk.json and, otherwise, in deployment.yaml: take it out of cdk.json.',
    ]);
  });

  it('need not be there: what cdk.json says goes on working', () => {
    const folder = mkdtempSync(join(tmpdir(), 'feedwright-settings-'));
    try {
      const context = { domainName: 'feeds.example.org' };
      expect(gatherOptions(folder, context)).toBe(context);
      writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context }));
      writeFileSync(join(folder, 'deployment.yaml'), 'tickMinutes: 3\n');
      expect(gatherOptions(folder, context)).toEqual({ ...context, tickMinutes: '3' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
