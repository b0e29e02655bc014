/**
 * Directives, as a proposal for Markdown has them and Astro, Docusaurus and Nuxt (MDC) read them: `:kbd[Ctrl]` in a line,
 * `::youtube[Title]{#id}` on one of its own, `::card` … `::` around a text. Boxes with three colons are read with template
 * code, because some protect such code. Hashnode's `%[address]` and Zenn's `@[card](address)` show what is at an address.
 */

import { collapseSpace, escapeAttribute, escapeText } from '../../../text/characters.ts';
import { findVideo, vimeo, youtube } from '../../html/embed.ts';
import { amountOf } from '../../markdown/amount.ts';
import { renderPhrase } from '../../markdown/markdown.ts';
import { type BodyText, type Edit, put } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';

export const directives: Dialect = {
  name: 'directives',
  applies: (text, { kind }) => kind === 'markdown' && MAY_HOLD.test(text),
  expand: (body) => {
    const work: Work = { body, edits: [], containers: new Set(), leftOut: new Set() };
    findContainers(work);
    for (const match of body.matches(DIRECTIVE)) {
      const { index: start, groups = {} } = match;
      const end = start + match[0].length;
      if (start < (work.edits.at(-1)?.end ?? 0)) continue;
      if (groups.address !== undefined) put(work, start, end, showAddress(groups.address));
      else if (groups.card !== undefined) putCard(work, match, groups.card, groups.place ?? '');
      else if (groups.ends !== undefined) {
        if (work.containers.has(start)) put(work, start, end, '');
      } else if (groups.block !== undefined) putBlock(work, match, groups.block);
      else putPhrase(work, match, groups.phrase ?? '');
    }
    body.edit(work.edits);
  },
};

interface Work {
  readonly body: BodyText;
  readonly edits: Edit[];
  /** Where the containers begin that have an end, and where they end. */
  readonly containers: Set<number>;
  readonly leftOut: Set<string>;
}

