/**
 * The file `deployment.yaml`, in which the options of a deployment stand apart from what belongs to the CDK (`cdk.json`). It
 * may be committed, or ignored where each person deploys a stack of their own. An option of `cdk.json` goes on working.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../lambda/text/nearest-name.ts';
import { readYamlTree, type YamlNode } from '../lambda/text/yaml-tree.ts';
import { ConfigurationError, OPTIONS } from './configuration.ts';

/** In the folder from which the stack is deployed, beside `cdk.json`. */
export const SETTINGS_FILE = 'deployment.yaml';

/** An option a line; far more than there are. */
const VALUES_MAX = 1_000;
const DEPTH_MAX = 5;

export type OptionTexts = Readonly<Record<string, unknown>>;

/**
 * The options of a folder: those of the command line go before the file's, and the file's before those of `cdk.json`.
 *
 * @param context what the CDK has gathered: `cdk.json`, and `-c name=value` over it
 * @throws ConfigurationError with every mistake of the file
 */
export function gatherOptions(folder: string, context: OptionTexts): OptionTexts {
  const file = join(folder, SETTINGS_FILE);
  if (!existsSync(file)) return context;
  return joinOptions(context, readCdkContext(folder), parseSettingsFile(readFileSync(file, 'utf8')));
}

/** The options that stand in `cdk.json` itself. */
function readCdkContext(folder: string): OptionTexts {
  const file = join(folder, 'cdk.json');
  const parsed: { readonly context?: OptionTexts } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return parsed.context ?? {};
}

/** @throws ConfigurationError where `cdk.json` and the file say different things */
export function joinOptions(context: OptionTexts, cdkJson: OptionTexts, file: OptionTexts): OptionTexts {
  const isTyped = (name: string) => name in context && String(context[name]) !== String(cdkJson[name]);
  const mistakes = Object.keys(file)
    .filter((name) => name in cdkJson && !isTyped(name) && String(cdkJson[name]) !== String(file[name]))
    .map((name) => `${name} is set in cdk.json and, otherwise, in ${SETTINGS_FILE}: take it out of cdk.json.`);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  const typed = Object.entries(context).filter(([name]) => isTyped(name));
  return { ...context, ...file, ...Object.fromEntries(typed) };
}

/** @throws ConfigurationError that names each line with a mistake */
export function parseSettingsFile(source: string): OptionTexts {
  const reading = readYamlTree(source, { depthMax: DEPTH_MAX, valuesMax: VALUES_MAX });
  if (reading.kind !== 'tree') {
    const reason = reading.kind === 'unreadable' ? reading.reason : `it holds more than ${VALUES_MAX} values`;
    throw new ConfigurationError([`${SETTINGS_FILE}:${reading.line}: it can't be read as YAML: ${reason}.`]);
  }
  const { root } = reading;
  if (root.kind === 'empty') return {};
  if (root.kind !== 'map') {
    throw new ConfigurationError([`${SETTINGS_FILE}:${root.line}: write one option a line, as “name: value”.`]);
  }
  const mistakes: string[] = [];
  const values = new Map<string, string>();
  for (const { name, line, value } of root.pairs) {
    const mistake = mistakeIn(name, value, values);
    if (mistake === null) values.set(name, value.kind === 'text' ? value.text : '');
    else mistakes.push(`${SETTINGS_FILE}:${line}: ${mistake}`);
  }
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return Object.fromEntries(values);
}

function mistakeIn(name: string, value: YamlNode, before: ReadonlyMap<string, string>): string | null {
  const known = Object.keys(OPTIONS);
  if (!known.includes(name)) {
    const nearest = nearestName(name, known);
    return `there is no option ${name}: ${nearest === null ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`}`;
  }
  if (before.has(name)) return `${name} is set twice: take one of the two out.`;
  return value.kind === 'list' || value.kind === 'map' ? `${name} has one value, on its own line.` : null;
}
