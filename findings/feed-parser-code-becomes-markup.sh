#!/usr/bin/env bash
# @rowanmanning/feed-parser decodes HTML content twice, so code samples become markup.
#
# Software    @rowanmanning/feed-parser 2.1.5 beside feedsmith 3.0.1 (both npm)
# Run on      2026-12-01, Node 20.20
# Input       one post whose text has <code>&lt;b&gt;</code>, as Atom content of type html, escaped and as CDATA, and as
#             content:encoded of RSS.
# Guessed     the content is HTML: what is escaped for XML is decoded once, and the references in the HTML stay.
# Happens     the references of the HTML are decoded too, in all three: <p>Type <code><b></code> for bold.</p>
#             Whoever shows that shows an empty piece of code and the rest of the post in bold. feedsmith keeps them.
# Matters     a publisher can't write it so that both are right: escaped once more, every other reader would show &lt;b&gt;
#             to people. A program that stands on it has to take the texts from elsewhere.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm @rowanmanning/feed-parser@2.1.5 feedsmith@3.0.1

cat > read.mjs <<'JS'
import { parseFeed } from '@rowanmanning/feed-parser';
import { parseAtomFeed } from 'feedsmith';

const HTML = '<p>Type <code>&lt;b&gt;</code> for bold.</p>';
const escaped = HTML.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cdata = `<![CDATA[${HTML}]]>`;
const atom = (content) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><id>tag:tides.example,2026:a</id>
<updated>2026-03-05T08:00:00Z</updated><author><name>Ann Reed</name></author><entry><title>Bold</title>
<id>tag:tides.example,2026:b</id><updated>2026-03-05T08:00:00Z</updated><link href="https://tides.example/bold/"/>
<content type="html">${content}</content></entry></feed>`;
const rss = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tides</title>
<link>https://tides.example/</link><description>Tides</description><item><title>Bold</title>
<link>https://tides.example/bold/</link><content:encoded>${cdata}</content:encoded></item></channel></rss>`;

const asked = {
  escaped: () => parseFeed(atom(escaped)).items[0].content,
  cdata: () => parseFeed(atom(cdata)).items[0].content,
  rss: () => parseFeed(rss).items[0].content,
  feedsmith: () => parseAtomFeed(atom(escaped)).entries[0].content.value,
};
console.log(asked[process.argv[2]]());
JS

bold='<p>Type <code><b></code> for bold.</p>'
expect 'Atom, escaped' "$bold" "$(node read.mjs escaped)"
expect 'Atom, CDATA' "$bold" "$(node read.mjs cdata)"
expect 'content:encoded of RSS' "$bold" "$(node read.mjs rss)"
expect 'Atom, escaped, by feedsmith' '<p>Type <code>&lt;b&gt;</code> for bold.</p>' "$(node read.mjs feedsmith)"
finish
