#!/usr/bin/env bash
# A withdrawn entry gives its link to the whole feed.
#
# Software    feedparser 6.0.14 (PyPI)
# Run on      2026-11-30, Python 3.11
# Input       an Atom feed with a tombstone (at:deleted-entry of RFC 6721) that has a link. An element of an extension
#             may have children (RFC 4287, 6.4.2). The feed has an alternate link of its own, before the tombstone.
# Guessed     feedparser doesn't know the element, so it leaves it out with all that is in it.
# Happens     the element is left out, its children aren't: the link is counted as the feed's, and the last one wins.
#               feed.link    https://tides.example/withdrawn/
#               at_comment   Withdrawn on request     (a field of the feed)
#             The entries are right.
# Matters     a reader that stands on feedparser shows the address of the page that was taken down as the home page of
#             the publication. A publisher writes tombstones without links.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip feedparser==6.0.14

cat > feed.xml <<'XML'
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
  <title>Tide notes</title>
  <id>tag:tides.example,2026:feed</id>
  <updated>2026-03-05T08:00:00Z</updated>
  <author><name>Ann Reed</name></author>
  <link href="https://tides.example/"/>
  <at:deleted-entry ref="tag:tides.example,2026:withdrawn" when="2026-03-05T08:00:00Z">
    <at:comment>Withdrawn on request</at:comment>
    <link href="https://tides.example/withdrawn/"/>
  </at:deleted-entry>
  <entry>
    <title>Low water</title>
    <id>tag:tides.example,2026:low-water</id>
    <updated>2026-03-04T08:00:00Z</updated>
    <link href="https://tides.example/low-water/"/>
    <content>Low water at six.</content>
  </entry>
</feed>
XML

ask() { python -c "import feedparser; read = feedparser.parse(open('feed.xml').read()); print($1)"; }

expect 'link of the feed' https://tides.example/withdrawn/ "$(ask 'read.feed.link')"
expect 'comment of the tombstone, as a field of the feed' 'Withdrawn on request' "$(ask 'read.feed.at_comment')"
expect 'link of the entry' https://tides.example/low-water/ "$(ask 'read.entries[0].link')"
expect 'entries' 1 "$(ask 'len(read.entries)')"
finish
