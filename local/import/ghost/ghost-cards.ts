/**
 * Ghost's cards in its HTML, without what only its own page can use: the controls of players, icons, forms. What stays
 * is what the card says, in elements that every reader knows.
 */

import { textContent } from 'domutils';
import {
  type ChildNode,
  createElement,
  type Document,
  type Element,
  findElement,
  findElements,
  hasClass,
  replaceWith,
} from '../html/markup.ts';
import type { ExportReport } from '../model/export-report.ts';

interface CardContext {
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

type Shape = (card: Element, context: CardContext) => readonly ChildNode[] | null;

/** By the class of the card; null leaves it as it is. */
const CARDS: Readonly<Record<string, Shape>> = {
  'kg-audio-card': showSound,
  'kg-video-card': showFilm,
  'kg-bookmark-card': showBookmark,
  'kg-callout-card': showCallout,
  'kg-toggle-card': showToggle,
  'kg-file-card': showFile,
  'kg-button-card': showButton,
  'kg-product-card': showProduct,
  'kg-header-card': showHeader,
  'kg-cta-card': showCallToAction,
  'kg-signup-card': dropForm,
  'kg-email-card': dropMail,
  'kg-email-cta-card': dropMail,
};

export function shapeCards(root: Document, context: CardContext): void {
  for (const card of findElements(root, ({ attribs }) => /\bkg-[a-z-]+-card\b/.test(attribs.class ?? ''))) {
    const kind = Object.keys(CARDS).find((name) => hasClass(card, name));
    const shown = kind === undefined ? null : (CARDS[kind]?.(card, context) ?? null);
    if (shown !== null) replaceWith(card, shown);
  }
}

function part(card: Element, name: string): Element | null {
  return findElement(card, (element) => hasClass(element, name));
}

function said(element: Element | null): string {
  return element === null ? '' : textContent(element).replace(/\s+/g, ' ').trim();
}

function element(card: Element, tag: string): Element | null {
  return findElement(card, ({ name }) => name === tag);
}

function caption(...parts: readonly (readonly (ChildNode | string)[])[]): Element[] {
  const children = parts
    .filter((each) => each.length > 0)
    .flatMap((each, index) => (index === 0 ? each : [' ', ...each]));
  return children.length === 0 ? [] : [createElement('figcaption', {}, children)];
}

function captionOf(card: Element): readonly ChildNode[] {
  return element(card, 'figcaption')?.children ?? [];
}

function showSound(card: Element): readonly ChildNode[] | null {
  const source = element(card, 'audio')?.attribs.src;
  if (source === undefined) return null;
  const title = said(part(card, 'kg-audio-title'));
  return [
    createElement('figure', {}, [
      createElement('audio', { controls: '', src: source }),
      ...caption(title === '' ? [] : [title]),
    ]),
  ];
}

function showFilm(card: Element): readonly ChildNode[] | null {
  const video = element(card, 'video');
  if (video === null || video.attribs.src === undefined) return null;
  const { src, poster, width, height } = video.attribs;
  const thumbnail = card.attribs['data-kg-custom-thumbnail'] ?? card.attribs['data-kg-thumbnail'];
  // Ghost puts an empty picture from elsewhere into `poster`, and shows the thumbnail by its style.
  const still = thumbnail ?? (poster?.includes('img.spacergif.org') ? undefined : poster);
  const attributes = {
    controls: '',
    src,
    ...(still !== undefined && { poster: still }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
  return [createElement('figure', {}, [createElement('video', attributes), ...caption(captionOf(card))])];
}

function showBookmark(card: Element): readonly ChildNode[] | null {
  const href = element(card, 'a')?.attribs.href;
  if (href === undefined) return null;
  const title = said(part(card, 'kg-bookmark-title')) || href;
  const description = said(part(card, 'kg-bookmark-description'));
  const from = [said(part(card, 'kg-bookmark-author')), said(part(card, 'kg-bookmark-publisher'))].filter(
    (text) => text !== '',
  );
  return [
    createElement('figure', {}, [
      createElement('p', {}, [
        createElement('a', { href }, [title]),
        ...(from.length === 0 ? [] : [` (${from.join(', ')})`]),
      ]),
      ...(description === '' ? [] : [createElement('p', {}, [description])]),
      ...caption(captionOf(card)),
    ]),
  ];
}

function showCallout(card: Element): readonly ChildNode[] | null {
  const text = part(card, 'kg-callout-text');
  if (text === null) return null;
  const emoji = said(part(card, 'kg-callout-emoji'));
  const hasBlocks = text.children.some((node) => 'name' in node && /^(?:p|ul|ol|div|h[1-6])$/.test(node.name));
  const lead = emoji === '' ? [] : [`${emoji} `];
  const inner = hasBlocks
    ? [...(emoji === '' ? [] : [createElement('p', {}, [emoji])]), ...text.children]
    : [createElement('p', {}, [...lead, ...text.children])];
  return [createElement('aside', {}, inner)];
}

function showToggle(card: Element): readonly ChildNode[] | null {
  const content = part(card, 'kg-toggle-content');
  const heading = part(card, 'kg-toggle-heading-text');
  if (content === null || heading === null) return null;
  return [createElement('details', {}, [createElement('summary', {}, heading.children), ...content.children])];
}

function showFile(card: Element): readonly ChildNode[] | null {
  const href = element(card, 'a')?.attribs.href;
  if (href === undefined) return null;
  const name = said(part(card, 'kg-file-card-filename'));
  const size = said(part(card, 'kg-file-card-filesize')).replace(/^•\s*/, '');
  const title = said(part(card, 'kg-file-card-title')) || name || href;
  const facts = [name === title ? '' : name, size].filter((text) => text !== '');
  const about = said(part(card, 'kg-file-card-caption'));
  return [
    createElement('p', {}, [
      createElement('a', { href }, [title]),
      ...(facts.length === 0 ? [] : [` (${facts.join(', ')})`]),
    ]),
    ...(about === '' ? [] : [createElement('p', {}, [about])]),
  ];
}

function showButton(card: Element): readonly ChildNode[] | null {
  const link = element(card, 'a');
  return link?.attribs.href === undefined ? null : [createElement('p', {}, [plainLink(link)])];
}

function plainLink(link: Element): Element {
  return createElement('a', { href: link.attribs.href ?? '' }, [said(link)]);
}

function showProduct(card: Element): readonly ChildNode[] | null {
  const title = said(part(card, 'kg-product-card-title'));
  const image = part(card, 'kg-product-card-image');
  const link = findElement(
    card,
    ({ name, attribs }) => name === 'a' && attribs.href !== undefined && /button/.test(attribs.class ?? ''),
  );
  const stars = findElements(card, (each) => hasClass(each, 'kg-product-card-rating-active')).length;
  return [
    createElement('section', {}, [
      ...(image?.name === 'img' ? [createElement('figure', {}, [image])] : []),
      ...(title === '' ? [] : [createElement('h4', {}, [title])]),
      ...(stars === 0 ? [] : [createElement('p', {}, ['★'.repeat(stars) + '☆'.repeat(Math.max(0, 5 - stars))])]),
      ...(part(card, 'kg-product-card-description')?.children ?? []),
      ...(link === null ? [] : [createElement('p', {}, [plainLink(link)])]),
    ]),
  ];
}

/** A heading over a picture, with a button. */
function showHeader(card: Element, context: CardContext): readonly ChildNode[] | null {
  const heading = findElement(
    card,
    ({ name, attribs }) => /^h[1-6]$/.test(name) || /\bkg-header-card-heading(?!-)/.test(attribs.class ?? ''),
  );
  const below = findElement(card, ({ attribs }) =>
    /\bkg-header-card-sub(?:title|header|heading)\b/.test(attribs.class ?? ''),
  );
  const link = findElement(card, ({ name, attribs }) => name === 'a' && attribs.href !== undefined);
  const image = element(card, 'img');
  if (element(card, 'form') !== null) context.report.leave('forms to subscribe: they need Ghost', context.place);
  return [
    ...(image === null ? [] : [createElement('figure', {}, [image])]),
    ...(heading === null ? [] : [createElement('h2', {}, heading.children)]),
    ...(below === null || below === heading ? [] : [createElement('p', {}, below.children)]),
    ...(link === null ? [] : [createElement('p', {}, [plainLink(link)])]),
  ];
}

function showCallToAction(card: Element): readonly ChildNode[] | null {
  const text = part(card, 'kg-cta-text');
  const link = findElement(card, ({ name, attribs }) => name === 'a' && /\bkg-cta-button\b/.test(attribs.class ?? ''));
  const image = element(card, 'img');
  if (text === null && link === null) return null;
  const sponsor = said(part(card, 'kg-cta-sponsor-label'));
  return [
    createElement('aside', {}, [
      ...(sponsor === '' ? [] : [createElement('p', {}, [sponsor])]),
      ...(image === null ? [] : [createElement('figure', {}, [image])]),
      ...(text?.children ?? []),
      ...(link === null ? [] : [createElement('p', {}, [plainLink(link)])]),
    ]),
  ];
}

function dropForm(_: Element, { place, report }: CardContext): readonly ChildNode[] {
  report.leave('forms to subscribe: they need Ghost', place);
  return [];
}

function dropMail(_: Element, { place, report }: CardContext): readonly ChildNode[] {
  report.leave('parts that were for mails only: they are not imported', place);
  return [];
}

/** A part of a public post that is for members only. */
const GATED = /<!--\s*kg-gated-block:begin\s([\s\S]*?)-->([\s\S]*?)(?:<!--\s*kg-gated-block:end\s*-->|$)/g;

/** The part that everybody could read stays. A part without an end goes to the end of the text. */
export function dropGatedBlocks(html: string, onDropped: (count: number) => void): string {
  let count = 0;
  const open = html.replace(GATED, (_, attributes: string, inner: string) => {
    if (/\bnonMember\s*:\s*true\b/.test(attributes)) return inner;
    count += 1;
    return '';
  });
  if (count > 0) onDropped(count);
  return open;
}
