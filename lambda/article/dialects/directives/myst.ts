/**
 * MyST, the Markdown of Jupyter Book and Sphinx: roles (`` {ref}`the dock <dock>` ``) and directives in fences
 * (` ```{note} Title `). Docusaurus' fence ` ```mdx-code-block ` holds no code either.
 */

import { escapeText } from '../../../text/characters.ts';
import { type BodyText, type Edit, put } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';

export const myst: Dialect = {
  name: 'MyST',
  applies: (text, { kind, mdx }) =>
    kind === 'markdown' && !mdx && /\{[a-z][\w:.+-]*\}`|(?:```|~~~)(?:\{[a-z]|mdx-code-block)|:::\{/.test(text),
  expand: (body) => {
    unwrapFences(body);
    replaceRoles(body);
    body.replace(OPTIONS, ([, opener = '']) => opener);
  },
};

/** What boxes with colons are set by: `:class: dropdown`. */
const OPTIONS = /^([ \t]*:{3,}\{[\w:-]+\}[^\n]*)(?:\n[ \t]*:[\w-]+:[^\n]*){1,20}/gm;

const ROLE = /(?<![\w\\`])\{([a-z][\w:.+-]*)\}(`+)([^`\n]{1,500}(?:\n[^`\n]{1,500})?)\2/g;
const ELEMENTS = new Set(['abbr', 'kbd', 'sub', 'sup', 'samp']);
/** Their text is code, or a formula. */
const VERBATIM = /^(?:code|command|envvar|file|guilabel|literal|option|program|py:.*|c:.*|cpp:.*|js:.*)$/;

function replaceRoles(body: BodyText): void {
  body.replace(ROLE, ([, name = '', , written = '']) => {
    const text = written.trim();
    const said = /^(.+?)\s*<[^<>]+>$/s.exec(text)?.[1] ?? text.replace(/^[~!]/, '');
    const element = /^(?:subscript|sub)$/.test(name) ? 'sub' : /^superscript$/.test(name) ? 'sup' : name;
    if (ELEMENTS.has(element)) return body.addPiece(`<${element}>${escapeText(said)}</${element}>`);
    if (name === 'math') return body.addPiece(escapeText(`$${text}$`));
    return VERBATIM.test(name) ? `\`${said}\`` : said;
  });
}

/** Directives whose contents are text. */
const TEXT =
  /^(?:admonition|attention|caution|danger|dropdown|epigraph|error|exercise|hint|important|margin|note|pull-quote|seealso|sidebar|solution|tip|topic|versionadded|versionchanged|deprecated|warning|card|grid|grid-item|tab-set|tab-item|div|prf:\w+|theorem|proof)$/;
const SHOWN_BY_KIND = /^(?:attention|caution|danger|error|hint|important|note|seealso|tip|warning)$/;
/** Lists that a site makes. */
const MADE = /^(?:contents|toctree|tableofcontents|bibliography|index|listoffigures)$/;

const FENCE =
  /^([ \t]*)(`{3,}|~{3,})(?:\{([a-z][\w:.-]*)\}[ \t]*([^\n]*)|mdx-code-block[ \t]*)\n([\s\S]*?)(?:\n[ \t]*)?\2[`~]*[ \t]*\n?$/;

function unwrapFences(body: BodyText): void {
  const work: { readonly edits: Edit[] } = { edits: [] };
  for (const { start, end } of body.code) {
    const [, indent = '', fence = '', name, argument = '', inner = ''] = FENCE.exec(body.text.slice(start, end)) ?? [];
    if (inner === '' && argument === '') continue;
    const shown = name === undefined ? inner : showDirective({ fence, name, argument: argument.trim(), inner });
    if (shown !== null) put(work, start, end, `${indent}${shown}\n`);
  }
  body.edit(work.edits, true);
}

const CODE = /^(?:code|code-block|code-cell|sourcecode|ipython3?|prompt)$/;

interface Fence {
  readonly fence: string;
  readonly name: string;
  readonly argument: string;
  readonly inner: string;
}

/** Null where it is code like any other. */
function showDirective({ fence, name, argument, inner }: Fence): string | null {
  if (MADE.test(name)) return '';
  const text = inner.replace(
    /^(?:[ \t]*:[\w-]+:[^\n]*(?:\n|$))+|^[ \t]*---[ \t]*\n[\s\S]{0,2000}?\n[ \t]*---[ \t]*(?:\n|$)/,
    '',
  );
  if (name === 'figure' || name === 'image') {
    const alt = /^[ \t]*:alt:[ \t]*([^\n]*)/m.exec(inner)?.[1]?.trim() ?? '';
    const image = `![${alt.replace(/[[\]]/g, '')}](<${argument.replace(/[<>]/g, '')}>)`;
    return text.trim() === '' ? image : `${image}\n\n${text}`;
  }
  if (CODE.test(name))
    return `${fence}${/^[\w+#.-]*/.exec(argument)?.[0] ?? ''}\n${text.replace(/^\s*\n/, '').trimEnd()}\n${fence}`;
  if (!TEXT.test(name)) return null;
  const kind = SHOWN_BY_KIND.test(name) ? `${name[0]?.toUpperCase()}${name.slice(1)}` : '';
  const title = argument || (name === 'seealso' ? 'See also' : kind);
  return `\n${title === '' ? '' : `**${title}**\n\n`}${text}\n`;
}
