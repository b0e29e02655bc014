/**
 * What `feedwright check --json` prints, on standard input, as annotations of GitHub: each problem stands beside its line in the
 * pull request. Plain JavaScript, for the Node that a runner has.
 */

import { readFileSync } from 'node:fs';

/** GitHub shows ten of each kind and step; the list of the run has all. */
const text = readFileSync(0, 'utf8');
const { problems = [] } = text.trim() === '' ? {} : JSON.parse(text);
for (const { severity, path, line, code, message, fix } of problems) {
  const place = [`file=${property(path)}`, `line=${line ?? 1}`, `title=${property(code)}`].join(',');
  console.log(`::${severity} ${place}::${data(`${message} ${fix}`)}`);
}

/** docs.github.com/actions, workflow commands: what a line and a list of properties can't hold is escaped. */
function data(value) {
  return String(value).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value) {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
