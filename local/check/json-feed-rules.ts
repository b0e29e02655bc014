/**
 * Every rule of JSON Feed 1.1 (jsonfeed.org/version/1.1), strictly: what the specification advises a publisher is
 * demanded here, and what it deprecates is refused.
 */

import { isObject } from '../../lambda/text/json.ts';
import { isAddress, isLanguage, isRfc3339, isWebAddress, repeated } from './value-rules.ts';

type Rule = (value: unknown, path: string) => readonly string[];
type Fields = Readonly<Record<string, { readonly rule: Rule; readonly required?: true }>>;

/** The mistakes of a JSON Feed document, each with its place; none when it is valid. */
export function checkJsonFeed(bytes: Uint8Array): readonly string[] {
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb;
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch (error) {
    return [`not JSON: ${String(error)}`];
  }
  return [
    ...(hasByteOrderMark ? ['begins with a byte order mark'] : []),
    ...checkCharacters(text),
    ...object(FEED)(feed, 'feed'),
    ...checkTogether(feed),
  ];
}

const text: Rule = (value, path) => (typeof value === 'string' ? [] : [`${path} is not a string`]);

const filledText: Rule = (value, path) =>
  typeof value === 'string' && value.trim() !== '' ? [] : [`${path} is not a string with something in it`];

const address = says('an absolute address', isAddress);
const webAddress = says('a web address', isWebAddress);
const language = says('a language tag', isLanguage);
const instant = says('an RFC 3339 date', isRfc3339);

const mimeType: Rule = (value, path) =>
  typeof value === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(value) ? [] : [`${path} is not a MIME type`];

const wholeNumber: Rule = (value, path) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? [] : [`${path} is not a number of bytes`];

const seconds: Rule = (value, path) =>
  typeof value === 'number' && value >= 0 ? [] : [`${path} is not a number of seconds`];

const truth: Rule = (value, path) => (typeof value === 'boolean' ? [] : [`${path} is not true or false`]);

const AUTHOR: Fields = { name: { rule: filledText }, url: { rule: address }, avatar: { rule: webAddress } };

const author: Rule = (value, path) => [
  ...object(AUTHOR)(value, path),
  ...(isObject(value) && Object.keys(AUTHOR).some((key) => key in value) ? [] : [`${path} says nothing`]),
];

const HUB: Fields = { type: { rule: filledText, required: true }, url: { rule: webAddress, required: true } };

const ATTACHMENT: Fields = {
  url: { rule: webAddress, required: true },
  mime_type: { rule: mimeType, required: true },
  title: { rule: filledText },
  size_in_bytes: { rule: wholeNumber },
  duration_in_seconds: { rule: seconds },
};

const ITEM: Fields = {
  id: { rule: filledText, required: true },
  url: { rule: webAddress },
  external_url: { rule: webAddress },
  title: { rule: filledText },
  content_html: { rule: text },
  content_text: { rule: text },
  summary: { rule: filledText },
  image: { rule: webAddress },
  banner_image: { rule: webAddress },
  date_published: { rule: instant },
  date_modified: { rule: instant },
  authors: { rule: list(author) },
  tags: { rule: list(filledText) },
  language: { rule: language },
  attachments: { rule: list(object(ATTACHMENT)) },
};

const item: Rule = (value, path) => [
  ...object(ITEM)(value, path),
  ...(isObject(value) && ('content_html' in value || 'content_text' in value)
    ? []
    : [`${path} has neither content_html nor content_text`]),
];

const FEED: Fields = {
  version: {
    rule: (value) => (value === 'https://jsonfeed.org/version/1.1' ? [] : ['feed.version is not that of 1.1']),
    required: true,
  },
  title: { rule: filledText, required: true },
  home_page_url: { rule: webAddress },
  feed_url: { rule: webAddress },
  description: { rule: filledText },
  user_comment: { rule: filledText },
  next_url: { rule: webAddress },
  icon: { rule: webAddress },
  favicon: { rule: webAddress },
  authors: { rule: list(author) },
  language: { rule: language },
  expired: { rule: truth },
  hubs: { rule: list(object(HUB)) },
  items: { rule: list(item), required: true },
};

/** A string that has to be something. */
function says(what: string, isRight: (text: string) => boolean): Rule {
  return (value, path) =>
    typeof value === 'string' && isRight(value) ? [] : [`${path} is not ${what}: ${JSON.stringify(value)}`];
}

function list(rule: Rule): Rule {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((part: unknown, index) => rule(part, `${path}[${index}]`))
      : [`${path} is not a list`];
}

/** An object of known fields; any other is an extension: its name begins with `_` and a letter and has no dot. */
function object(fields: Fields): Rule {
  return (value, path) => {
    if (!isObject(value)) return [`${path} is not an object`];
    const missing = Object.entries(fields).filter(([key, { required }]) => required && !(key in value));
    return [
      ...missing.map(([key]) => `${path}.${key} is missing`),
      ...Object.entries(value).flatMap(([key, part]) => {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        return field === undefined ? extension(key, part, `${path}.${key}`) : field.rule(part, `${path}.${key}`);
      }),
    ];
  };
}

function extension(key: string, value: unknown, path: string): readonly string[] {
  if (!/^_[a-z][^.]*$/i.test(key)) return [`${path} is not a field of JSON Feed 1.1, and no extension`];
  return isObject(value) ? [] : [`${path} is an extension but not an object`];
}

/** The rules that look at more than one value. */
function checkTogether(feed: unknown): readonly string[] {
  if (!isObject(feed)) return [];
  const items = Array.isArray(feed.items) ? feed.items.filter(isObject) : [];
  return [
    ...repeated(items.map(({ id }) => id)).map((id) => `two items have the id ${JSON.stringify(id)}`),
    ...(feed.next_url !== undefined && feed.next_url === feed.feed_url ? ['next_url is feed_url'] : []),
  ];
}

/** A half of a surrogate pair can't be encoded, so a strict parser refuses even its escape (RFC 8259, 8.2). */
function checkCharacters(json: string): readonly string[] {
  const paired = json.replaceAll('\\\\', '').replace(/\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/gi, '');
  return /\\ud[89a-f][\da-f]{2}/i.test(paired) ? ['holds half of a surrogate pair'] : [];
}
