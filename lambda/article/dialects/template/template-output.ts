/** What Liquid's `{{ … }}` prints, as far as it can be known without the site that the article was written for. */

import { type Fields, findField } from '../../../model/fields.ts';
import { collapseSpace, escapeAttribute, escapeText } from '../../../text/characters.ts';
import type { ContentContext } from '../../html/context.ts';
import { findVideo } from '../../html/embed.ts';
import type { TemplateTag } from './template-tag.ts';
import { isKnownTag, type Rendering, renderTag } from './template-tags.ts';

/**
 * `{% assign name = "value" %}`, `{% capture name %}value{% endcapture %}`: only plain values are kept. Gives the name
 * that a body has now, be it kept or not.
 */
export function rememberVariable(tag: TemplateTag, body: string | null, variables: Map<string, string>): string | null {
  if (body !== null && /^(?:capture|set)$/.test(tag.name)) {
    const captured = tag.rest.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (!/\{[{%]/.test(body) && body.length <= VALUE_CHARACTERS_MAX) variables.set(captured, body.trim());
    return captured;
  }
  if (tag.name !== 'assign' && tag.name !== 'set') return null;
  const [, name, double, single] = /^([\w.]+)\s*=\s*(?:"([^"]*)"|'([^']*)')\s*$/.exec(tag.rest) ?? [];
  if (name !== undefined) variables.set(name, double ?? single ?? '');
  return null;
}

const VALUE_CHARACTERS_MAX = 100_000;

/** Filters that leave an address or a text what it is. */
const FILTERS_WITHOUT_EFFECT = new Set([
  'url',
  'relative_url',
  'absolute_url',
  'url_for',
  'asset_path',
  'safe',
  'strip',
  'escape',
  'raw',
  'markdownify',
]);

/** Markdown is not read yet: that may take longer than what it shows tells. */
export type Output = Rendering | { readonly markdown: string };

/** `{{ "/a.png" | relative_url }}`, `{{ site.baseurl }}`: what is printed, as far as it can be known here. */
export function renderOutput(
  expression: string,
  variables: ReadonlyMap<string, string>,
  context: ContentContext,
): Output {
  if (expression.startsWith('/*')) return {};
  const [subject = '', ...filters] = expression.split('|').map((part) => part.trim());
  const value = findValue(subject, variables, context);
  const call = parseCall(subject);
  if (call !== null) return renderTag(call, null, context);
  if (value === null) return { leftOut: showOutput(subject) };
  const unknown = filters.find((filter) => !FILTERS_WITHOUT_EFFECT.has(filter) && !/^(?:pre|ap)pend:/.test(filter));
  if (unknown === undefined) {
    const text = applyFilters(value, filters, variables, context);
    return filters.includes('markdownify') ? { markdown: text } : { text: encodeSpaces(text) };
  }
  const [, title] = /^(?:embed|youtube|video)\s*(?::\s*["'](.*)["'])?$/s.exec(unknown) ?? [];
  const video = findVideo(value);
  if (video !== null) return { html: `<a href="${escapeAttribute(video)}">${escapeText(title ?? video)}</a>` };
  const leftOut = showOutput(`… | ${unknown.replace(/:.*/s, '')}`);
  // Better a person's short name than a hole in the sentence.
  return /(?:link|name)$/.test(unknown) && /^[\p{L}\p{N} .'-]+$/u.test(value) ? { text: value, leftOut } : { leftOut };
}

/** `video "https://…" 640 360`: how Go's templates call a function; `image(src="a.png")`: how Zola's do. */
function parseCall(expression: string): TemplateTag | null {
  const [, name = '', goes, rest = goes ?? ''] = /^(\w+)(?:\s+(["'`].*)|(\(.*\)))$/s.exec(expression) ?? [];
  const tag: TemplateTag = { kind: 'output', name, rest, closes: false, start: 0, end: 0 };
  return name !== '' && (goes !== undefined || isKnownTag(tag)) ? tag : null;
}

export function showOutput(expression: string): string {
  return `{{ ${collapseSpace(expression).slice(0, SHOWN_CHARACTERS_MAX)} }}`;
}

const SHOWN_CHARACTERS_MAX = 60;

function applyFilters(
  value: string,
  filters: readonly string[],
  variables: ReadonlyMap<string, string>,
  context: ContentContext,
): string {
  return filters.reduce((text, filter) => {
    const [, which, what = ''] = /^((?:pre|ap)pend):\s*(.*)$/.exec(filter) ?? [];
    const added = which === undefined ? '' : (findValue(what, variables, context) ?? '');
    return which === 'append' ? text + added : added + text;
  }, value);
}

/** A literal, a variable, or one of the values that every site has; null for anything else. */
function findValue(
  subject: string,
  variables: ReadonlyMap<string, string>,
  { site, articleUrl, fields }: ContentContext,
): string | null {
  const [, double, single] = /^(?:"([^"]*)"|'([^']*)')$/.exec(subject) ?? [];
  const literal = double ?? single ?? variables.get(subject);
  if (literal !== undefined) return literal;
  switch (subject.replace(/^\$?\.?(?=site\.|page\.)/i, '').toLowerCase()) {
    case 'site.baseurl':
    case 'site.base_url':
    case 'site.root':
      return '';
    case 'site.url':
    case 'site.github.url':
      return site.url.replace(/\/$/, '');
    case 'site.title':
    case 'site.name':
      return site.title;
    case 'page.url':
    case 'page.permalink':
      return articleUrl;
    default:
      return fields === undefined ? null : ownField(subject, fields);
  }
}

/** `page.image`, `$frontmatter.image`, or `image` alone, as Eleventy has it. */
function ownField(subject: string, fields: Fields): string | null {
  const name = /^(?:page\.|post\.|\$?frontmatter\.)?([a-z][\w-]*)$/i.exec(subject)?.[1];
  const value = name === undefined ? undefined : findField(fields, [name])?.value;
  return typeof value === 'string' && !/\{[{%]/.test(value) ? value : null;
}

/** Blanks would end an address in Markdown; in any other text they are just blanks. */
function encodeSpaces(text: string): string {
  return /^(?:\/|\.|https?:)/i.test(text) ? text.replaceAll(' ', '%20') : text;
}
