/** A page of a feed in RSS 0.9 to 2.0 or in Atom, with what their usual extensions say. */

import { escapeAttribute, escapeText } from '../../lambda/text/characters.ts';
import { plainText, plainTitle } from '../import/html/markup.ts';
import type { ExportedFile, ExportedImage, ExportedPerson } from '../import/model/exported.ts';
import { elementsOf, textOf, type XmlNode } from '../import/xml/xml-tree.ts';
import type { FeedEntry, FeedPage } from './feed-entry.ts';
import { readDuration, readEpisode, readShow } from './podcast-elements.ts';
import { siteIdOf } from './word-id.ts';

const ATOM = /^http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/)/i;
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
const DUBLIN_CORE = /^http:\/\/purl\.org\/dc\//;
const MEDIA = /^http:\/\/search\.yahoo\.com\/mrss/;
const PLAIN =
  /^(?:|http:\/\/(?:purl\.org\/rss\/1\.0\/|my\.netscape\.com\/rdf\/simple\/0\.9\/|backend\.userland\.com\/rss2?))$/;

/** Null for a document that is no feed. */
export function readXmlFeed(root: XmlNode, address: string | null): FeedPage | null {
  if (root.name === 'feed') return readAtom(root, address);
  if (root.name !== 'rss' && root.name !== 'rdf') return null;
  const channel = elementsOf(root).find(({ name }) => name === 'channel');
  return channel === undefined ? null : readRss(root, channel, address);
}

function readRss(root: XmlNode, channel: XmlNode, address: string | null): FeedPage {
  const plain = (name: string) => elementsOf(channel).find((node) => node.name === name && PLAIN.test(node.namespace));
  const home = textOf(plain('link')).trim() || null;
  const base = baseOf(channel, baseOf(root, home ?? address));
  const items = [...elementsOf(channel), ...elementsOf(root)].filter(({ name }) => name === 'item');
  return {
    format: 'RSS',
    id: null,
    title: plainTitle(textOf(plain('title'))) || null,
    description: plainText(textOf(plain('description'))) || null,
    home,
    self: linkTo(channel, 'self', address),
    language: textOf(plain('language')).trim() || null,
    copyright: plainText(textOf(plain('copyright'))) || null,
    generator: textOf(plain('generator')).trim(),
    older: linkTo(channel, 'prev-archive', address) ?? linkTo(channel, 'next', address),
    entries: items.map((item) => readItem(item, base)),
    siteId: null,
    podcast: readShow(channel),
  };
}

function readItem(item: XmlNode, around: string | null): FeedEntry {
  const plain = (name: string) => elementsOf(item).filter((node) => node.name === name && PLAIN.test(node.namespace));
  const text = (name: string) => textOf(plain(name)[0]).trim();
  const from = (namespace: RegExp | string, name: string) =>
    elementsOf(item).filter(
      (node) =>
        node.name === name &&
        (typeof namespace === 'string' ? node.namespace === namespace : namespace.test(node.namespace)),
    );
  const guid = plain('guid')[0];
  const id = textOf(guid).trim();
  const isPermalink = guid !== undefined && guid.attributes.isPermaLink !== 'false' && /^https?:\/\//.test(id);
  const link =
    text('link') || linkTo(item, 'alternate', around) || item.attributes['rdf:about'] || (isPermalink ? id : '');
  const content = textOf(from(CONTENT, 'encoded')[0]).trim() || xhtmlOf(item);
  const description = text('description');
  const duration = readDuration(item);
  const creators = from(DUBLIN_CORE, 'creator').map((node) => plainText(textOf(node)));
  const atomAuthors = from(ATOM, 'author').flatMap(readPerson);
  const people: readonly ExportedPerson[] =
    creators.length > 0
      ? creators.map((name) => ({ name, url: null }))
      : atomAuthors.length > 0
        ? atomAuthors
        : readMailbox(text('author'));
  const enclosures = plain('enclosure').flatMap((node) =>
    fileOf(node.attributes.url, node.attributes.type, node.attributes.length, around),
  );
  return {
    ...idsOf(textOf(guid)),
    ...titlesOf(plainTitle(text('title')), text('title')),
    link: link === '' ? null : absolute(link, around),
    published:
      text('pubdate') ||
      textOf(from(DUBLIN_CORE, 'date')[0]).trim() ||
      textOf(from(ATOM, 'published')[0]).trim() ||
      null,
    updated: textOf(from(ATOM, 'updated')[0]).trim() || null,
    authors: people,
    tags: distinct([...plain('category'), ...from(DUBLIN_CORE, 'subject')].map((node) => plainText(textOf(node)))),
    content: content === '' ? (description === '' ? null : description) : content,
    summary: content === '' || description === '' ? null : plainText(description),
    base: baseOf(item, link === '' ? around : absolute(link, around)),
    image: imageOf(item, around),
    attachments: enclosures.map((file, index) => (index === 0 ? { ...file, durationSeconds: duration } : file)),
    language: null,
    fields: readEpisode(item),
  };
}

