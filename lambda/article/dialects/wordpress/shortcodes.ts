/**
 * WordPress' shortcodes, which stay in the text of its exports: a caption becomes a figure's, a video's address stays,
 * a gallery names pictures that only WordPress knows.
 */

import { escapeAttribute, escapeText } from '../../../text/characters.ts';
import type { ContentSource } from '../../html/context.ts';
import { findCode, isInCode } from '../../markdown/code.ts';

const SHORTCODE =
  /\[(?:wp_)?caption\b[^[\]\n]{0,500}\]((?:(?!\[(?:wp_)?caption\b).){0,5000}?)\[\/(?:wp_)?caption\]|\[(?:embed|youtube|vimeo|audio|video)\b[^[\]\n]{0,200}?(?<!\s)(?:\s{1,100}|\s{0,100}[\]=]\s{0,100})["']?(?=(https?:\/\/[^\s"'\]<>[]{1,2000}))\2["']?(?:[^[\]\n]{0,200}\]|(?=\[\/))(?:\[\/\w+\])?|\[gallery\b[^[\]\n]{0,500}\]/gs;

/** Programs that make Markdown of an export take a shortcode for text that looks like a link. */
const ESCAPED = /\\\[(\/?(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery)\b[^[\]\n]{0,500}?)\\\]/g;

/** Code keeps what it shows. */
export function showShortcodes(written: string, kind: ContentSource['kind']): string {
  if (!/\[(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery|code|sourcecode)\b/.test(written)) {
    return BUILDERS.test(written) ? dropBuilders(written, kind) : written;
  }
  const listed = showListings(written, kind);
  const whole = findCode(listed, kind);
  const text = listed.replace(ESCAPED, (escaped, shortcode: string, at: number) =>
    isInCode(whole, at) ? escaped : `[${shortcode}]`,
  );
  const code = text === listed ? whole : findCode(text, kind);
  const shown = text.replace(
    SHORTCODE,
    (written, captioned: string | undefined, address: string | undefined, at: number) => {
      if (isInCode(code, at)) return written;
      if (captioned !== undefined) return showCaption(captioned.trim(), kind);
      if (address === undefined) return '';
      return kind === 'html' ? `<p><a href="${address}">${address}</a></p>` : `<${address}>`;
    },
  );
  return BUILDERS.test(shown) ? dropBuilders(shown, kind) : shown;
}

/** Forms, and the rows, columns and boxes of which programs build pages: `[vc_row]`, `[et_pb_text admin_label="Text"]`. */
const BUILDER =
  /\\?\[\/?(?:(?:vc|et\\?_pb|fusion|su)\\?_[a-z_\\]{1,40}|contact-form-7|wpforms|gravityform)(?:[ \t][^[\]\n]{0,1000}?)?\\?\](?![(:])/g;
const BUILDERS = new RegExp(BUILDER, '');

/** What they enclose stays. */
function dropBuilders(text: string, kind: ContentSource['kind']): string {
  const code = findCode(text, kind);
  return text.replace(BUILDER, (written, at: number) => (isInCode(code, at) ? written : ''));
}

const LISTING = /\[(code|sourcecode)(?:[ \t=][^[\]\n]{0,200})?\](?!\()/g;

/** `[sourcecode language="css"] … [/sourcecode]`; without an end it is text. */
function showListings(text: string, kind: ContentSource['kind']): string {
  if (!/\[\/(?:code|sourcecode)\]/.test(text)) return text;
  const code = findCode(text, kind);
  const parts: string[] = [];
  /** Of those that have no end from here on, each is searched once. */
  const endless = new Set<string>();
  let at = 0;
  for (const { 0: opener, 1: name = '', index } of text.matchAll(LISTING)) {
    if (index < at || endless.has(name) || isInCode(code, index)) continue;
    const close = `[/${name}]`;
    const end = text.indexOf(close, index);
    if (end === -1) {
      endless.add(name);
      continue;
    }
    const language = /(?:lang(?:uage)?\s*=|=)\s*["']?([\w+#-]+)/.exec(opener)?.[1] ?? '';
    parts.push(text.slice(at, index), listing(text.slice(index + opener.length, end), language, kind));
    at = end + close.length;
  }
  return parts.join('') + text.slice(at);
}

function listing(written: string, language: string, kind: ContentSource['kind']): string {
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
function showCaption(captioned: string, kind: ContentSource['kind']): string {
  const html = /^((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)(.*)$/is.exec(captioned);
  if (html !== null) return `<figure>${html[1]}<figcaption>${html[2]?.trim()}</figcaption></figure>`;
  const [, image, said = ''] = /^(\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?)(.*)$/s.exec(captioned) ?? [];
  if (image === undefined || kind === 'html' || said.trim() === '') return captioned;
  return `${image}\n*${said.trim()}*`;
}
