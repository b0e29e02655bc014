#!/usr/bin/env bash
# Imported from a feed with the whole text, each article is its summary alone.
#
# Software    pelican 4.12.0 (pelican-import --feed), feedparser 6.0.14, with pandoc of pypandoc_binary 1.17 (PyPI)
# Run on      2026-11-30, Python 3.11
# Input       an RSS item with a description and the whole text in content:encoded, a guid, and a date at -08:00.
# Guessed     the text of content:encoded is taken, and the date is written as it stands, without its zone.
# Happens     the description is taken and content:encoded isn't. The date is in UTC and doesn't say so, so the article
#             is dated the day after. Guid and link are gone; the slug is made of the title.
#               Title: Low water
#               Date: 2026-01-03 07:30
#               Slug: low-water
#               (and below) Short words.
#             The same feed without description gives the whole text.
# Matters     a feed with both is what most blogs have, so such a move loses the articles and seems to work. Who is asked
#             to take over a folder that was made so compares it with the old feed first.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip pelican==4.12.0 beautifulsoup4==4.15.0 lxml==6.1.3 feedparser==6.0.14 pypandoc_binary==1.17
PATH="$(python -c 'import os, pypandoc; print(os.path.dirname(pypandoc.get_pandoc_path()))'):$PATH"

cat > both.xml <<'XML'
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel>
    <title>Tide notes</title>
    <link>https://tides.example/</link>
    <description>Notes of the shore</description>
    <item>
      <title>Low water</title>
      <link>https://tides.example/2026/01/02/six-in-the-morning/</link>
      <guid isPermaLink="false">tide-note-17</guid>
      <pubDate>Fri, 02 Jan 2026 23:30:00 -0800</pubDate>
      <description>Short words.</description>
      <content:encoded>&lt;p&gt;The whole text, with all that was seen.&lt;/p&gt;</content:encoded>
    </item>
  </channel>
</rss>
XML
grep -v 'Short words' both.xml > text.xml
pelican-import --feed --markup markdown --output both both.xml > import.txt 2>&1
pelican-import --feed --markup markdown --output text text.xml > import.txt 2>&1

expect 'summary' yes "$(has_text 'Short words.' both/low-water.md)"
expect 'whole text' no "$(has_text 'The whole text' both/low-water.md)"
expect 'date' '2026-01-03 07:30' "$(sed -n 's/^Date: //p' both/low-water.md)"
expect 'guid' no "$(has_text tide-note-17 both/low-water.md)"
expect 'link' no "$(has_text six-in-the-morning both/low-water.md)"
expect 'whole text, where there is no summary' yes "$(has_text 'The whole text' text/low-water.md)"
finish
