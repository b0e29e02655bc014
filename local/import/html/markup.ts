/** HTML as a tree that can be changed and written again. What is not changed reads as it did before. */

import { type ChildNode, type Document, Element, isTag, isText, Text } from 'domhandler';
import { getOuterHTML, removeElement, replaceElement, textContent } from 'domutils';
import { decodeHTML } from 'entities';
import { parseDocument } from 'htmlparser2';
import { collapseSpace, dropForbidden } from '../../../lambda/text/characters.ts';

export type { ChildNode, Document, Element } from 'domhandler';
export { isTag, isText } from 'domhandler';

export function parseMarkup(html: string): Document {
  return parseDocument(html);
}

export function renderMarkup(nodes: ChildNode | readonly ChildNode[]): string {
  return getOuterHTML(nodes as ChildNode | ChildNode[], { encodeEntities: 'utf8' });
}

export function createElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (ChildNode | string)[] = [],
): Element {
  const element = new Element(name, { ...attributes });
  setChildren(
    element,
    children.map((child) => (typeof child === 'string' ? new Text(child) : child)),
  );
  return element;
}

/** Gives an element these children in place of its own. */
export function setChildren(parent: Element | Document, children: readonly ChildNode[]): void {
  parent.children = [...children];
  children.forEach((child, index) => {
    child.parent = parent;
    child.prev = children[index - 1] ?? null;
    child.next = children[index + 1] ?? null;
  });
}

/** Puts nodes in the place of one. */
export function replaceWith(node: ChildNode, replacements: readonly ChildNode[]): void {
  const [only] = replacements;
  const { parent } = node;
  if (only === undefined) removeElement(node);
  else if (replacements.length === 1) replaceElement(node, only);
  else if (parent !== null) {
    const place = parent.children.indexOf(node);
    setChildren(parent as Element, parent.children.toSpliced(place, 1, ...replacements));
  }
}

/** Takes an element away and leaves what is in it. */
export function unwrap(element: Element): void {
  replaceWith(element, element.children);
}

export function hasClass({ attribs }: Element, name: string): boolean {
  return attribs.class?.split(/\s+/).includes(name) ?? false;
}

/** All elements under a node for which `test` holds, outer ones first. */
export function findElements(node: Document | Element, test: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const visit = (children: readonly ChildNode[]): void => {
    for (const child of children) {
      if (!isTag(child)) continue;
      if (test(child)) found.push(child);
      visit(child.children);
    }
  };
  visit(node.children);
  return found;
}

export function findElement(node: Document | Element, test: (element: Element) => boolean): Element | null {
  return findElements(node, test)[0] ?? null;
}

/** HTML as plain text on one line. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return collapseSpace(dropForbidden(html));
  return collapseSpace(dropForbidden(textContent(parseMarkup(html.replace(/<(?:br|\/p|\/div|\/li)\b/gi, ' $&')))));
}

/** Elements that people write into titles; what else looks like a tag there is meant to be seen. */
const TITLE_MARKUP =
  /<\/?(?:a|abbr|b|big|br|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)\b(?:\s[^<>]*)?\/?>/gi;

/** A title in which `<` alone is a sign and `<em>` is markup: `Fish &amp; Chips < Salt <em>really</em>`. */
export function plainTitle(html: string): string {
  return collapseSpace(dropForbidden(decodeHTML(html.replace(TITLE_MARKUP, ''))));
}

/** Whether text stands in it, or anything that can be seen. */
export function isBlank(node: ChildNode): boolean {
  if (isText(node)) return /^[ \t\r\n\f]*$/.test(node.data);
  return !isTag(node);
}