/** XHTML that stands in the item as such. */
function xhtmlOf(item: XmlNode): string {
  const body = elementsOf(item).find(
    ({ name, namespace }) => name === 'body' && namespace === 'http://www.w3.org/1999/xhtml',
  );
  return body === undefined ? '' : inner(body);
}

function readAtom(root: XmlNode, address: string | null): FeedPage {
  const text = (name: string) =>
    textOf(elementsOf(root).find((node) => node.name === name && ATOM.test(node.namespace)));
  const base = baseOf(root, address);
  const feedAuthors = elementsOf(root)
    .filter((node) => node.name === 'author' && ATOM.test(node.namespace))
    .flatMap(readPerson);
  const entries = elementsOf(root)
    .filter((node) => node.name === 'entry' && ATOM.test(node.namespace))
    .map((entry) => readEntry(entry, base, feedAuthors, root.attributes['xml:lang'] ?? null));
  return {
    format: 'Atom',
    id: text('id').trim() || null,
    title: plainTitle(readConstruct(root, 'title').text) || null,
    description: plainText(readConstruct(root, 'subtitle').html) || null,
    home: linkTo(root, 'alternate', base),
    self: linkTo(root, 'self', base),
    language: root.attributes['xml:lang'] ?? null,
    copyright: plainText(readConstruct(root, 'rights').html) || null,
    generator: text('generator').trim(),
    older: linkTo(root, 'prev-archive', base) ?? linkTo(root, 'next', base),
    entries,
    siteId: siteIdOf(entries.map(({ id }) => id)),
    podcast: null,
  };
}

function readEntry(
  entry: XmlNode,
  around: string | null,
  feedAuthors: readonly ExportedPerson[],
  feedLanguage: string | null,
): FeedEntry {
  const base = baseOf(entry, around);
  const own = (name: string) => elementsOf(entry).filter((node) => node.name === name && ATOM.test(node.namespace));
  const text = (name: string) => textOf(own(name)[0]).trim();
  const content = own('content')[0];
  const authors = own('author').flatMap(readPerson);
  const title = readConstruct(entry, 'title');
  const summary = readConstruct(entry, 'summary');
  const link = linkTo(entry, 'alternate', base);
  const published = text('published') || text('issued') || text('created');
  const updated = text('updated') || text('modified');
  const language = content?.attributes['xml:lang'] ?? entry.attributes['xml:lang'] ?? null;
  const related = linkTo(entry, 'related', base);
  const enclosures = own('link').filter(({ attributes }) => attributes.rel === 'enclosure');
  return {
    ...idsOf(textOf(own('id')[0])),
    ...titlesOf(title.type === 'text' ? title.text.replace(/\s+/g, ' ').trim() : plainText(title.html), text('title')),
    link,
    published: published || updated || null,
    ...(published === '' && { isChangeAlone: true }),
    updated: updated || null,
    authors: authors.length > 0 ? authors : feedAuthors,
    tags: distinct(own('category').map(({ attributes }) => attributes.label ?? attributes.term ?? '')),
    content: content === undefined ? (summary.html === '' ? null : summary.html) : readConstruct(entry, 'content').html,
    summary:
      content === undefined || summary.html === ''
        ? null
        : summary.type === 'text'
          ? summary.text.replace(/\s+/g, ' ').trim()
          : plainText(summary.html),
    base:
      content === undefined
        ? (link ?? base)
        : baseOf(
            content,
            content.attributes['xml:base'] === undefined
              ? entry.attributes['xml:base'] === undefined
                ? (link ?? base)
                : base
              : base,
          ),
    image: imageOf(entry, base),
    attachments: enclosures.flatMap(({ attributes }) =>
      fileOf(attributes.href, attributes.type, attributes.length, base, attributes.title),
    ),
    language: language === feedLanguage ? null : language,
    fields: related === null ? {} : { external_url: related },
  };
}

interface Construct {
  readonly type: 'text' | 'html' | 'xhtml';
  /** As it stands. */
  readonly text: string;
  readonly html: string;
}

