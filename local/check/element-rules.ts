/** Tables of the formats' rules: which elements an element may hold, how often, and with which values. */

import type { XmlElement } from './xml-tree.ts';

/** The mistakes of an element at a place; none when it is right. */
export type Check = (element: XmlElement, place: string) => readonly string[];

export interface ElementRule {
  readonly occurs: 'one' | 'optional' | 'any';
  readonly check?: Check;
}

/** By name. */
export type ElementRules = Readonly<Record<string, ElementRule>>;

/** All children of the namespace by their rules; those of other namespaces are extensions, and free. */
export function checkChildren(parent: XmlElement, namespace: string, rules: ElementRules, place: string): string[] {
  const own = parent.children.filter((child) => child.namespace === namespace);
  const findings: string[] = [];
  for (const [name, { occurs }] of Object.entries(rules)) {
    const count = own.filter((child) => child.name === name).length;
    if (count === 0 && occurs === 'one') findings.push(`${place}/${name} is missing`);
    if (count > 1 && occurs !== 'any') findings.push(`${place} has ${name} ${count} times`);
  }
  const counts = new Map<string, number>();
  for (const child of own) {
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    const rule = Object.hasOwn(rules, child.name) ? rules[child.name] : undefined;
    const here = `${place}/${child.name}${rule?.occurs === 'any' ? `[${count}]` : ''}`;
    findings.push(
      ...(rule === undefined ? [`${here} is no element that belongs there`] : (rule.check?.(child, here) ?? [])),
    );
  }
  return findings;
}

/** An element whose text has to be something. */
export function says(what: string, isRight: (text: string) => boolean): Check {
  return ({ text, children }, place) =>
    children.length === 0 && isRight(text) ? [] : [`${place} is not ${what}: ${shown(text)}`];
}

/** A text with nothing in it but text. */
export const plainText: Check = ({ children }, place) =>
  children.length === 0 ? [] : [`${place} has elements in a text`];

export const filled: Check = says('a text with something in it', (text) => text.trim() !== '');

/** An attribute that has to be there, and be something. */
export function attribute(name: string, what: string, isRight: (value: string) => boolean): Check {
  return ({ attributes }, place) => {
    const value = attributes.get(name);
    if (value === undefined) return [`${place} has no ${name}`];
    return isRight(value) ? [] : [`${place}: its ${name} is not ${what}: ${shown(value)}`];
  };
}

export function all(...checks: readonly Check[]): Check {
  return (element, place) => checks.flatMap((check) => check(element, place));
}

export function childrenOf(parent: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.namespace === namespace && child.name === name);
}

const SHOWN_CHARACTERS_MAX = 80;

function shown(text: string): string {
  const short = text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
  return JSON.stringify(short);
}
