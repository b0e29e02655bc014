#!/usr/bin/env bash
# The xml:base of one entry's content moves the links of all entries after it to another site.
#
# Software    feedparser 6.0.14 (PyPI)
# Run on      2026-11-30, Python 3.11
# Input       an Atom feed with absolute links in the feed and in its first entry. The content of that entry has an
#             xml:base, since it was written for another site. The second entry has the link "/second/" and a picture
#             "sketch.png".
# Guessed     feedparser resolves the addresses in that content against its base, and forgets the base at its end.
# Happens     when it is given the text alone, it never goes back: there was no base before, and an empty one is not
#             restored. The second entry belongs to the other site from then on:
#               link      https://else.example/second/
#               picture   https://else.example/archive/sketch.png
#             When it is told where the text came from (content-location), both are right.
# Matters     many programs fetch a feed themselves and hand over the text. A publisher who writes absolute addresses
#             everywhere, and no xml:base inside entries, is read alike by all.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip feedparser==6.0.14

cat > feed.xml <<'XML'
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Tide notes</title>
  <id>tag:tides.example,2026:feed</id>
  <updated>2026-03-05T08:00:00Z</updated>
  <author><name>Ann Reed</name></author>
  <link href="https://tides.example/"/>
  <entry>
    <title>First</title>
    <id>tag:tides.example,2026:first</id>
    <updated>2026-03-05T08:00:00Z</updated>
    <link href="https://tides.example/first/"/>
    <content type="html" xml:base="https://else.example/archive/">&lt;img src="map.png"&gt;</content>
  </entry>
  <entry>
    <title>Second</title>
    <id>tag:tides.example,2026:second</id>
    <updated>2026-03-04T08:00:00Z</updated>
    <link href="/second/"/>
    <content type="html">&lt;img src="sketch.png"&gt;</content>
  </entry>
</feed>
XML

ask() {
  python -c "
import feedparser
text = open('feed.xml').read()
alone = feedparser.parse(text).entries
placed = feedparser.parse(text, response_headers={'content-location': 'https://tides.example/atom.xml'}).entries
print($1)"
}

expect 'picture of the first' '<img src="https://else.example/archive/map.png" />' "$(ask 'alone[0].content[0].value')"
expect 'link of the second' https://else.example/second/ "$(ask 'alone[1].link')"
expect 'picture of the second' '<img src="https://else.example/archive/sketch.png" />' "$(ask 'alone[1].content[0].value')"
expect 'link of the second, place known' https://tides.example/second/ "$(ask 'placed[1].link')"
expect 'picture of the second, place known' '<img src="https://tides.example/sketch.png" />' \
  "$(ask 'placed[1].content[0].value')"
finish
