/**
 * WordPress' shortcodes, which stay in the text of its exports: a caption becomes a figure's, a video's address stays,
 * a gallery names pictures that only WordPress knows.
 */

import { escapeAttribute, escapeText } from '../../../text/characters.ts';
import type { ContentSource } from '../../html/context.ts';
import type { BodyText, Edit } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';

type Kind = ContentSource['kind'];

export const shortcodes: Dialect = {
  name: 'shortcodes of WordPress',
  applies: (text) => /\[(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery|code|sourcecode)\b/.test(text),
  expand: (body) => {
    showListings(body);
    body.replace(ESCAPED, ([, shortcode]) => `[${shortcode}]`);
    body.replace(SHORTCODE, ([, captioned, address]) => {
      if (captioned !== undefined) return showCaption(captioned.trim(), body.kind);
      if (address === undefined) return '';
      return body.kind === 'html' ? `<p><a href="${address}">${address}</a></p>` : `<${address}>`;
    });
  },
};

const SHORTCODE =
  /\[(?:wp_)?caption\b[^[\]\n]{0,500}\]((?:(?!\[(?:wp_)?caption\b).){0,5000}?)\[\/(?:wp_)?caption\]|\[(?:embed|youtube|vimeo|audio|video)\b[^[\]\n]{0,200}?(?<!\s)(?:\s{1,100}|\s{0,100}[\]=]\s{0,100})["']?(?=(https?:\/\/[^\s"'\]<>[]{1,2000}))\2["']?(?:[^[\]\n]{0,200}\]|(?=\[\/))(?:\[\/\w+\])?|\[gallery\b[^[\]\n]{0,500}\]/gs;

/** Programs that make Markdown of an export take a shortcode for text that looks like a link. */
const ESCAPED = /\\\[(\/?(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery)\b[^[\]\n]{0,500}?)\\\]/g;

const LISTING = /\[(code|sourcecode)(?:[ \t=][^[\]\n]{0,200})?\](?!\()/g;

/** `[sourcecode language="css"] … [/sourcecode]`; without an end it is text. */
function showListings(body: BodyText): void {
  const { text, kind } = body;
  if (!/\[\/(?:code|sourcecode)\]/.test(text)) return;
  const edits: Edit[] = [];
  /** Of those that have no end from here on, each is searched once. */
  const endless = new Set<string>();
  for (const { 0: opener, 1: name = '', index: start } of body.matches(LISTING)) {
    if (start < (edits.at(-1)?.end ?? 0) || endless.has(name)) continue;
    const close = `[/${name}]`;
    const codeEnd = text.indexOf(close, start);
    if (codeEnd === -1) {
      endless.add(name);
      continue;
    }
    const language = /(?:lang(?:uage)?\s*=|=)\s*["']?([\w+#-]+)/.exec(opener)?.[1] ?? '';
    const listed = showListing(text.slice(start + opener.length, codeEnd), language, kind);
    edits.push({ start, end: codeEnd + close.length, text: listed });
  }
  body.edit(edits, true);
}

function showListing(written: string, language: string, kind: Kind): string {
  const code = written.replace(/^[ \t]*\n/, '').trimEnd();
  if (kind === 'html') {
    // An export may have escaped it already.
    const escaped = /&(?:lt|gt|amp|quot|#\d{1,5});/.test(code) ? code.replaceAll('<', '&lt;') : escapeText(code);
    const marked = language && ` class="language-${escapeAttribute(language)}"`;
    return `<pre><code${marked}>${escaped}\n</code></pre>`;
  }
  const longest = Math.max(2, ...[...code.matchAll(/`{3,100}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `\n\n${fence}${language}\n${code}\n${fence}\n\n`;
}

/** The image, with or without a link around it, and the text behind it. */
function showCaption(captioned: string, kind: Kind): string {
  const html = /^((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)(.*)$/is.exec(captioned);
  if (html !== null) return `<figure>${html[1]}<figcaption>${html[2]?.trim()}</figcaption></figure>`;
  const [, image, said = ''] = /^(\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?)(.*)$/s.exec(captioned) ?? [];
  if (image === undefined || kind === 'html' || said.trim() === '') return captioned;
  return `${image}\n*${said.trim()}*`;
}
