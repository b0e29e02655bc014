#!/usr/bin/env bash
# trafilatura takes every link of an Atom feed for an article: sounds, related pages and archive documents too.
#
# Software    trafilatura 2.3.1 with lxml_html_clean 0.4.6 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       an Atom feed as RFC 4287 and RFC 5005 have it, with one entry: a page, an enclosure, a related link; and the
#             same publication in RSS and JSON Feed.
# Guessed     the entry's page alone, from each format.
# Happens     from Atom come the page, the sound (rel="enclosure"), the related page of somebody else and the archive
#             document (rel="prev-archive"); rel="self" is left out. RSS with an enclosure and JSON Feed with an attachment
#             give the page alone.
# Matters     a collector of texts that is given the Atom feed asks for sounds and for archives as if they were articles; a
#             publisher who wants to be collected well names RSS first among the links of a page.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip trafilatura==2.3.1 lxml_html_clean==0.4.6

cat > atom.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://tides.example/</id><title>Tide notes</title><updated>2026-03-05T08:00:00Z</updated>
<author><name>Ann Reed</name></author>
<link rel="self" href="https://tides.example/atom.xml"/>
<link rel="prev-archive" href="https://tides.example/archive/1.xml"/>
<entry><id>tag:tides.example,2026:low-water</id><title>Low water</title><updated>2026-03-05T08:00:00Z</updated>
<link href="https://tides.example/low-water/"/>
<link rel="enclosure" type="audio/mpeg" length="5" href="https://tides.example/low-water.mp3"/>
<link rel="related" href="https://tides.example/tables/"/>
<content type="text">Low water at six.</content></entry>
</feed>
XML
cat > rss.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>Tide notes</title><link>https://tides.example/</link><description>Notes of the shore</description>
<item><title>Low water</title><link>https://tides.example/low-water/</link>
<guid isPermaLink="false">tag:tides.example,2026:low-water</guid><description>Low water at six.</description>
<enclosure url="https://tides.example/low-water.mp3" length="5" type="audio/mpeg"/></item>
</channel></rss>
XML
cat > feed.json <<'JSON'
{"version": "https://jsonfeed.org/version/1.1", "title": "Tide notes", "items": [{
  "id": "tag:tides.example,2026:low-water", "url": "https://tides.example/low-water/", "content_text": "Low water at six.",
  "attachments": [{"url": "https://tides.example/low-water.mp3", "mime_type": "audio/mpeg"}]}]}
JSON

cat > links.py <<'PYTHON'
import sys
from trafilatura.feeds import FeedParameters, extract_links

site = FeedParameters('https://tides.example', 'tides.example', 'https://tides.example/')
print(' '.join(link.removeprefix('https://tides.example/') for link in sorted(extract_links(open(sys.argv[1]).read(), site))))
PYTHON

expect 'links of Atom' 'archive/1.xml low-water.mp3 low-water/ tables/' "$(python links.py atom.xml)"
expect 'links of RSS' 'low-water/' "$(python links.py rss.xml)"
expect 'links of JSON Feed' 'low-water/' "$(python links.py feed.json)"
finish
