/** Texts of Ghost before version 5 that have no HTML beside them: Mobiledoc, sections of marked text and cards. */

import { renderMarkdown } from '../../../lambda/article/markdown/markdown.ts';
import { escapeAttribute, escapeText } from '../../../lambda/text/characters.ts';
import type { ExportReport } from '../model/export-report.ts';
import { renderCard } from './card-payload.ts';

interface Mobiledoc {
  readonly markups: readonly unknown[];
  readonly atoms: readonly unknown[];
  readonly cards: readonly unknown[];
  readonly sections: readonly unknown[];
}

interface Context {
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

const SECTION_TAGS = /^(?:p|h[1-6]|blockquote|aside|pull-quote|ul|ol)$/;
const MARKUP_TAGS = /^(?:a|b|strong|i|em|code|s|del|sub|sup|u|mark)$/;

/** Null where there is no such text. */
export function renderMobiledoc(json: string, place: string, report: Pick<ExportReport, 'leave'>): string | null {
  const document = parse(json);
  if (document === null) return null;
  return document.sections
    .map((section) => (Array.isArray(section) ? showSection(section, document, { place, report }) : ''))
    .join('');
}

/** `[1, tag, markers]`, `[2, address]`, `[3, tag, items]`, `[10, card]`. */
function showSection(section: readonly unknown[], document: Mobiledoc, context: Context): string {
  const [kind, first, second] = section;
  if (kind === 2) return `<figure><img src="${escapeAttribute(String(first))}"></figure>`;
  if (kind === 10) return showCard(document.cards[Number(first)], context);
  const written = String(first).toLowerCase();
  const tag = !SECTION_TAGS.test(written) ? 'p' : /quote|aside/.test(written) ? 'blockquote' : written;
  if (kind === 1) return `<${tag}>${showMarkers(second, document)}</${tag}>`;
  if (kind === 3 && Array.isArray(second)) {
    return `<${tag}>${second.map((item: unknown) => `<li>${showMarkers(item, document)}</li>`).join('')}</${tag}>`;
  }
  return '';
}

/** Each `[kind, opened markups, how many end, text or atom]`. */
function showMarkers(markers: unknown, document: Mobiledoc): string {
  if (!Array.isArray(markers)) return '';
  const open: string[] = [];
  const parts: string[] = [];
  for (const marker of markers) {
    if (!Array.isArray(marker)) continue;
    const [kind, opened, ended, value] = marker as unknown[];
    for (const index of Array.isArray(opened) ? opened : []) {
      const [tag, attributes] = markupOf(document.markups[Number(index)]);
      parts.push(`<${tag}${attributes}>`);
      open.push(tag);
    }
    parts.push(kind === 1 ? showAtom(document.atoms[Number(value)]) : escapeText(String(value ?? '')));
    for (let count = Number(ended) || 0; count > 0 && open.length > 0; count -= 1) parts.push(`</${open.pop()}>`);
  }
  while (open.length > 0) parts.push(`</${open.pop()}>`);
  return parts.join('');
}

/** `[tag, ['href', address, …]]`. */
function markupOf(markup: unknown): readonly [tag: string, attributes: string] {
  const [tag, pairs] = Array.isArray(markup) ? (markup as unknown[]) : [];
  const name = MARKUP_TAGS.test(String(tag).toLowerCase()) ? String(tag).toLowerCase() : 'span';
  const list = Array.isArray(pairs) ? pairs : [];
  const href = list[list.indexOf('href') + 1];
  return [name, name === 'a' && typeof href === 'string' ? ` href="${escapeAttribute(href)}"` : ''];
}

/** `[name, text, payload]`: a break of a line, or a text. */
function showAtom(atom: unknown): string {
  const [name, text] = Array.isArray(atom) ? (atom as unknown[]) : [];
  return name === 'soft-return' ? '<br>' : escapeText(String(text ?? ''));
}

function showCard(card: unknown, context: Context): string {
  const [name, payload] = Array.isArray(card) ? (card as unknown[]) : [];
  const values = typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {};
  const text = String(values.markdown ?? '');
  // The Markdown of a whole post is one card.
  if (/markdown/.test(String(name))) return renderMarkdown(text, { docId: 'note', unused: [] }, false);
  return renderCard(String(name), values, context) ?? '';
}

function parse(json: string): Mobiledoc | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('sections' in value) || !Array.isArray(value.sections))
      return null;
    const list = (name: string): readonly unknown[] => {
      const part = (value as Record<string, unknown>)[name];
      return Array.isArray(part) ? part : [];
    };
    return { markups: list('markups'), atoms: list('atoms'), cards: list('cards'), sections: value.sections };
  } catch {
    return null;
  }
}