const MAY_HOLD = /^[ \t]{0,3}(?:::[a-z]|%\[|@\[[a-z]+\]\()|(?<![\w:]):[a-z][\w-]*[[{]/m;

/** A label holds no line break, and brackets one level deep. Attributes hold no braces. */
const LABEL = '\\[(?:[^\\[\\]\\n]|\\[[^\\[\\]\\n]{0,300}\\]){0,500}\\]';
const ATTRIBUTES = '\\{[^{}\\n]{0,500}\\}';
const DIRECTIVE = new RegExp(
  [
    `^[ \\t]{0,3}::(?<block>[a-z][\\w-]*)(?:${LABEL})?(?:${ATTRIBUTES})?[ \\t]*$`,
    '^[ \\t]{0,3}(?<ends>::)[ \\t]*$',
    '^[ \\t]{0,3}%\\[(?<address>https?://[^\\s\\]]{1,2000})\\][ \\t]*$',
    '^[ \\t]{0,3}@\\[(?<card>[a-z]+)\\]\\((?<place>[^\\s()]{1,2000})\\)[ \\t]*$',
    `(?<![\\w:\\\\]):(?<phrase>[a-z][\\w-]*)(?:(?:${LABEL})(?:${ATTRIBUTES})?(?!\\()|${ATTRIBUTES})`,
  ].join('|'),
  'gm',
);

/** A block goes on to a line `::` where text stands right below it, or where nothing else is said of it. */
function findContainers({ body, containers }: Work): void {
  const waiting: { readonly index: number; readonly hasText: boolean }[] = [];
  for (const { 0: written, index, groups = {} } of body.matches(DIRECTIVE)) {
    if (groups.block !== undefined) {
      const isBare = !/[[{]/.test(written);
      const below = body.text.slice(index + written.length, index + written.length + LINE_CHARACTERS_MAX);
      const hasText = /^\n[ \t]*[^\s:]/.test(below);
      if (isBare || hasText) waiting.push({ index, hasText });
    } else if (groups.ends !== undefined) {
      const place = waiting.findLastIndex(({ hasText }) => hasText);
      const [opener] = waiting.splice(place === -1 ? waiting.length - 1 : place);
      if (opener !== undefined) containers.add(opener.index).add(index);
    }
  }
}

const LINE_CHARACTERS_MAX = 100;

/** MDC's properties: YAML between two rulers, right below the opener. */
const PROPERTIES = /\n[ \t]*---[ \t]*\n((?:[^\n]*\n){0,100}?)[ \t]*---[ \t]*(?=\n|$)/y;

function putBlock(work: Work, match: RegExpExecArray, name: string): void {
  const { body, containers } = work;
  const start = match.index;
  const end = start + match[0].length;
  const parts = partsOf(match[0]);
  if (!containers.has(start)) {
    put(work, start, end, showLeaf(work, name, parts, start));
    return;
  }
  PROPERTIES.lastIndex = end;
  const properties = PROPERTIES.exec(body.text);
  const title =
    parts.label || (/^\s*title:\s*(["']?)(.+?)\1\s*$/m.exec(properties?.[1] ?? '')?.[2] ?? parts.values.title);
  put(work, start, end + (properties?.[0].length ?? 0), title ? `\n**${title}**\n` : '');
}

interface Parts {
  readonly label: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

function partsOf(written: string): Parts {
  const bracket = written.indexOf('[');
  const brace = /\{([^{}]*)\}[ \t]*$/.exec(written)?.[1] ?? '';
  const isLabelled = bracket !== -1 && (written.indexOf('{') === -1 || bracket < written.indexOf('{'));
  const label = isLabelled
    ? written.slice(bracket + 1, written.lastIndexOf(']', written.length - brace.length - 1))
    : '';
  const values: Record<string, string> = Object.create(null);
  for (const [, id, name = '', double, single, bare] of brace.matchAll(
    /#([\w-]+)|([\w:-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g,
  )) {
    if (id !== undefined) values.id = id;
    else values[name.replace(/^:/, '')] = double ?? single ?? bare ?? '';
  }
  return { label: label.trim(), values };
}

function showLeaf(work: Work, name: string, { label, values }: Parts, place: number): string {
  const { body } = work;
  const id = values.id ?? values.video ?? values.videoId ?? (/^[\w-]{6,}$/.test(label) ? label : undefined);
  const address = addressOf(name, values, id);
  const source = values.src ?? values.image;
  if (source !== undefined && /image|img|figure|picture|photo/i.test(name)) {
    return block(body, `<img src="${escapeAttribute(source)}" alt="${escapeAttribute(values.alt ?? label)}">`);
  }
  if (address !== null) {
    const shown = label !== '' && label !== id ? renderPhrase(label) : escapeText(values.title ?? address);
    return block(body, `<a href="${escapeAttribute(address)}">${shown}</a>`);
  }
  if (label !== '') return label;
  tell(work, `::${name}`, place, Object.values(values).join(' '));
  return '';
}

function block(body: BodyText, html: string): string {
  return `\n${body.addPiece(html)}\n`;
}

function addressOf(name: string, values: Parts['values'], id: string | undefined): string | null {
  const written = values.url ?? values.href ?? values.link ?? values.to ?? values.src;
  if (written !== undefined) return findVideo(written) ?? written;
  if (/youtube|^yt$/i.test(name)) return id === undefined ? null : youtube(id);
  if (/vimeo/i.test(name)) return id === undefined ? null : vimeo(id);
  const repository = values.repo ?? values.repository;
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  return `https://${/gitlab/i.test(name) ? 'gitlab.com' : 'github.com'}/${repository}`;
}

/** Zenn's `@[card](https://…)`, `@[youtube](id)`: what stands alone on its line. */
function putCard(work: Work, match: RegExpExecArray, kind: string, place: string): void {
  const address = /^https?:/.test(place) ? place : addressOf(kind, {}, place);
  if (address !== null) put(work, match.index, match.index + match[0].length, showAddress(address));
}

function showAddress(address: string): string {
  return `\n<${findVideo(address) ?? address}>\n`;
}

/** Directives that are called as what they become. */
const PHRASES = new Set('abbr b cite code del em i ins kbd mark q s samp small strong sub sup u var'.split(' '));

function putPhrase(work: Work, match: RegExpExecArray, name: string): void {
  const { body } = work;
  const { label, values } = partsOf(match[0]);
  const end = match.index + match[0].length;
  const href = values.href ?? values.url ?? values.to;
  if (label === '') {
    // `:x{y}` may be text; what says attributes is none.
    if (Object.keys(values).length === 0) return;
    tell(work, `:${name}`, match.index, Object.values(values).join(' '));
    put(work, match.index, end, '');
  } else if (PHRASES.has(name)) {
    put(work, match.index, end, body.addPiece(`<${name}>${renderPhrase(label)}</${name}>`));
  } else if (href !== undefined) {
    put(work, match.index, end, body.addPiece(`<a href="${escapeAttribute(href)}">${renderPhrase(label)}</a>`));
  } else put(work, match.index, end, label);
}

const LEFT_OUT_MAX = 100;

function tell({ body, leftOut }: Work, shown: string, place: number, said: string): void {
  if (leftOut.has(shown) || leftOut.size >= LEFT_OUT_MAX) return;
  leftOut.add(shown);
  const words = collapseSpace(said);
  const amount = /\S\s+\S+\s+\S/.test(words) ? amountOf(words) : '';
  body.report(
    'template-left-out',
    body.lineAt(place),
    `The directive ${shown} can't be rendered in a feed, so it was left out${amount && `, with ${amount}`}.`,
    'Write what it shows as Markdown or HTML.',
  );
}
