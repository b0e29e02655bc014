/** The rules of RSS 2.0 (rssboard.org/rss-specification), and the advice of its Best Practices Profile as rules. */

import {
  all,
  attribute,
  checkChildren,
  childrenOf,
  type ElementRules,
  filled,
  plainText,
  says,
} from './element-rules.ts';
import { isLanguage, isMimeType, isRfc822, isWebAddress, isWholeNumber, repeated } from './value-rules.ts';
import type { XmlElement } from './xml-tree.ts';

const NONE = '';
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
const ITUNES = 'http://www.itunes.com/dtds/podcast-1.0.dtd';

const webAddress = says('a web address', isWebAddress);
const date = says('a date of RFC 822 with a year of four digits', isRfc822);
const number = says('a whole number', isWholeNumber);
/** The Profile: a mail address, then the name in brackets. */
const mail = says('a mail address', (text) => /^[^\s@]+@[^\s@]+(?: \(.+\))?$/.test(text));

const [IMAGE_WIDTH_MAX, IMAGE_HEIGHT_MAX] = [144, 400];

const IMAGE: ElementRules = {
  url: { occurs: 'one', check: webAddress },
  title: { occurs: 'one', check: filled },
  link: { occurs: 'one', check: webAddress },
  width: { occurs: 'optional', check: says(`at most ${IMAGE_WIDTH_MAX}`, (text) => Number(text) <= IMAGE_WIDTH_MAX) },
  height: {
    occurs: 'optional',
    check: says(`at most ${IMAGE_HEIGHT_MAX}`, (text) => Number(text) <= IMAGE_HEIGHT_MAX),
  },
  description: { occurs: 'optional', check: plainText },
};

const ITEM: ElementRules = {
  title: { occurs: 'optional', check: plainText },
  link: { occurs: 'optional', check: webAddress },
  description: { occurs: 'optional', check: plainText },
  author: { occurs: 'optional', check: mail },
  category: { occurs: 'any', check: filled },
  comments: { occurs: 'optional', check: webAddress },
  // Of several, readers take the first or the last: the Profile has one.
  enclosure: {
    occurs: 'optional',
    check: all(
      attribute('url', 'a web address', isWebAddress),
      attribute('length', 'a number of bytes', isWholeNumber),
      attribute('type', 'a MIME type', isMimeType),
    ),
  },
  guid: { occurs: 'one', check: checkGuid },
  pubDate: { occurs: 'optional', check: date },
  source: { occurs: 'optional', check: attribute('url', 'a web address', isWebAddress) },
};

const CHANNEL: ElementRules = {
  title: { occurs: 'one', check: filled },
  link: { occurs: 'one', check: webAddress },
  description: { occurs: 'one', check: plainText },
  language: { occurs: 'optional', check: says('a language', isLanguage) },
  copyright: { occurs: 'optional', check: filled },
  managingEditor: { occurs: 'optional', check: mail },
  webMaster: { occurs: 'optional', check: mail },
  pubDate: { occurs: 'optional', check: date },
  lastBuildDate: { occurs: 'optional', check: date },
  category: { occurs: 'any', check: filled },
  generator: { occurs: 'optional', check: filled },
  docs: { occurs: 'optional', check: webAddress },
  cloud: { occurs: 'optional' },
  ttl: { occurs: 'optional', check: number },
  image: { occurs: 'optional', check: (element, place) => checkChildren(element, NONE, IMAGE, place) },
  textInput: { occurs: 'optional' },
  skipHours: { occurs: 'optional' },
  skipDays: { occurs: 'optional' },
  item: { occurs: 'any', check: checkItem },
};

const ROOT: ElementRules = {
  channel: { occurs: 'one', check: (element, place) => checkChildren(element, NONE, CHANNEL, place) },
};

/** The mistakes of an RSS document, each with its place; none when it is valid. */
export function checkRss(root: XmlElement): readonly string[] {
  if (root.name !== 'rss' || root.namespace !== NONE) return ['rss is not the root'];
  const version = root.attributes.get('version');
  // Guids that a show brings along are its author's words: `check` tells which articles have the same.
  const guids = isPodcast(root) ? [] : rssIds(root);
  return [
    ...(version === '2.0' ? [] : [`rss has the version ${version ?? 'none'} and not 2.0`]),
    ...checkChildren(root, NONE, ROOT, 'rss'),
    ...repeated(guids).map((each) => `two items have the guid ${JSON.stringify(each)}`),
    ...checkImage(root),
  ];
}

function checkItem(item: XmlElement, place: string): readonly string[] {
  const hasText = ['title', 'description'].some((name) => childrenOf(item, NONE, name).length > 0);
  const bodies = childrenOf(item, CONTENT, 'encoded').length;
  return [
    ...checkChildren(item, NONE, ITEM, place),
    ...(hasText ? [] : [`${place} has neither a title nor a description`]),
    ...(bodies > 1 ? [`${place} has content:encoded ${bodies} times`] : []),
  ];
}

/** A guid is an address unless it says that it is none. */
function checkGuid(guid: XmlElement, place: string): readonly string[] {
  const link = guid.attributes.get('isPermaLink') ?? 'true';
  if (link !== 'true' && link !== 'false') return [`${place} has an isPermaLink that is neither true nor false`];
  return link === 'true' ? webAddress(guid, place) : filled(guid, place);
}

/** The Profile: the image has the channel's own title and link. */
function checkImage(root: XmlElement): readonly string[] {
  const channel = childrenOf(root, NONE, 'channel')[0];
  const image = channel === undefined ? undefined : childrenOf(channel, NONE, 'image')[0];
  if (channel === undefined || image === undefined) return [];
  return ['title', 'link'].flatMap((name) =>
    childrenOf(image, NONE, name)[0]?.text === childrenOf(channel, NONE, name)[0]?.text
      ? []
      : [`rss/channel/image/${name} is not that of the channel`],
  );
}

/** Whether it is a podcast, whose items may have the guids under which players know them from another host. */
export function isPodcast(root: XmlElement): boolean {
  const channel = childrenOf(root, NONE, 'channel')[0];
  return channel?.children.some(({ namespace }) => namespace === ITUNES) ?? false;
}

/** Guids of the items, in order. */
export function rssIds(root: XmlElement): readonly string[] {
  const channel = childrenOf(root, NONE, 'channel')[0];
  if (channel === undefined) return [];
  return childrenOf(channel, NONE, 'item').map((item) => childrenOf(item, NONE, 'guid')[0]?.text ?? '');
}
