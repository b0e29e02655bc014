/**
 * Images that a script loads late stand in a page twice: once for the script, and once in a `<noscript>` beside it. The
 * sanitiser reads both; of each pair one stays here, and no `noscript`.
 */

import type { ElementNode, Fragment, TreeNode } from './tree.ts';

export function settleLateImages(root: Fragment): void {
  const { children } = root;
  for (const node of children) if (node.kind === 'element') settleLateImages(node);
  if (!children.some(isNoscript)) return;
  const beside = children.filter((node) => !isNoscript(node)).flatMap((node) => imagesIn(node, SEARCH_DEPTH_MAX));
  const shown = new Set(beside.map(addressOf));
  const within = children.filter(isNoscript).flatMap((node) => imagesIn(node, SEARCH_DEPTH_MAX));
  // Where nothing tells the address, the copy stands for it.
  const twice = new Set([
    ...within.filter((image) => shown.has(addressOf(image))),
    ...(within.length > 0 ? beside.filter((image) => addressOf(image) === '') : []),
  ]);
  root.children = children.flatMap((node) => {
    const kept = twice.size === 0 ? [node] : without(node, twice, SEARCH_DEPTH_MAX);
    return kept.flatMap((one) => (isNoscript(one) ? one.children : [one]));
  });
}

/** Between an image and what holds both stand no more than a link, a `picture` and a few boxes. */
const SEARCH_DEPTH_MAX = 4;

function isNoscript(node: TreeNode): node is ElementNode {
  return node.kind === 'element' && node.name === 'noscript';
}

/** Its copy may have another query: `?is-pending-load=1`. */
function addressOf({ attributes }: ElementNode): string {
  return (attributes.src ?? '').replace(/[?#].*/s, '');
}

function imagesIn(node: TreeNode, depth: number): readonly ElementNode[] {
  if (node.kind === 'text' || depth === 0) return [];
  return node.name === 'img' ? [node] : node.children.flatMap((child) => imagesIn(child, depth - 1));
}

function without(node: TreeNode, gone: ReadonlySet<TreeNode>, depth: number): readonly TreeNode[] {
  if (gone.has(node)) return [];
  if (node.kind === 'element' && depth > 0) {
    if (node.name === 'picture' && node.children.some((child) => gone.has(child))) return [];
    node.children = node.children.flatMap((child) => without(child, gone, depth - 1));
  }
  return [node];
}
