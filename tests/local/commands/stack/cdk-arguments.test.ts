import { describe, expect, it } from 'vitest';
import { findProfile } from '../../../../local/commands/stack/cdk-arguments.ts';

describe('findProfile', () => {
  it.each([
    [['-c', 'dashboard=false'], null],
    [['--profile', 'work', '-c', 'a=b'], 'work'],
    [['--profile=a=b'], 'a=b'],
    [['--profile', 'one', '--profile=two'], 'two'],
    [['--profile'], null],
  ])('of %j is %s', (args, profile) => {
    expect(findProfile(args)).toBe(profile);
  });
});
