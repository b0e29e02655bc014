/**
 * What markdown-it does often and slowly, done quickly and with the same result: a third of its time. Each part stands
 * in for one of its own through a door that it has for this (`State`, `ruler.at`, methods of the instance).
 */

import type { Delimiter, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';

export function quicken(parser: MarkdownIt): void {
  quickenTokens(parser);
  parser.core.ruler.at('normalize', normaliseBreaks);
  parser.inline.ruler.at('text', readText);
  const { linkify } = parser;
  const test = linkify.test.bind(linkify);
  linkify.test = (text) => mayHoldAddress(text) && test(text);
  const normalise = parser.normalizeLink.bind(parser);
  parser.normalizeLink = (address) => (isPlainAddress(address) ? address : normalise(address));
}

/** Its own class defines each field by a call of `Object.defineProperty`, which takes as long as all else it does. */
class PlainToken {
  type: string;
  tag: string;
  nesting: number;
  attrs: [string, string][] | null = null;
  map: [number, number] | null = null;
  level = 0;
  children: Token[] | null = null;
  content = '';
  markup = '';
  info = '';
  meta: unknown = null;
  block = false;
  hidden = false;

  constructor(type: string, tag: string, nesting: number) {
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
  }
}

function quickenTokens({ block, inline, core }: MarkdownIt): void {
  const { Token: OwnToken } = new core.State('', {} as MarkdownIt, {});
  Object.setPrototypeOf(PlainToken.prototype, OwnToken.prototype);
  const createToken = (type: string, tag: string, nesting: number) => new PlainToken(type, tag, nesting) as Token;
  block.State = class extends block.State {
    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token = createToken(type, tag, nesting);
      token.block = true;
      if (nesting < 0) this.level -= 1;
      token.level = this.level;
      if (nesting > 0) this.level += 1;
      this.tokens.push(token);
      return token;
    }
  };
  inline.State = class extends inline.State {
    override pushPending(): Token {
      const token = createToken('text', '', 0);
      token.content = this.pending;
      token.level = this.pendingLevel;
      this.tokens.push(token);
      this.pending = '';
      return token;
    }

    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      if (this.pending !== '') this.pushPending();
      const token = createToken(type, tag, nesting);
      let meta: { readonly delimiters: Delimiter[] } | undefined;
      if (nesting < 0) {
        this.level -= 1;
        this.delimiters = this._prev_delimiters.pop() ?? [];
      }
      token.level = this.level;
      if (nesting > 0) {
        this.level += 1;
        this._prev_delimiters.push(this.delimiters);
        this.delimiters = [];
        meta = { delimiters: this.delimiters };
      }
      this.pendingLevel = this.level;
      this.tokens.push(token);
      this.tokens_meta.push(meta);
      return token;
    }
  };
}

function normaliseBreaks(state: StateCore): void {
  if (/[\r\0]/.test(state.src)) state.src = state.src.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  state.src = withPlainBlanks(state.src);
}

/** Blanks that HTML does not know as such. */
const ODD_BLANK = /[^\S \t\n\v\f\r]/g;
const ODD_BLANKS_MAX = 8;
const BARE_VALUE = /=\s*(?:[^\s"'=<>`]|[^\S \t\n\v\f\r])*/g;

/**
 * For the parser's pattern of a tag an odd blank in a value without quotes ends it, or is a part of it: it tries all
 * combinations, 2^n of n. Where there are more than a few, they become blanks that end it.
 */
export function withPlainBlanks(text: string): string {
  if (text.search(ODD_BLANK) === -1 || !/<[a-z]/i.test(text)) return text;
  let count = 0;
  for (const [value] of text.matchAll(BARE_VALUE)) count += value.match(ODD_BLANK)?.length ?? 0;
  return count <= ODD_BLANKS_MAX ? text : text.replace(BARE_VALUE, (value) => value.replace(ODD_BLANK, ' '));
}

/** The characters at which a rule may begin; text goes on to the next of them. */
const ENDS_TEXT = Uint8Array.from({ length: 128 }, (_, code) =>
  '\n!#$%&*+-:<=>@[\\]^_`{}~'.includes(String.fromCharCode(code)) ? 1 : 0,
);

function readText(state: StateInline, silent: boolean): boolean {
  const { src, posMax, pos: start } = state;
  let pos = start;
  for (; pos < posMax; pos += 1) {
    const code = src.charCodeAt(pos);
    if (code < 128 && ENDS_TEXT[code] === 1) break;
  }
  if (pos === start) return false;
  if (!silent) state.pending += src.slice(start, pos);
  state.pos = pos;
  return true;
}

/** All that is made a link has one of these; most texts have none, and are not searched for the rest. */
function mayHoldAddress(text: string): boolean {
  return text.includes('//') || text.includes('@') || /www\./i.test(text);
}

const PLAIN =
  /^(?:https?:\/\/(?=[^/]{1,250}(?:\/|$))(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?:\/(?:[\w;/?:@&=+$,\-.!~*'()#]|%[\dA-Fa-f]{2})*)?|(?!\/\/)[\w/.~-]+(?:#[\w.~-]*)?)$/;

/** Normalising would change nothing about it. */
function isPlainAddress(address: string): boolean {
  return PLAIN.test(address);
}
