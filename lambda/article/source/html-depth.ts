/** How deep the elements of a page are nested: parsers take time by the square of it. */

import { type ChildNode, type Document, isTag } from 'domhandler';
import { HTML_DEPTH_MAX } from '../../model/article-limits.ts';

/** Elements that have no end, or that end where the next begins. */
const OPEN_ENDED =
  /^(?:area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)$/;

/** Counted on the text, for the parser's time grows with the square of the depth. */
export function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of source.matchAll(/<(\/?)([a-z][a-z\d-]*)/gi)) {
    if (OPEN_ENDED.test(name.toLowerCase())) continue;
    depth = Math.max(0, depth + (slash === '' ? 1 : -1));
    if (depth > HTML_DEPTH_MAX * 4) return true;
  }
  return false;
}

export function depthOf(page: Document): number {
  let depth = 0;
  for (let level: readonly ChildNode[] = page.children; level.length > 0 && depth <= HTML_DEPTH_MAX; depth += 1) {
    level = level.flatMap((node) => (isTag(node) ? node.children : []));
  }
  return depth;
}
