/**
 * HTML as Markdown, block by block. Each block is rendered back by the publisher's own parser. A block that does not
 * come out the same stays HTML, so nothing is lost whatever the converter does.
 */

import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown as writeMarkdown } from 'mdast-util-to-markdown';
import { renderContent } from '../../../lambda/article/content.ts';
import type { Site } from '../../../lambda/model/site.ts';
import type { Converted } from '../model/exported.ts';
import { protectSigns } from './clean.ts';
import { type ChildNode, isBlank, isTag, isText, parseMarkup, renderMarkup } from './markup.ts';

interface Place {
  readonly site: Site;
  readonly key: string;
}

/** Elements that Markdown has signs for; a block with any other in it stays HTML. */
const SAYABLE =
  /^(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|i|b|a|img|br|hr|del|s|table|thead|tbody|tr|th|td)$/;

/** Null where the text reads the same only as a file of HTML. */
export function toMarkdown(html: string, place: Place): Converted | null {
  const blocks = blocksOf(html);
  let kept = 0;
  const parts = blocks.map((block) => {
    const markdown = convert(block, place);
    if (markdown === null) kept += 1;
    return markdown ?? keep(block);
  });
  const text = joinBlocks(parts);
  // Two blocks may mean another thing side by side than each alone.
  if (isSame(html, text, place)) return { text, blocks: blocks.length, kept };
  const whole = joinBlocks(blocks.map(keep));
  return isSame(html, whole, place) ? { text: whole, blocks: blocks.length, kept: blocks.length } : null;
}

/** The elements at the top, and the texts between them as paragraphs of their own. */
function blocksOf(html: string): readonly string[] {
  const blocks: ChildNode[][] = [];
  let isOpen = false;
  for (const node of parseMarkup(html).children) {
    if (isText(node) && isBlank(node)) {
      if (isOpen) blocks.at(-1)?.push(node);
      continue;
    }
    const isBlock = (isTag(node) && BLOCKS.test(node.name)) || node.type === 'comment';
    if (isBlock || !isOpen) blocks.push([node]);
    else blocks.at(-1)?.push(node);
    isOpen = !isBlock;
  }
  return blocks.map((nodes) => protectSigns(renderMarkup(nodes).trim()));
}

const BLOCKS =
  /^(?:address|article|aside|audio|blockquote|center|details|div|dl|fieldset|figure|footer|h[1-6]|header|hr|iframe|nav|ol|p|pre|section|table|ul|video)$/;

/** Null for what Markdown can't say, or what would not read the same. */
function convert(block: string, place: Place): string | null {
  if (block === '<!--more-->') return block;
  const names = [...block.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name.toLowerCase());
  if (!names.every((name) => SAYABLE.test(name))) return null;
  const written = write(block);
  return written !== '' && isSame(block, written, place) ? written : null;
}

function write(block: string): string {
  const tree = toMdast(fromHtml(block, { fragment: true }), { document: true });
  return writeMarkdown(tree as Parameters<typeof writeMarkdown>[0], {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: '-',
    rule: '-',
    emphasis: '*',
    listItemIndent: 'one',
    resourceLink: true,
  }).trim();
}

/** An empty line would end a block of HTML, and a line that begins with a tag is one from there on. */
function keep(block: string): string {
  const whole = /^<(?:pre|script|style|textarea)\b/i.test(block) ? block : block.replace(/\n\s*\n/g, '\n');
  if (/\n\s*\n/.test(whole)) return whole.replace(/\n(?=\s*\n)/g, '&#10;');
  return /^<(?:a|img|em|strong|span|b|i|code|audio|video|iframe|sub|sup|kbd|mark|abbr|br)\b|^[^<]/i.test(whole)
    ? `<div>${whole}</div>`
    : whole;
}

/** Two lists side by side would be one. */
function joinBlocks(parts: readonly string[]): string {
  return parts
    .map((part, index) => {
      const before = parts[index - 1] ?? '';
      const isList = (text: string) => /^(?:[-*+]|\d+[.)])\s/.test(text);
      return index > 0 && isList(part) && isList(before) ? `<!-- -->\n\n${part}` : part;
    })
    .join('\n\n');
}

/** Whether a reader would be given the same. */
function isSame(html: string, markdown: string, { site, key }: Place): boolean {
  const context = { key, site, articleUrl: site.url };
  const wanted = renderContent({ kind: 'html', text: html, firstLine: 1 }, context);
  const given = renderContent({ kind: 'markdown', text: markdown, firstLine: 1 }, context);
  return normalise(wanted.html) === normalise(given.html) && (wanted.teaser === null) === (given.teaser === null);
}

/** White space between blocks means nothing, and neither do other names of the same emphasis. Preformatted text stays. */
function normalise(html: string): string {
  return html
    .split(/(<pre\b[\s\S]*?<\/pre>)/)
    .map((part) => (part.startsWith('<pre') ? part : normaliseFlow(part)))
    .join('');
}

const BLOCK_TAGS = 'p|h[1-6]|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|hr|figure|div|section';
const AFTER_TAG = new RegExp(`(</?(?:${BLOCK_TAGS})\\b[^>]*>)\\s+`, 'g');
const BEFORE_TAG = new RegExp(`\\s+(</?(?:${BLOCK_TAGS})\\b)`, 'g');

function normaliseFlow(html: string): string {
  return html
    .replace(/<(\/?)b>/g, '<$1strong>')
    .replace(/<(\/?)i>/g, '<$1em>')
    .replace(AFTER_TAG, '$1')
    .replace(BEFORE_TAG, '$1')
    .replace(/\s*<br>\s*/g, '<br>')
    .replace(/[ \t\n]+/g, ' ')
    .trim();
}
