/**
 * What a page says of itself by microformats: h-entry (https://microformats.org/wiki/h-entry), which the IndieWeb and
 * Medium's export write, and the older hAtom of WordPress themes. A class names what an element holds: `p-name` a text,
 * `u-url` an address, `dt-published` a time, `e-content` the text of the post.
 */

import { type ChildNode, type Document, type Element, isTag } from 'domhandler';
import { textContent } from 'domutils';
import { createFields, type Field, type Fields, type FieldValue } from '../../../model/fields.ts';
import { readDate } from '../../../time/dates.ts';
import { isSameTitle } from '../../fields/title.ts';
import { isReadingList } from './medium-page.ts';

export type Entries =
  /** The page marks no entry. */
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly entry: HEntry }
  /** Several entries of one rank: an archive, a front page, a list of what somebody liked. */
  | { readonly kind: 'list' };

export interface HEntry {
  readonly fields: Fields;
  /** The element that holds all of the text; null where there is none, or several. */
  readonly content: Element | null;
  /** Elements at the beginning of the content that say once more what fields say. */
  readonly repeated: readonly Element[];
}

type LineAt = (node: ChildNode) => number;

/** Finds the one entry of a page. Beside it there may be others that only name a post: “read next”. */
export function readEntries(page: Document, lineAt: LineAt): Entries {
  const roots = findRoots(page);
  const full = roots.filter((root) => findContent(root) !== null);
  const [root] = full.length === 0 ? roots : full;
  if (root === undefined) return { kind: 'none' };
  if (full.length > 1 || (full.length === 0 && roots.length > 1) || isReadingList(root)) return { kind: 'list' };
  return { kind: 'one', entry: readEntry(root, lineAt) };
}

/** Classes by what they mean: those of h-entry with Medium's own, and those of hAtom. `rel:` is a kind of link. */
const CLASSES = {
  name: [['p-name'], ['entry-title']],
  summary: [['p-summary'], ['entry-summary']],
  content: [['e-content'], ['entry-content']],
  published: [['dt-published'], ['published']],
  updated: [['dt-updated'], ['updated']],
  author: [['p-author'], ['author']],
  category: [['p-category', 'p-tag'], ['rel:tag']],
  url: [['p-canonical', 'u-url'], ['rel:bookmark']],
  uid: [['u-uid'], []],
  featured: [['u-featured'], []],
  photo: [['u-photo'], []],
  bookmark: [['u-bookmark-of'], []],
  visibility: [['p-visibility'], []],
  status: [['p-post-status'], []],
} as const;

const ROOT = /^h-?entry$/;
/** An element that begins a thing of its own: its properties are not those of the entry around it. */
const NESTED = /^(?:h-[a-z]+(?:-[a-z]+)*|hentry|vcard)$/;

function readEntry(root: Element, lineAt: LineAt): HEntry {
  const found = collect(root);
  const [nameAt, summaryAt] = [first(found, 'name'), first(found, 'summary')];
  const content = fullContent(root);
  const isNote = nameAt !== null && content !== null && isNoTitle(textOf(nameAt), textOf(content));
  const fields = [
    // Posts without a title are common, and readers show them as such.
    ...(isNote ? [{ name: 'title', value: '', line: lineAt(nameAt) }] : textField('title', nameAt, lineAt)),
    ...textField('summary', summaryAt === content ? null : summaryAt, lineAt),
    ...dateFields(found, lineAt),
    ...people(found, lineAt),
    ...categories(found, lineAt),
    ...addresses(found, lineAt),
    ...pictures(found, content, lineAt),
    ...privacy(root, found, lineAt),
  ];
  const repeated = content === null || isNote ? [] : findRepeated(content, nameAt, summaryAt);
  return { fields: createFields(fields), content, repeated };
}

/** Entries that are inside no other: a comment inside of one is a part of it. */
function findRoots(parent: Document | Element): readonly Element[] {
  return parent.children.flatMap((node): readonly Element[] => {
    if (!isTag(node)) return [];
    return classesOf(node).some((name) => ROOT.test(name)) ? [node] : findRoots(node);
  });
}

/** What an entry, or a person, holds. */
interface Found {
  /** By class, without what belongs to things inside of it. */
  readonly elements: ReadonlyMap<string, readonly Element[]>;
  /** Whether the classes are those of h-entry, of hAtom, or both. */
  readonly vocabularies: readonly (0 | 1)[];
}

