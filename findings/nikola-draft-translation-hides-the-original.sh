#!/usr/bin/env bash
# A translation that is still a draft takes the published original out of every feed.
#
# Software    Nikola 8.3.3, with Jinja2 3.1.6 (both PyPI)
# Run on      2026-11-30, Python 3.11
# Input       a site in English and German with two published posts. The second has a German translation with a header
#             of its own, which says "status: draft".
# Guessed     the translation is kept out of the German feed, and the English post stays in the English one.
# Happens     the post is out of the feeds, lists and sitemap of both languages. Its pages are still made, in both.
#               rss.xml        Low water
#               de/rss.xml     Low water
#               sitemap.xml    has neither /posts/storm/ nor /de/posts/storm/
#             The build says nothing of it.
# Matters     subscribers don't get a post for as long as somebody is translating it, and the author sees it on the site
#             and thinks that all is well. Who moves such a folder has the original public and the translation back, so
#             an old post may be new to subscribers.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip nikola==8.3.3 jinja2==3.1.6

nikola init --quiet site
cd site
cat >> conf.py <<'PYTHON'
SITE_URL = 'https://tides.example/'
TIMEZONE = 'UTC'
TRANSLATIONS = {'en': '', 'de': './de'}
POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)
PYTHON
write() { printf -- '.. title: %s\n.. slug: %s\n.. date: 2026-01-02 08:00:00 UTC\n%s\nText.\n' "$2" "$3" "$4" > "posts/$1"; }
write low-water.md 'Low water' low-water ''
write storm.md 'Storm' storm ''
write storm.de.md 'Sturm' storm $'.. status: draft\n'
nikola build > build.txt 2>&1

expect 'the build warns' no "$(has_text WARNING build.txt)"
expect 'the other post in the feed' yes "$(has_text 'Low water</title>' output/rss.xml)"
expect 'original in the English feed' no "$(has_text 'Storm</title>' output/rss.xml)"
expect 'original in the German feed' no "$(has_text 'Storm</title>' output/de/rss.xml)"
expect 'translation in the German feed' no "$(has_text 'Sturm</title>' output/de/rss.xml)"
expect 'original in the sitemap' no "$(has_text 'tides.example/posts/storm/' output/sitemap.xml)"
expect 'page of the original' yes "$(has_file output/posts/storm/index.html)"
expect 'page of the translation' yes "$(has_file output/de/posts/storm/index.html)"

rm posts/storm.de.md
nikola build > build.txt 2>&1
expect 'original in the English feed, without the translation' yes "$(has_text 'Storm</title>' output/rss.xml)"
finish
