/**
 * Texts of Ghost's editor that have no HTML beside them: a tree of Lexical nodes. Exports of Ghost itself always have
 * HTML; files that other programs have made for its import often do not.
 */

import { escapeAttribute, escapeText } from '../../../lambda/text/characters.ts';
import type { ExportReport } from '../model/export-report.ts';
import { renderCard } from './card-payload.ts';

type Node = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 200;
/** Bits of `format`, the inner mark first. */
const FORMATS: readonly (readonly [bit: number, tag: string])[] = [
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
  [8, 'u'],
  [4, 's'],
  [2, 'em'],
  [1, 'strong'],
];

/** Null where there is no such text. */
export function renderLexical(json: string, place: string, report: Pick<ExportReport, 'leave'>): string | null {
  const root = parse(json)?.root;
  if (!isNode(root)) return null;
  return childrenOf(root, { place, report }, 0);
}

interface Context {
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

function childrenOf(node: Node, context: Context, depth: number): string {
  if (!Array.isArray(node.children) || depth > DEPTH_MAX) return '';
  return node.children.map((child: unknown) => (isNode(child) ? show(child, context, depth + 1) : '')).join('');
}

function show(node: Node, context: Context, depth: number): string {
  const inner = () => childrenOf(node, context, depth);
  const type = String(node.type ?? '');
  switch (type) {
    case 'text':
    case 'extended-text':
      return showText(node);
    case 'linebreak':
      return '<br>';
    case 'tab':
      return '\t';
    case 'paragraph':
      return `<p>${inner()}</p>`;
    case 'heading':
    case 'extended-heading': {
      const tag = /^h[1-6]$/.test(String(node.tag)) ? String(node.tag) : 'h2';
      return `<${tag}>${inner()}</${tag}>`;
    }
    case 'quote':
    case 'extended-quote':
    case 'aside':
      return `<blockquote>${inner()}</blockquote>`;
    case 'list': {
      const tag = node.tag === 'ol' || node.listType === 'number' ? 'ol' : 'ul';
      const start = tag === 'ol' && typeof node.start === 'number' && node.start !== 1 ? ` start="${node.start}"` : '';
      return `<${tag}${start}>${inner()}</${tag}>`;
    }
    case 'listitem':
      return `<li>${inner()}</li>`;
    case 'link':
    case 'autolink':
      return `<a href="${escapeAttribute(String(node.url ?? ''))}">${inner()}</a>`;
    case 'root':
      return inner();
  }
  return renderCard(type, node, context) ?? inner();
}

function showText(node: Node): string {
  const format = typeof node.format === 'number' ? node.format : 0;
  return FORMATS.reduce(
    (html, [bit, tag]) => ((format & bit) === 0 ? html : `<${tag}>${html}</${tag}>`),
    escapeText(String(node.text ?? '')),
  );
}

function parse(json: string): Node | null {
  try {
    const value: unknown = JSON.parse(json);
    return isNode(value) ? value : null;
  } catch {
    return null;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
