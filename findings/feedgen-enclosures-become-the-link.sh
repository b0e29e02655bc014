#!/usr/bin/env bash
# feedgen forgets what its Atom links are for, so an entry's sound is taken for its page.
#
# Software    feedgen 1.0.0, read back by feedparser 6.0.14 (both PyPI)
# Run on      2026-11-30, Python 3.11
# Input       one entry with a page, an enclosure, and a related link, all given by feedgen's own functions.
# Guessed     Atom gets both links with rel="enclosure" and rel="related"; RSS keeps one enclosure.
# Happens     the entry's links lose rel, type and length (the feed's own links keep them):
#               <link href="https://tides.example/low-water/"/>
#               <link href="https://tides.example/low-water.mp3"/>
#               <link href="https://else.example/tables/"/>
#             A link without rel is an alternate (RFC 4287, 4.2.7.2), so feedparser finds no enclosure, and the entry's
#             link is the last of them: https://else.example/tables/. The RSS of the same entry is right.
# Matters     who moves from such a feed, or compares with it, must take the first link of an entry, not the last, and
#             can't learn from the Atom feed which sounds there were.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip feedgen==1.0.0 feedparser==6.0.14

cat > make.py <<'PYTHON'
from feedgen.feed import FeedGenerator

feed = FeedGenerator()
feed.id('https://tides.example/')
feed.title('Tide notes')
feed.description('Notes of the shore')
feed.author({'name': 'Ann Reed'})
feed.link(href='https://tides.example/', rel='alternate')
feed.link(href='https://tides.example/atom.xml', rel='self')
entry = feed.add_entry()
entry.id('tag:tides.example,2026:low-water')
entry.title('Low water')
entry.updated('2026-03-05T08:00:00Z')
entry.content('Low water at six.')
entry.link(href='https://tides.example/low-water/', rel='alternate')
entry.enclosure('https://tides.example/low-water.mp3', '5', 'audio/mpeg')
entry.link(href='https://else.example/tables/', rel='related')
feed.atom_file('atom.xml', pretty=True)
feed.rss_file('rss.xml')
PYTHON
python make.py

ask() { python -c "import feedparser; read = feedparser.parse(open('$1').read()); print($2)"; }

expect 'Atom has the enclosure without rel' yes "$(has_text '<link href="https://tides.example/low-water.mp3"/>' atom.xml)"
expect 'the link of the feed itself keeps rel' yes "$(has_text '.xml" rel="self"/>' atom.xml)"
expect 'link of the entry in Atom' https://else.example/tables/ "$(ask atom.xml 'read.entries[0].link')"
expect 'enclosures in Atom' 0 "$(ask atom.xml 'len(read.entries[0].enclosures)')"
expect 'link of the entry in RSS' https://tides.example/low-water/ "$(ask rss.xml 'read.entries[0].link')"
expect 'enclosures in RSS' 1 "$(ask rss.xml 'len(read.entries[0].enclosures)')"
finish
