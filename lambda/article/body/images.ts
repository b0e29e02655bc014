/** The images of a body, with what their figure says about them. */

import { type AnyNode, type Element, isTag, type ParentNode } from 'domhandler';
import type { MediaReference } from '../article.ts';
import { collapseSpace } from './characters.ts';
import type { ContentContext } from './context.ts';
import { resolveAddress } from './reference.ts';
import { plainText } from './summary.ts';

/** In order; the addresses in the tree are absolute already. */
export function findImages(root: ParentNode, context: ContentContext): MediaReference[] {
  const images: MediaReference[] = [];
  collectImages(root, null, (image, figure) => images.push(describeImage(image, figure, context)));
  return images;
}

type Found = (image: Element, figure: Element | null) => void;

function collectImages(parent: ParentNode, figure: Element | null, found: Found): void {
  for (const node of parent.children) {
    if (!isTag(node)) continue;
    if (node.name === 'img' && node.attribs.src) found(node, figure);
    else collectImages(node, node.name === 'figure' ? node : figure, found);
  }
}

function describeImage(image: Element, figure: Element | null, context: ContentContext): MediaReference {
  const { src = '', alt, title, width, height } = image.attribs;
  return {
    url: src,
    key: resolveAddress(src, context)?.key ?? null,
    mimeType: null,
    lengthBytes: null,
    durationSeconds: null,
    width: pixels(width),
    height: pixels(height),
    title: title ? collapseSpace(title) : null,
    alt: alt ? collapseSpace(alt) : null,
    ...describeFigure(figure),
  };
}

/** The caption, and apart from it the credit, which a figure caption holds in a `cite`. */
function describeFigure(figure: Element | null): Pick<MediaReference, 'caption' | 'credit'> {
  const caption = figure === null ? null : findElement(figure, 'figcaption');
  if (caption === null) return { caption: null, credit: null };
  const credit = findElement(caption, 'cite');
  const said = collapseSpace(caption.children.map((node) => (node === credit ? ' ' : plainText(node))).join(' '));
  return { caption: said || null, credit: credit && (plainText(credit) || null) };
}

function findElement(node: AnyNode, name: string): Element | null {
  if (isTag(node) && node.name === name) return node;
  if (!('children' in node)) return null;
  for (const child of node.children) {
    const found = findElement(child, name);
    if (found !== null) return found;
  }
  return null;
}

function pixels(attribute: string | undefined): number | null {
  return attribute !== undefined && /^\d{1,5}$/.test(attribute) ? Number(attribute) : null;
}
