/**
 * Formulas in MathML as text that is right: what the author says of them (`alttext`), else the TeX that they were made from,
 * else their parts in a line, with what is raised and lowered as `<sup>` and `<sub>`. Readers drop `<math>` and run the
 * letters in it together: a/2 would be "a2".
 */

import type { Attributes } from './tree/tree.ts';

export interface MathNode {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: (MathNode | string)[];
}

/** Text, and elements around a text. */
export type MathPart = string | { readonly name: 'sup' | 'sub'; readonly parts: readonly MathPart[] };

export function createMathNode(name: string, attributes: Attributes): MathNode {
  return { name, attributes, children: [] };
}

export function renderMath(math: MathNode): readonly MathPart[] {
  const said = math.attributes.alttext?.trim() || texIn(math);
  if (said) return [plainTex(said)];
  return row(math.children);
}

function texIn(node: MathNode): string {
  for (const child of node.children) {
    if (typeof child === 'string') continue;
    const isTex = child.name === 'annotation' && /tex/i.test(child.attributes.encoding ?? '');
    const tex = isTex ? textOf(child).trim() : texIn(child);
    if (tex !== '') return tex;
  }
  return '';
}

/** Wikipedia puts its formulas into `{\\displaystyle …}`. */
function plainTex(tex: string): string {
  const [, inner] = /^\{\\(?:displaystyle|textstyle)\s*([\s\S]*)\}$/.exec(tex) ?? [];
  return (inner ?? tex).trim();
}

function textOf(node: MathNode): string {
  return node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function row(nodes: readonly (MathNode | string)[]): readonly MathPart[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [node.trim()].filter(Boolean) : render(node)));
}

function render(node: MathNode): readonly MathPart[] {
  const inner = node.children.filter((child) => typeof child !== 'string');
  // Only what is asked for is rendered: twice at each level would be 2^n times for n levels.
  const part = (index: number): readonly MathPart[] => (inner[index] === undefined ? [] : render(inner[index]));
  switch (node.name) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
    case 'ms':
      return [
        textOf(node)
          .replace(/\s+/g, ' ')
          .replace(/[\u2061-\u2064]/g, '')
          .trim(),
      ];
    case 'mspace':
      return [' '];
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
    case 'none':
    case 'mprescripts':
      return [];
    case 'semantics':
      return part(0);
    case 'mfrac':
      return [...grouped(part(0)), '/', ...grouped(part(1))];
    case 'msqrt':
      return ['√(', ...row(node.children), ')'];
    case 'mroot':
      return [raised(part(1)), '√(', ...part(0), ')'];
    case 'msup':
    case 'mover':
      return [...grouped(part(0)), raised(part(1))];
    case 'msub':
    case 'munder':
      return [...grouped(part(0)), lowered(part(1))];
    case 'msubsup':
    case 'munderover':
      return [...grouped(part(0)), lowered(part(1)), raised(part(2))];
    case 'mfenced': {
      const { open = '(', close = ')', separators = ',' } = node.attributes;
      const mark = separators.trim()[0] ?? '';
      return [
        open,
        ...inner.flatMap((child, index) => [...(index === 0 ? [] : [`${mark} `]), ...render(child)]),
        close,
      ];
    }
    case 'mtable':
      return inner.flatMap((child, index) => [...(index === 0 ? [] : ['; ']), ...render(child)]);
    case 'mtr':
      return inner.flatMap((child, index) => [...(index === 0 ? [] : [', ']), ...render(child)]);
    default:
      return row(node.children);
  }
}

/** In brackets where it has several parts. */
function grouped(parts: readonly MathPart[]): readonly MathPart[] {
  const isOne = parts.length <= 1 || /^[([{|√]/.test(typeof parts[0] === 'string' ? parts[0] : '');
  const isRaised = parts.length === 2 && typeof parts[1] !== 'string';
  return isOne || isRaised ? parts : ['(', ...parts, ')'];
}

function raised(parts: readonly MathPart[]): MathPart {
  return { name: 'sup', parts };
}

function lowered(parts: readonly MathPart[]): MathPart {
  return { name: 'sub', parts };
}

/** The copy for the eye that programs put beside a formula for machines. */
const TWIN =
  /(?:^|\s)(?:katex-html|MathJax(?:_Preview|_SVG|_CHTML|_Display)?|mjx-chtml|mwe-math-fallback-image-\w+)(?:\s|$)/;

export function isTwin({ class: classes = '', 'aria-hidden': hidden }: Attributes): boolean {
  return TWIN.test(classes) && (hidden === 'true' || /katex-html|_Preview|mwe-math/.test(classes));
}
