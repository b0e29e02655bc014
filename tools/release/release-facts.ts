/** Whether a version can be released: from facts that were read, without doing anything. */

export interface ReleaseFacts {
  /** Of package.json. */
  readonly version: string;
  /** Versions of the project in package-lock.json, which has it twice. */
  readonly lockVersions: readonly string[];
  readonly changelog: string;
  /** Tags that there are. */
  readonly tags: readonly string[];
  readonly branch: string;
  /** Files that differ from the last commit. */
  readonly changedFiles: readonly string[];
}

const VERSION = /^\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/;
const BRANCH = 'main';

export function tagOf(version: string): string {
  return `v${version}`;
}

/** One sentence for each reason not to release, with what to do; none where it can be. */
export function findObstacles(facts: ReleaseFacts): readonly string[] {
  const { version, lockVersions, changelog, tags, branch, changedFiles } = facts;
  const section = readSection(changelog, version);
  return [
    ...(VERSION.test(version) ? [] : [`package.json has version ${version}, which is none: write one such as 0.2.0.`]),
    ...(lockVersions.every((each) => each === version)
      ? []
      : [`package-lock.json has ${lockVersions.join(' and ')} where package.json has ${version}: run npm install.`]),
    ...(tags.includes(tagOf(version))
      ? [`${tagOf(version)} is tagged already: raise the version in package.json.`]
      : []),
    ...(section === null
      ? [`CHANGELOG.md has no section “## ${version} (<date>)”: give the one of what is unreleased that heading.`]
      : []),
    ...(section === '' ? [`The section of ${version} in CHANGELOG.md is empty: say what changed for people.`] : []),
    ...(branch === BRANCH ? [] : [`This is the branch ${branch}: release from ${BRANCH}.`]),
    ...(changedFiles.length === 0 ? [] : [`These files are not committed: ${changedFiles.join(', ')}.`]),
  ];
}

/** The section of CHANGELOG.md for a version; null where it has no section with a date. */
export function readSection(changelog: string, version: string): string | null {
  const heading = new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, 'm').exec(changelog);
  if (heading === null) return null;
  const rest = changelog.slice(heading.index + heading[0].length);
  return rest.slice(0, /^## /m.exec(rest)?.index ?? rest.length).trim();
}
