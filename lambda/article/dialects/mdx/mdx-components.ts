/** What the components of MDX become: images, players, links; of the others their titles and what they enclose. */

import { escapeAttribute, escapeText, lineBefore } from '../../../text/characters.ts';
import { findVideo, vimeo, youtube } from '../../html/embed.ts';
import { amountOf, countWords, proseIn } from '../../markdown/amount.ts';
import { type JsxTag, plainValue } from '../../markdown/syntax/jsx.ts';
import { endsLine, leaveOut, type Work } from './mdx-work.ts';

/** So many components are waited for at once. */
const OPEN_MAX = 100;

export function renderComponent(work: Work, tag: JsxTag, at: number): string {
  const { imports, leftOut } = work;
  if (tag.closes) return closeComponent(work, tag.name);
  const value = (name: string) => plainValue(tag.attributes[name], imports);
  const source = value('src') ?? value('img') ?? value('image');
  if (source !== null && /image|img|figure|picture|photo/i.test(tag.name)) {
    return `<img src="${escapeAttribute(source)}" alt="${escapeAttribute(value('alt') ?? value('caption') ?? '')}">`;
  }
  const video = value('id') ?? value('videoId') ?? value('youTubeId') ?? value('video');
  if (video !== null && /youtube|vimeo/i.test(tag.name)) return renderPlayer(tag, video, value('title'));
  const href = value('href') ?? value('to');
  const title = value('title') ?? value('label');
  if (tag.selfCloses) {
    if (href !== null) return [linked(href, title ?? href), escapeText(value('description') ?? '')].join(' ').trim();
    leaveOut(leftOut, tag.name, at, sentencesIn(tag, imports));
    return '';
  }
  const links = href !== null && title === null && endsLater(work, tag);
  if (work.open.length < OPEN_MAX) work.open.push({ name: tag.name, close: links ? '</a>' : '' });
  if (links) return `<a href="${escapeAttribute(href)}">`;
  return title === null ? '' : renderTitle(work, href === null ? escapeText(title) : linked(href, title), at, tag.end);
}

export function tellComponents({ body, leftOut }: Work): void {
  for (const [name, { place, prose }] of leftOut) {
    const amount = amountOf(proseIn(prose));
    body.report(
      'template-left-out',
      body.lineAt(place),
      `The component <${name} /> can't be rendered in a feed, so it was left out${amount && `, with ${amount}`}.`,
      'Write what it shows as Markdown or HTML.',
    );
  }
}

const SENTENCE_WORDS_MIN = 3;

/** What its attributes say in several words. */
function sentencesIn({ attributes }: JsxTag, imports: ReadonlyMap<string, string>): string {
  const values = Object.values(attributes).map((written) => plainValue(written, imports) ?? '');
  return values.filter((value) => /\s/.test(value) && countWords(value) >= SENTENCE_WORDS_MIN).join(' ');
}

function closeComponent({ open }: Work, name: string): string {
  const place = open.findLastIndex((component) => component.name === name);
  return place === -1 ? '' : (open.splice(place)[0]?.close ?? '');
}

function endsLater({ text, lastEnds }: Work, { name, end }: JsxTag): boolean {
  const last = lastEnds.get(name) ?? text.lastIndexOf(`</${name}>`);
  lastEnds.set(name, last);
  return last >= end;
}

/** A component that begins a line is a box, a tab or a card; one within a line has a title for the mouse. */
function renderTitle({ text }: Work, title: string, start: number, end: number): string {
  const indent = lineBefore(text, start);
  if (indent?.trim() !== '') return '';
  const shown = `<strong>${title}</strong>`;
  if (!endsLine(text, end)) return `${shown} `;
  // As far in as what it stands above, so that both are parts of one list item, or none is.
  const within = /^\s*?\n([ \t]*)\S/.exec(text.slice(end, end + LINE_CHARACTERS_MAX))?.[1] ?? indent;
  return `\n${within}${shown}\n`;
}

const LINE_CHARACTERS_MAX = 200;

function linked(href: string, text: string): string {
  return `<a href="${escapeAttribute(href)}">${escapeText(text)}</a>`;
}

function renderPlayer(tag: JsxTag, id: string, title: string | null): string {
  const isAddress = /^(?:https?:)?\/\//.test(id);
  const address = isAddress ? (findVideo(id) ?? id) : /vimeo/i.test(tag.name) ? vimeo(id) : youtube(id);
  return linked(address, title ?? address);
}
