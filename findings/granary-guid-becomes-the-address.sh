#!/usr/bin/env bash
# granary writes an item's address over its guid, so a feed that passes through it is new to every subscriber.
#
# Software    granary 11.0 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       RSS 2.0 with one item whose guid is a tag: address (isPermaLink="false").
# Guessed     the item keeps its guid and isPermaLink="false".
# Happens     the guid is read (the activity's id is the tag: address), and yet RSS is written with
#               <guid isPermaLink="true">https://tides.example/low-water/</guid>
#             The title, the category and the date with its zone are kept.
# Matters     who puts such a converter between a publisher and its readers changes all ids: a move that kept every guid
#             shows all entries again to those who subscribe behind it.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip granary==11.0

cat > rss.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>Tide notes</title><link>https://tides.example/</link><description>Notes of the shore</description>
<item><title>Low water</title><link>https://tides.example/low-water/</link>
<guid isPermaLink="false">tag:tides.example,2026:low-water</guid>
<pubDate>Thu, 05 Mar 2026 08:00:00 +0100</pubDate><category>harbour</category>
<description>Low water at six.</description></item>
</channel></rss>
XML

cat > convert.py <<'PYTHON'
from granary import rss

activities = rss.to_as1(open('rss.xml').read())
print(activities[0]['id'])
text = rss.from_as1(
    activities,
    title='Tide notes',
    home_page_url='https://tides.example/',
    feed_url='https://tides.example/rss.xml',
)
open('again.xml', 'w').write(text)
PYTHON

expect 'id that is read' tag:tides.example,2026:low-water "$(python convert.py 2>/dev/null)"
expect 'guid that is written' yes "$(has_text '<guid isPermaLink="true">https://tides.example/low-water/</guid>' again.xml)"
expect 'the tag: address is written' no "$(has_text 'tag:tides.example' again.xml)"
expect 'the date keeps its zone' yes "$(has_text '<pubDate>Thu, 05 Mar 2026 08:00:00 +0100</pubDate>' again.xml)"
finish