function collect(root: Element): Found {
  const elements = new Map<string, Element[]>();
  const visit = (parent: Element): void => {
    for (const node of parent.children) {
      if (!isTag(node)) continue;
      const classes = classesOf(node);
      for (const name of [...classes, ...relationsOf(node)]) {
        const others = elements.get(name);
        if (others === undefined) elements.set(name, [node]);
        else others.push(node);
      }
      if (!classes.some((name) => NESTED.test(name))) visit(node);
    }
  };
  visit(root);
  const vocabularies = (['h-entry', 'hentry'] as const).flatMap((name, index) =>
    classesOf(root).includes(name) ? [index as 0 | 1] : [],
  );
  return { elements, vocabularies };
}

function all({ elements, vocabularies }: Found, what: keyof typeof CLASSES): readonly Element[] {
  const names = vocabularies.flatMap((vocabulary): readonly string[] => CLASSES[what][vocabulary]);
  return names.map((name) => elements.get(name) ?? []).find((found) => found.length > 0) ?? [];
}

function first(found: Found, what: keyof typeof CLASSES): Element | null {
  return all(found, what)[0] ?? null;
}

/** The one element of the text, if it holds anything. */
function findContent(root: Element): Element | null {
  const [only, ...others] = all(collect(root), 'content');
  const isFull = only !== undefined && (textOf(only) !== '' || hasMedia(only));
  return isFull && others.length === 0 ? only : null;
}

/** This much text beside the content was not written by a theme. */
const BESIDE_CHARACTERS_MAX = 500;
const FURNITURE = new Set(['header', 'footer', 'nav', 'aside', 'script', 'style', 'form']);

/** The content, unless most of the text stands beside it: then its class says something else. */
function fullContent(root: Element): Element | null {
  const content = findContent(root);
  if (content === null) return null;
  const beside = lengthBeside(root, content);
  return beside > BESIDE_CHARACTERS_MAX && beside > textOf(content).length ? null : content;
}

function lengthBeside(parent: Element, content: Element): number {
  let length = 0;
  for (const node of parent.children) {
    if (node === content) continue;
    if (!isTag(node)) length += textContent(node).trim().length;
    else if (!FURNITURE.has(node.name) && !classesOf(node).some((name) => NESTED.test(name))) {
      length += lengthBeside(node, content);
    }
  }
  return length;
}

/** Whether a name is only the text itself, or its beginning cut off: what has no title is given such a name. */
function isNoTitle(name: string, text: string): boolean {
  if (name === text) return true;
  const cut = /^(.+?)\s*(?:…|\.\.\.)$/s.exec(name)?.[1];
  return cut !== undefined && text.startsWith(cut);
}

function textField(name: string, element: Element | null, lineAt: LineAt): readonly Field[] {
  const value = element === null ? '' : wordsOf(element);
  return element === null || value === '' ? [] : [{ name, value, line: lineAt(element) }];
}

/** hAtom's `updated` is the date of publication, too, where there is no other. A date that can't be read is none. */
function dateFields(found: Found, lineAt: LineAt): readonly Field[] {
  const readable = (element: Element | null) =>
    element !== null && readDate(timeOf(element), 'UTC').kind === 'moment' ? element : null;
  const updated = readable(first(found, 'updated'));
  const published = readable(first(found, 'published')) ?? updated;
  const field = (name: string, element: Element | null): readonly Field[] =>
    element === null ? [] : [{ name, value: timeOf(element), line: lineAt(element) }];
  return [...field('date', published), ...(updated === published ? [] : field('updated', updated))];
}

function people(found: Found, lineAt: LineAt): readonly Field[] {
  const authors = all(found, 'author');
  const [one] = authors;
  return one === undefined ? [] : [{ name: 'authors', value: authors.map(readCard), line: lineAt(one) }];
}

/** A person: an h-card, hAtom's vcard, or a link that is a name and an address. */
function readCard(card: Element): FieldValue {
  const { elements } = collect(card);
  const of = (...classes: readonly string[]) => classes.flatMap((name) => elements.get(name) ?? [])[0];
  const link = of('u-url', 'url') ?? (card.name === 'a' ? card : undefined);
  const photo = of('u-photo', 'photo')?.attribs.src;
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['name', wordsOf(of('p-name', 'fn') ?? card)],
    ['url', link?.attribs.href],
    ['avatar', photo],
  ];
  return new Map(parts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])));
}

