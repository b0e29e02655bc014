/** The images of a body, with what their figure says about them. */

import type { MediaReference } from '../../model/article.ts';
import { collapseSpace } from '../../text/characters.ts';
import type { ContentContext } from './context.ts';
import { resolveAddress } from './reference.ts';
import { plainText } from './summary.ts';
import type { ElementNode, Fragment, TreeNode } from './tree/tree.ts';

/** In order; the addresses in the tree are absolute already. */
export function findImages(root: Fragment, context: ContentContext): MediaReference[] {
  const images: MediaReference[] = [];
  collectImages(root, null, (image, figure) => images.push(describeImage(image, figure, context)));
  return images;
}

type Found = (image: ElementNode, figure: ElementNode | null) => void;

function collectImages(parent: Fragment, figure: ElementNode | null, found: Found): void {
  for (const node of parent.children) {
    if (node.kind === 'text') continue;
    if (node.name === 'img' && node.attributes.src) found(node, figure);
    else collectImages(node, node.name === 'figure' ? node : figure, found);
  }
}

function describeImage(image: ElementNode, figure: ElementNode | null, context: ContentContext): MediaReference {
  const { src = '', alt, title, width, height } = image.attributes;
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
function describeFigure(figure: ElementNode | null): Pick<MediaReference, 'caption' | 'credit'> {
  const caption = figure === null ? null : findElement(figure, 'figcaption');
  if (caption === null) return { caption: null, credit: null };
  const credit = findElement(caption, 'cite');
  const said = collapseSpace(caption.children.map((node) => (node === credit ? ' ' : plainText(node))).join(' '));
  return { caption: said || null, credit: credit && (plainText(credit) || null) };
}

function findElement(node: TreeNode, name: string): ElementNode | null {
  if (node.kind === 'text') return null;
  if (node.name === name) return node;
  for (const child of node.children) {
    const found = findElement(child, name);
    if (found !== null) return found;
  }
  return null;
}

function pixels(attribute: string | undefined): number | null {
  return attribute !== undefined && /^\d{1,5}$/.test(attribute) ? Number(attribute) : null;
}
