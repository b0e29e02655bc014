/**
 * Images of which a page offers several sizes. Feed readers show the one in `src`, so where that is missing the largest is
 * put there that is not wider than 2,000 pixels.
 */

import type { ElementNode, Fragment, TreeNode } from './tree.ts';

const WIDTH_MAX = 2_000;
/** What a candidate of a density is wide is not said; one of twice the pixels is enough everywhere. */
const DENSITY_MAX = 2;

/** @param set of addresses that are resolved already, each with ` 640w`, ` 2x` or nothing behind it; not empty */
export function bestCandidate(set: string): string {
  const candidates = set.split(', ').map((each) => {
    const [, url = each, size = '1', unit = 'x'] = /^(\S+)\s+(\d+(?:\.\d+)?)([wxh])$/.exec(each) ?? [];
    return { url, size: Number(size), most: unit === 'x' ? DENSITY_MAX : WIDTH_MAX };
  });
  const [first, ...rest] = candidates;
  const best = rest.reduce<typeof first>((one, other) => {
    if (one === undefined) return other;
    const [oneFits, otherFits] = [one, other].map(({ size, most }) => size <= most);
    if (oneFits !== otherFits) return otherFits ? other : one;
    return other.size > one.size === otherFits ? other : one;
  }, first);
  return best?.url ?? '';
}

/** Formats that some readers can't show come last. */
const TYPES = ['image/jpeg', 'image/png', 'image/gif', '', 'image/webp', 'image/avif', 'image/jxl'];

/** Gives the image of each `<picture>` an address from its sources, where it has none, and one that lacks an image an image. */
export function settlePictures(root: Fragment): void {
  for (const node of root.children) {
    if (node.kind !== 'element') continue;
    if (node.name === 'picture') settlePicture(node);
    else settlePictures(node);
  }
}

function settlePicture(picture: ElementNode): void {
  const sources = picture.children.filter((node) => isNamed(node, 'source'));
  const image = picture.children.find((node) => isNamed(node, 'img'));
  if (image?.attributes.src !== undefined) return;
  const rank = ({ attributes }: ElementNode) => {
    const at = TYPES.indexOf(attributes.type ?? '');
    return at === -1 ? TYPES.length : at;
  };
  const [best] = sources
    .filter(({ attributes }) => attributes.srcset !== undefined)
    .toSorted((a, b) => rank(a) - rank(b));
  const src = best?.attributes.srcset === undefined ? '' : bestCandidate(best.attributes.srcset);
  if (src === '') return;
  if (image === undefined) {
    picture.children.push({ kind: 'element', name: 'img', attributes: { src, alt: '' }, children: [] });
  } else image.attributes = { ...image.attributes, src };
}

function isNamed(node: TreeNode, name: string): node is ElementNode {
  return node.kind === 'element' && node.name === name;
}