function categories(found: Found, lineAt: LineAt): readonly Field[] {
  const elements = all(found, 'category');
  const [one] = elements;
  return one === undefined ? [] : [{ name: 'tags', value: elements.map(wordsOf), line: lineAt(one) }];
}

/** Whole addresses only: a path is that of the site which the page was made for. */
function addresses(found: Found, lineAt: LineAt): readonly Field[] {
  const field = (name: string, what: 'url' | 'uid' | 'bookmark'): readonly Field[] => {
    const element = all(found, what).find((one) => /^https?:\/\/[^/]/i.test(addressOf(one)));
    return element === undefined ? [] : [{ name, value: addressOf(element), line: lineAt(element) }];
  };
  return [...field('canonical', 'url'), ...field('id', 'uid'), ...field('link', 'bookmark')];
}

/** The photo of a post that shows it beside its text. */
function pictures(found: Found, content: Element | null, lineAt: LineAt): readonly Field[] {
  const photo = all(found, 'photo').find((one) => content === null || !isInside(one, content));
  const element = first(found, 'featured') ?? photo;
  const address = element === undefined ? '' : addressOf(element);
  if (element === undefined || address === '') return [];
  const alt = element.attribs.alt?.trim() ?? '';
  const field = (name: string, value: string) => ({ name, value, line: lineAt(element) });
  return [field('image', address), ...(alt === '' ? [] : [field('image_alt', alt)])];
}

/**
 * Who may see it, in Micropub's words (https://indieweb.org/Micropub-extensions). Medium has no word for it, but a draft
 * has neither a date of publication nor an address.
 */
function privacy(root: Element, found: Found, lineAt: LineAt): readonly Field[] {
  const isMediums = first(found, 'content')?.attribs['data-field'] === 'body';
  const isDraft = isMediums && first(found, 'published') === null && first(found, 'url') === null;
  return [
    ...textField('visibility', first(found, 'visibility'), lineAt),
    ...textField('status', first(found, 'status'), lineAt),
    ...(isDraft ? [{ name: 'draft', value: 'true', line: lineAt(root) }] : []),
  ];
}

/** Title and summary where the text begins with them once more, and the rule that Medium puts on top. */
function findRepeated(content: Element, name: Element | null, summary: Element | null): readonly Element[] {
  const said = [name, summary].flatMap((element) => (element === null ? [] : wordsOf(element)));
  return leadingBlocks(content).filter(
    (block) => block.name === 'hr' || said.some((text) => isSameTitle(textOf(block), text)),
  );
}

const HEADING = /^h[1-6]$/;

/** The rules and headings at the start of an element, up to the first other node. */
function leadingBlocks(content: Element): readonly Element[] {
  const blocks: Element[] = [];
  const visit = (parent: Element): boolean =>
    parent.children.every((node) => {
      if (!isTag(node)) return node.type === 'comment' || textContent(node).trim() === '';
      if (HEADING.test(node.name) || node.name === 'hr') return blocks.push(node) > 0;
      return ['section', 'div', 'header', 'article'].includes(node.name) && visit(node);
    });
  visit(content);
  return blocks;
}

function classesOf({ attribs }: Element): readonly string[] {
  return attribs.class?.split(/\s+/).filter(Boolean) ?? [];
}

function relationsOf({ attribs }: Element): readonly string[] {
  return attribs.rel?.split(/\s+/).flatMap((name) => (name === '' ? [] : [`rel:${name.toLowerCase()}`])) ?? [];
}

function textOf(element: Element): string {
  return textContent(element).replace(/\s+/g, ' ').trim();
}

/** As microformats take a text: from an attribute where the element has one for it. */
function wordsOf(element: Element): string {
  const { name, attribs } = element;
  const stated = name === 'data' ? attribs.value : name === 'abbr' ? attribs.title : undefined;
  return (stated ?? textOf(element)).trim();
}

function timeOf(element: Element): string {
  return (element.attribs.datetime ?? wordsOf(element)).trim();
}

function addressOf(element: Element): string {
  const { href, src, poster, data } = element.attribs;
  return (href ?? src ?? poster ?? data ?? wordsOf(element)).trim();
}

function hasMedia(element: Element): boolean {
  return element.children.some(
    (node) => isTag(node) && (/^(?:img|audio|video|iframe|object)$/.test(node.name) || hasMedia(node)),
  );
}

function isInside(element: Element, ancestor: Element): boolean {
  for (let at: ChildNode['parent'] = element; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}
