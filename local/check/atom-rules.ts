/** The rules of Atom 1.0 (RFC 4287). */

import {
  all,
  attribute,
  type Check,
  checkChildren,
  childrenOf,
  type ElementRules,
  filled,
  plainText,
  says,
} from './element-rules.ts';
import { isAddress, isIri, isLanguage, isMimeType, isRfc3339, isWholeNumber, repeated } from './value-rules.ts';
import type { XmlElement } from './xml-tree.ts';

export const ATOM = 'http://www.w3.org/2005/Atom';

const id = says('an absolute IRI', isIri);
const instant = says('an RFC 3339 date', isRfc3339);
const address = says('an absolute address', isAddress);

/** 3.1: text is text, and what is HTML says so. */
const text: Check = (element, place) => {
  const type = element.attributes.get('type') ?? 'text';
  if (!['text', 'html', 'xhtml'].includes(type)) return [`${place} has a type that texts don't have: ${type}`];
  return type === 'xhtml' ? [] : plainText(element, place);
};

const filledText = all(text, (element, place) => (element.children.length > 0 ? [] : filled(element, place)));

const PERSON: ElementRules = {
  name: { occurs: 'one', check: filled },
  uri: { occurs: 'optional', check: says('an IRI', isIri) },
  email: { occurs: 'optional', check: says('a mail address', (value) => /^[^\s@]+@[^\s@]+$/.test(value)) },
};
const person: Check = (element, place) => checkChildren(element, ATOM, PERSON, place);

const link: Check = (element, place) => {
  const { attributes } = element;
  const type = attributes.get('type');
  const language = attributes.get('hreflang');
  const length = attributes.get('length');
  return [
    ...attribute('href', 'an absolute address', isAddress)(element, place),
    ...(type !== undefined && !isMimeType(type) ? [`${place} has a type that is no MIME type: ${type}`] : []),
    ...(language !== undefined && !isLanguage(language) ? [`${place} has an hreflang that is no language`] : []),
    ...(length !== undefined && !isWholeNumber(length) ? [`${place} has a length that is no number of bytes`] : []),
  ];
};

/** 4.1.3 */
const content: Check = (element, place) => {
  const type = element.attributes.get('type') ?? 'text';
  if (element.attributes.has('src')) {
    return element.text.trim() === ''
      ? attribute('src', 'an address', isAddress)(element, place)
      : [`${place} has a src and a text`];
  }
  return isMimeType(type) ? [] : text(element, place);
};

const COMMON: ElementRules = {
  id: { occurs: 'one', check: id },
  title: { occurs: 'one', check: text },
  updated: { occurs: 'one', check: instant },
  author: { occurs: 'any', check: person },
  contributor: { occurs: 'any', check: person },
  category: { occurs: 'any', check: attribute('term', 'something', (value) => value.trim() !== '') },
  link: { occurs: 'any', check: link },
  rights: { occurs: 'optional', check: text },
};

const ENTRY: ElementRules = {
  ...COMMON,
  // One that another system has published stays, whatever it is: there is a warning of its own (reader-warnings.ts).
  id: { occurs: 'one', check: filled },
  published: { occurs: 'optional', check: instant },
  summary: { occurs: 'optional', check: text },
  content: { occurs: 'optional', check: content },
  source: { occurs: 'optional' },
};

const FEED: ElementRules = {
  ...COMMON,
  title: { occurs: 'one', check: filledText },
  subtitle: { occurs: 'optional', check: text },
  icon: { occurs: 'optional', check: address },
  logo: { occurs: 'optional', check: address },
  generator: { occurs: 'optional', check: filled },
  entry: { occurs: 'any', check: checkEntry },
};

/** The mistakes of an Atom feed document, each with its place; none when it is valid. */
export function checkAtom(root: XmlElement): readonly string[] {
  if (root.name !== 'feed' || root.namespace !== ATOM) return ['feed is not the root, in the namespace of Atom'];
  const entries = childrenOf(root, ATOM, 'entry');
  const hasAuthor = childrenOf(root, ATOM, 'author').length > 0;
  return [
    ...checkChildren(root, ATOM, FEED, 'feed'),
    ...checkLanguage(root, 'feed'),
    ...checkAlternates(root, 'feed'),
    ...repeated(entries.map((entry) => textOf(entry, 'id'))).map(
      (each) => `two entries have the id ${JSON.stringify(each)}`,
    ),
    ...entries.flatMap((entry, index) =>
      hasAuthor || childrenOf(entry, ATOM, 'author').length > 0
        ? []
        : [`feed/entry[${index + 1}] has no author (4.1.2)`],
    ),
    ...checkOrderOfDates(root, entries),
  ];
}

function checkEntry(entry: XmlElement, place: string): readonly string[] {
  const links = childrenOf(entry, ATOM, 'link');
  const hasAlternate = links.some(({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate');
  const hasContent = childrenOf(entry, ATOM, 'content').length > 0;
  return [
    ...checkChildren(entry, ATOM, ENTRY, place),
    ...checkLanguage(entry, place),
    ...checkAlternates(entry, place),
    ...(hasAlternate || hasContent ? [] : [`${place} has neither content nor an alternate link (4.1.2)`]),
  ];
}

function checkLanguage({ attributes }: XmlElement, place: string): readonly string[] {
  const language = attributes.get('xml:lang');
  return language === undefined || isLanguage(language)
    ? []
    : [`${place}: its xml:lang is not a language: ${language}`];
}

/** 4.1.1: not two alternates of one type and language. */
function checkAlternates(element: XmlElement, place: string): readonly string[] {
  const kinds = childrenOf(element, ATOM, 'link')
    .filter(({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate')
    .map(({ attributes }) => `${attributes.get('type') ?? ''} ${attributes.get('hreflang') ?? ''}`);
  return repeated(kinds).map((kind) => `${place} has two alternate links of one kind: ${kind}`);
}

/** A feed is as new as its newest entry, in whole seconds: an entry may tell fractions, by which its versions differ. */
function checkOrderOfDates(root: XmlElement, entries: readonly XmlElement[]): readonly string[] {
  const second = (element: XmlElement): number => Math.floor(Date.parse(textOf(element, 'updated')) / 1000);
  const newer = entries.some((entry) => second(entry) > second(root));
  return newer ? ['feed/updated is older than an entry'] : [];
}

function textOf(element: XmlElement, name: string): string {
  return childrenOf(element, ATOM, name)[0]?.text ?? '';
}

/** Ids of the entries, in order. */
export function atomIds(root: XmlElement): readonly string[] {
  return childrenOf(root, ATOM, 'entry').map((entry) => textOf(entry, 'id'));
}
