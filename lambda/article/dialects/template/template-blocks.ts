/** Template code that means something around what it encloses: quotations, what is folded away, buttons. */

import { escapeAttribute, escapeText } from '../../../text/characters.ts';
import { renderPhrase } from '../../markdown/markdown.ts';
import { parseArguments, type TagArguments, type TemplateTag } from './template-tag.ts';

export interface Enclosure {
  readonly open: string;
  readonly close: string;
  /** What it is where no end comes. */
  readonly alone: string;
}

/** HTML, not yet sanitised; null for template code that encloses nothing, or that is not known here. */
export function renderEnclosure(tag: TemplateTag): Enclosure | null {
  const name = tag.name.toLowerCase();
  return Object.hasOwn(ENCLOSURES, name) ? (ENCLOSURES[name]?.(parseArguments(tag.rest)) ?? null) : null;
}

/** What a box, a tab or a card is called, in bold; '' where it has no title. */
export function renderTitle({ name, rest }: TemplateTag): string {
  const { positional, named } = parseArguments(rest);
  const isTab = /^tab(?:item)?$/i.test(name);
  const ofBox = /^(?:admonition|notice)$/i.test(name) ? positional[1] : undefined;
  const title = named.title ?? named.header ?? (isTab ? (named.name ?? named.label ?? positional[0]) : ofBox);
  return title?.trim() ? `<strong>${renderPhrase(title.trim())}</strong>` : '';
}

const ENCLOSURES: Readonly<Record<string, (args: TagArguments) => Enclosure>> = {
  blockquote: quote,
  button,
  collapse: fold,
  cta: button,
  details: fold,
  expand: fold,
  quote,
  spoiler: fold,
};

function quote({ positional, named }: TagArguments): Enclosure {
  const by = named.author ?? named.by ?? named.cite ?? named.source ?? '';
  const said = positional.join(' ').trim();
  const cite = (name: string) => name && `<p><cite>${escapeText(name)}</cite></p>`;
  const text = named.text ?? named.quote ?? named.content ?? said;
  return {
    open: `<blockquote>${cite([by, said].filter(Boolean).join(', '))}`,
    close: '</blockquote>',
    alone: text && `<blockquote><p>${renderPhrase(text)}</p>${cite(by)}</blockquote>`,
  };
}

function fold({ positional, named }: TagArguments): Enclosure {
  const title = named.summary ?? named.title ?? positional.join(' ');
  const summary = title.trim() && `<summary>${renderPhrase(title.trim())}</summary>`;
  return { open: `<details>${summary}`, close: '</details>', alone: summary && `<p>${renderPhrase(title.trim())}</p>` };
}

function button({ positional: [first, second], named }: TagArguments): Enclosure {
  const href = named.href ?? named.url ?? named.link ?? named.relref ?? (second === undefined ? first : second) ?? '';
  const text = named.text ?? named.label ?? named.title ?? (second === undefined ? href : first) ?? href;
  const open = `<a href="${escapeAttribute(href)}">`;
  return { open, close: '</a>', alone: href && `${open}${escapeText(text)}</a>` };
}
