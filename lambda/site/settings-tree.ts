/** The file site.yaml as a tree of settings, or what keeps it from being read. */

import { createProblem, type Problem } from '../model/problem.ts';
import { SITE_BYTES_MAX, SITE_DEPTH_MAX, SITE_VALUES_MAX } from '../model/site-limits.ts';
import { decodeSource } from '../text/source-text.ts';
import { readYamlTree, type YamlNode, type YamlOddity, type YamlReading } from '../text/yaml-tree.ts';
import { SITE_KEY } from './setting.ts';

/** The tree of a map of settings; null, with a problem, where it can't be read. */
export function readSettingsTree(body: Uint8Array, problems: Problem[]): YamlNode | null {
  const refuse = (line: number | null, message: string, fix: string): null => {
    problems.push(createProblem('site-unreadable', { path: SITE_KEY, line, message, fix }));
    return null;
  };
  if (body.length > SITE_BYTES_MAX) {
    return refuse(
      null,
      `${SITE_KEY} has ${body.length} bytes; ${SITE_BYTES_MAX} is the most.`,
      'Make the file smaller.',
    );
  }
  const source = decodeSource(body);
  if (source.kind === 'unreadable') {
    return refuse(source.line, `${SITE_KEY} is not text in ${source.encoding}.`, 'Save the file in UTF-8.');
  }
  const reading = readYamlTree(source.text, { depthMax: SITE_DEPTH_MAX, valuesMax: SITE_VALUES_MAX });
  const { root, line, reason } = judge(reading);
  if (root === null) return refuse(line, `${SITE_KEY} can't be read as YAML: ${reason}.`, yamlFix(source.text, line));
  if (root.kind === 'map' || root.kind === 'empty') return root;
  return refuse(root.line, `${SITE_KEY} is not a map of settings.`, 'Write one setting per line, as “name: value”.');
}

type Judged = { readonly line: number; readonly reason: string; readonly root: YamlNode | null };

/** Settings are not read from broken YAML, nor from YAML that says what a settings file has no use for. */
function judge(reading: YamlReading): Judged {
  if (reading.kind === 'unreadable') return { ...reading, root: null };
  if (reading.kind === 'too-many-values') {
    return { line: reading.line, reason: `it holds more than ${SITE_VALUES_MAX} values`, root: null };
  }
  const [odd] = reading.oddities;
  if (odd === undefined) return { line: reading.root.line, reason: '', root: reading.root };
  return { line: odd.line, reason: REASONS[odd.kind](odd.written), root: null };
}

const REASONS: Readonly<Record<YamlOddity['kind'], (written: string) => string>> = {
  alias: (name) => `the alias “${name}” stands for nothing`,
  document: () => 'it holds more than one document, parted by ---',
  name: () => 'the name of a setting is a list or a map',
  tag: (tag) => `the tag “${tag}” is not understood`,
};

function yamlFix(source: string, line: number): string {
  if (/^ *\t/.test(source.split('\n')[line - 1] ?? '')) return 'Indent with spaces instead of tabs.';
  return 'Write one setting per line, as “name: value”, indented with spaces; put values that hold “: ” or “#” in quotes.';
}