/** Text constructs of Atom (RFC 4287, 3.1); old `mode="escaped"` is HTML. */
function readConstruct(parent: XmlNode, name: string): Construct {
  const node = elementsOf(parent).find((each) => each.name === name && ATOM.test(each.namespace));
  if (node === undefined) return { type: 'text', text: '', html: '' };
  const { type = 'text', mode } = node.attributes;
  if (/xhtml/i.test(type) && mode !== 'escaped') {
    const division = elementsOf(node).find((child) => child.name === 'div') ?? node;
    return { type: 'xhtml', text: textOf(node), html: inner(division).trim() };
  }
  const text = textOf(node);
  return /html/i.test(type) || mode === 'escaped'
    ? { type: 'html', text, html: text.trim() }
    : { type: 'text', text, html: escapeText(text).trim() };
}

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

/** XHTML as HTML. */
function inner(node: XmlNode): string {
  return node.children
    .map((child) => {
      if (typeof child === 'string') return escapeText(child);
      const attributes = Object.entries(child.attributes)
        .filter(([name]) => !name.startsWith('xmlns'))
        .map(([name, value]) => ` ${name === 'xml:lang' ? 'lang' : name}="${escapeAttribute(value)}"`)
        .join('');
      return VOID.has(child.name)
        ? `<${child.name}${attributes}>`
        : `<${child.name}${attributes}>${inner(child)}</${child.name}>`;
    })
    .join('');
}

function readPerson(node: XmlNode): readonly ExportedPerson[] {
  const part = (name: string) => textOf(elementsOf(node).find((each) => each.name === name)).trim();
  const name = part('name');
  const url = part('uri') || part('url');
  return name === '' ? [] : [{ name, url: /^https?:\/\//.test(url) ? url : null }];
}

/** `mail (Name)`: the mail is left out, and an address alone is no name. */
function readMailbox(text: string): readonly ExportedPerson[] {
  const name = /\(([^()]+)\)\s*$/.exec(text)?.[1] ?? text.replace(/<[^<>]*>/g, '').trim();
  return name === '' || name.includes('@') ? [] : [{ name: plainText(name), url: null }];
}

function linkTo(node: XmlNode, relation: string, base: string | null): string | null {
  const link = elementsOf(node).find(
    ({ name, namespace, attributes }) =>
      name === 'link' &&
      ATOM.test(namespace) &&
      (attributes.rel ?? 'alternate') === relation &&
      attributes.href !== undefined,
  );
  const href = link?.attributes.href?.trim() ?? '';
  return href === '' ? null : absolute(href, base);
}

function baseOf(node: XmlNode, around: string | null): string | null {
  const written = node.attributes['xml:base']?.trim();
  return written === undefined || written === '' ? around : absolute(written, around);
}

function absolute(address: string, base: string | null): string {
  if (base !== null && URL.parse(address, base) !== null)
    return /^https?:\/\//i.test(address) ? address : new URL(address, base).href;
  return address;
}

function fileOf(
  url: string | undefined,
  type: string | undefined,
  length: string | undefined,
  base: string | null,
  title = '',
): readonly ExportedFile[] {
  if (url === undefined || url.trim() === '') return [];
  return [
    {
      url: absolute(url.trim(), base),
      type: type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim() : null,
      lengthBytes: length !== undefined && /^[1-9]\d{0,14}$/.test(length.trim()) ? Number(length) : null,
      durationSeconds: null,
      title: title.trim() || null,
    },
  ];
}

/** The picture that stands for the entry: Media RSS. */
function imageOf(node: XmlNode, base: string | null): ExportedImage | null {
  const media = elementsOf(node).flatMap((each) =>
    each.name === 'group' && MEDIA.test(each.namespace) ? elementsOf(each) : [each],
  );
  const found = media.find(
    ({ name, namespace, attributes }) =>
      MEDIA.test(namespace) &&
      attributes.url !== undefined &&
      ((name === 'content' && (attributes.medium === 'image' || /^image\//.test(attributes.type ?? ''))) ||
        name === 'thumbnail'),
  );
  if (found === undefined) return null;
  const part = (name: string) =>
    textOf(elementsOf(found).find((each) => each.name === name && MEDIA.test(each.namespace)));
  return {
    url: absolute(found.attributes.url ?? '', base),
    alt: null,
    caption: plainText(part('description')) || null,
  };
}

function distinct(labels: readonly string[]): readonly string[] {
  return [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ''))];
}

function idsOf(written: string): Pick<FeedEntry, 'id' | 'writtenId'> {
  const id = written.trim();
  return { id: id || null, ...(id !== '' && id !== written && { writtenId: written }) };
}

function titlesOf(title: string, written: string): Pick<FeedEntry, 'title' | 'writtenTitle'> {
  const onOneLine = written.replace(/\s+/g, ' ').trim();
  return { title, ...(onOneLine !== title && { writtenTitle: onOneLine }) };
}
