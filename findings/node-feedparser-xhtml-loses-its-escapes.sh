#!/usr/bin/env bash
# XHTML content comes out as markup that says something else.
#
# Software    feedparser 2.6.0 (npm; not the Python library of that name)
# Run on      2026-11-30, Node 20
# Input       an Atom entry with content type="xhtml": an example of code with the text <b>, once escaped and once in
#             CDATA, an attribute with quotation marks in it, and a line break.
# Guessed     all parsers write the element out as it went in, so that text which looks like a tag stays text.
# Happens     it is put together from names and texts, and nothing is escaped again:
#               <code><b></code> <code><b></code>         (an example of code has become two open tags)
#               <abbr title="the "ebb"">ebb</abbr>        (the attribute ends early)
#               tide<br></br>table                        (an HTML parser makes two line breaks of it)
#             With type="html" the same content comes out right.
# Matters     articles about code lose their examples, and all text after them may be bold. A publisher whose articles
#             hold code writes content as type="html".
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm feedparser@2.6.0

cat > read.mjs <<'JS'
import { Readable } from 'node:stream';
import FeedParser from 'feedparser';

const inner =
  '<p><code>&lt;b&gt;</code> <code><![CDATA[<b>]]></code> <abbr title="the &quot;ebb&quot;">ebb</abbr> tide<br/>table</p>';
const html = inner.replace('<![CDATA[<b>]]>', '&lt;b&gt;').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const contents = {
  xhtml: `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${inner}</div></content>`,
  html: `<content type="html">${html}</content>`,
};
const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tide notes</title><id>tag:tides.example,2026:feed</id>
  <updated>2026-03-05T08:00:00Z</updated><author><name>Ann Reed</name></author>
  <entry><title>Code</title><id>tag:tides.example,2026:code</id><updated>2026-03-05T08:00:00Z</updated>
  <link href="https://tides.example/code/"/>${contents[process.argv[2]]}</entry></feed>`;

const parser = Readable.from([feed]).pipe(new FeedParser());
for await (const entry of parser) console.log(entry.description);
JS
node read.mjs xhtml > xhtml.txt
node read.mjs html > html.txt

expect 'code, escaped and in CDATA' yes "$(has_text '<code><b></code> <code><b></code>' xhtml.txt)"
expect 'attribute' yes "$(has_text '<abbr title="the "ebb"">' xhtml.txt)"
expect 'line break' yes "$(has_text 'tide<br></br>table' xhtml.txt)"
expect 'the same as type="html"' yes "$(has_text '<code>&lt;b&gt;</code> <code>&lt;b&gt;</code> <abbr title="the &quot;ebb&quot;">' html.txt)"
finish
