/** Facts that we read from the arguments that go to the CDK. */

/** The profile that the arguments name, as `--profile name` or `--profile=name`; null for none. */
export function findProfile(args: readonly string[]): string | null {
  const index = args.findLastIndex((arg) => arg === '--profile' || arg.startsWith('--profile='));
  if (index === -1) return null;
  const [, profile = args[index + 1] ?? ''] = args[index]?.split(/=(.*)/s) ?? [];
  return profile === '' ? null : profile;
}
