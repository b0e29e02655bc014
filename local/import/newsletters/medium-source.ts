/**
 * Medium's export: a page of HTML for each post, which says in its footer who wrote it, when, and at which address. The
 * guid of Medium's feeds is `https://medium.com/p/` and the post's number. A draft is known by the name of its file.
 */

import { textContent } from 'domutils';
import { isMediumDraft } from '../../../lambda/address/file-name.ts';
import { isAboutPerson } from '../../../lambda/article/source/exports/medium-page.ts';
import { decodeSource } from '../../../lambda/text/source-text.ts';
import { describeFile, type ExportFiles, readWhole } from '../files/export-files.ts';
import {
  type ChildNode,
  type Document,
  type Element,
  findElement,
  findElements,
  hasClass,
  isTag,
  parseMarkup,
  renderMarkup,
  replaceWith,
  unwrap,
} from '../html/markup.ts';
import type { ExportedPost, ExportSource, SourceOptions } from '../model/exported.ts';
import { ImportFailure } from '../model/import-failure.ts';

const POST = /(?:^|\/)posts\/[^/]+\.html$/i;
const POST_BYTES_MAX = 16 * 1024 * 1024;

export async function openMedium(files: ExportFiles, options: SourceOptions): Promise<ExportSource> {
  const names = files.names.filter((name) => POST.test(name));
  return {
    program: 'Medium',
    bases: options.url === null ? [] : [options.url],
    total: names.length,
    site: {
      title: null,
      description: null,
      url: options.url,
      id: null,
      language: null,
      copyright: null,
      // On a domain of one's own at Medium.
      redirects: { '/feed/': '/rss.xml' },
      podcast: null,
    },
    async *posts() {
      for (const name of names) {
        const post = toPost(name, await readWhole(files, name, POST_BYTES_MAX), describeFile(files, name), options);
        if (post !== null) yield post;
      }
    },
    close: async () => {},
  };
}

function toPost(name: string, bytes: Buffer, where: string, { report }: SourceOptions): ExportedPost | null {
  const source = decodeSource(bytes);
  if (source.kind === 'unreadable') {
    throw new ImportFailure(
      `${where}:${source.line}:`,
      `is not valid ${source.encoding} from here on.`,
      'Download the export again.',
    );
  }
  const page = parseMarkup(source.text);
  const file = name.slice(name.lastIndexOf('/') + 1).replace(/\.html$/i, '');
  const body = findElement(page, ({ attribs }) => attribs['data-field'] === 'body');
  if (isAboutPerson(page) || body === null) {
    report.leave('pages that are no posts', file);
    return null;
  }
  const canonical = linkOf(page, 'p-canonical');
  // A text may link to other posts in the same way.
  const footer = findElement(page, ({ name: element }) => element === 'footer');
  const short =
    footer === null
      ? null
      : findElement(footer, ({ attribs }) => /^https:\/\/medium\.com\/p\/[\da-f]+$/.test(attribs.href ?? ''));
  const number = /-([\da-f]{8,14})$/.exec(file)?.[1] ?? /\/p\/([\da-f]+)/.exec(short?.attribs.href ?? '')?.[1] ?? null;
  const time = findElement(page, (element) => hasClass(element, 'dt-published'))?.attribs.datetime ?? null;
  const author = findElement(page, (element) => hasClass(element, 'p-author'));
  const isDraft = isMediumDraft(`posts/${file}.html`) || (time === null && canonical === null);
  const title = textOf(findElement(page, (element) => hasClass(element, 'p-name')));
  const subtitle = textOf(findElement(page, ({ attribs }) => attribs['data-field'] === 'subtitle'));
  const slug = slugOf(canonical, number) || title || file;
  const place = `post ${number ?? file.slice(0, 40)}`;
  if (!isDraft && isLikeResponse(body))
    report.leave('posts of one paragraph, which may be your responses to others: they came in', place);
  return {
    key: `medium ${file}`,
    place,
    kind: 'post',
    held: isDraft ? 'draft' : null,
    id: number === null || isDraft ? null : `https://medium.com/p/${number}`,
    title,
    published: isDraft ? null : time,
    updated: null,
    address: canonical === null || isMediums(canonical) ? null : canonical,
    formerAddresses: [],
    slug,
    authors: author === null ? [] : [{ name: textOf(author), url: author.attribs.href ?? null }],
    categories: [],
    tags: findElements(page, (element) => hasClass(element, 'p-tag') || hasClass(element, 'p-category')).map(textOf),
    image: null,
    summary: subtitle || null,
    language: null,
    html: () => {
      shape(body, title, subtitle);
      return renderMarkup(body.children).trim();
    },
    attachments: [],
    fields: {},
  };
}

/** Medium doesn't say whether a post answers another one. */
function isLikeResponse(body: Element): boolean {
  const parts = findElements(body, (element) => hasClass(element, 'graf') || element.name === 'img');
  return parts.length === 1 && parts[0]?.name === 'p';
}

function textOf(element: Element | null): string {
  return element === null ? '' : textContent(element).replace(/\s+/g, ' ').trim();
}

function linkOf(page: Document, name: string): string | null {
  const href = findElement(page, (element) => hasClass(element, name))?.attribs.href ?? null;
  return href !== null && URL.parse(href) !== null ? href : null;
}

/** At Medium itself, where no other site can be: the post gets an address made of its name. */
function isMediums(address: string): boolean {
  return /(?:^|\.)medium\.com$/.test(new URL(address).hostname);
}

/** `/@name/a-day-at-sea-0a1b2c3d4e5f` → `a-day-at-sea`. */
function slugOf(canonical: string | null, number: string | null): string {
  const last = canonical === null ? '' : (new URL(canonical).pathname.split('/').at(-1) ?? '');
  return number !== null && last.endsWith(`-${number}`) ? last.slice(0, -number.length - 1) : last;
}

/** Sections and boxes of Medium's layout; the title and subtitle that stand at the top once more. */
function shape(body: Element, title: string, subtitle: string): void {
  dropNames(body);
  for (const rule of findElements(body, (element) => hasClass(element, 'section-divider'))) {
    const section = rule.parent;
    const isFirst =
      section === body || (section !== null && isTag(section as ChildNode) && firstSection(body) === section);
    replaceWith(rule, isFirst ? [] : parseMarkup('<hr>').children);
  }
  for (const box of findElements(
    body,
    ({ name, attribs }) => (name === 'section' || name === 'div') && /\bsection(?:-|--|$|\s)/.test(attribs.class ?? ''),
  ))
    unwrap(box);
  for (const heading of findElements(body, ({ name }) => name === 'h3' || name === 'h4')) {
    const isTitle = hasClass(heading, 'graf--title') && textOf(heading) === title;
    const isSubtitle = hasClass(heading, 'graf--subtitle') && textOf(heading) === subtitle;
    if (isTitle || isSubtitle) replaceWith(heading, []);
  }
}

/** Medium names every paragraph; only the names that a link of the text leads to mean something. */
function dropNames(body: Element): void {
  const targets = new Set(
    findElements(body, ({ attribs }) => attribs.href !== undefined).map(({ attribs }) => attribs.href?.split('#')[1]),
  );
  for (const { attribs } of findElements(body, (element) => hasClass(element, 'graf'))) {
    if (attribs.id !== undefined && !targets.has(attribs.id)) delete attribs.id;
    delete attribs.name;
  }
}

function firstSection(body: Element): Element | undefined {
  return body.children.filter(isTag)[0];
}
