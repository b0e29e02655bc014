import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepStackOutputs, readStackOutputs } from '../../../local/cli/stack-outputs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-outputs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('keepStackOutputs', () => {
  it('keeps what was deployed before, and of each stack the last outputs only', () => {
    const file = join(folder, 'outputs.json');
    expect(readStackOutputs(file)).toEqual({});
    keepStackOutputs(file, { One: { Region: 'eu-west-1', RssUrl: 'https://a.example/rss.xml' } });
    keepStackOutputs(file, { Two: { Region: 'us-east-1' } });
    keepStackOutputs(file, { One: { Region: 'eu-west-2' } });
    expect(readStackOutputs(file)).toEqual({ One: { Region: 'eu-west-2' }, Two: { Region: 'us-east-1' } });
    expect(readdirSync(folder)).toEqual(['outputs.json']);
  });

  it('keeps a stack of the same name in another region or account, under the name of its place', () => {
    const file = join(folder, 'outputs.json');
    const stackIn = (region: string, account: string) => ({
      Region: region,
      ArticleQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/Articles`,
    });
    const old = stackIn('us-east-1', '111122223333');
    const moved = stackIn('eu-west-1', '111122223333');
    const others = stackIn('eu-west-1', '444455556666');
    for (const each of [old, old, moved, others]) keepStackOutputs(file, { Feedwright: each });
    expect(readStackOutputs(file)).toEqual({
      Feedwright: others,
      'Feedwright@111122223333/us-east-1': old,
      'Feedwright@111122223333/eu-west-1': moved,
    });
    keepStackOutputs(file, { Feedwright: old });
    expect(Object.keys(readStackOutputs(file)).sort()).toEqual([
      'Feedwright',
      'Feedwright@111122223333/eu-west-1',
      'Feedwright@444455556666/eu-west-1',
    ]);
  });

  it('makes no file for a run that deployed nothing', () => {
    keepStackOutputs(join(folder, 'outputs.json'), {});
    expect(readdirSync(folder)).toEqual([]);
  });
});
