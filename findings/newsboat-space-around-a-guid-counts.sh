#!/usr/bin/env bash
# newsboat takes the white space around a guid for a part of it, so an entry is new once a generator leaves it out.
#
# Software    newsboat 2.21-1.5 (Debian 12), beside feedparser 6.0.14 (PyPI)
# Run on      2026-12-01, Debian 12, Python 3.11
# Input       an RSS 2.0 feed of three items, with each guid on a line of its own, as templates of many sites write it.
#             All are read; then the same feed with the guids as <guid>…</guid> on one line.
# Guessed     newsboat trims an id, as feedparser (and with it rss2email) does: nothing is new.
# Happens     three of three are unread once more; there are six items in its list. feedparser has the same ids in both. Liferea 1.14.4
#             and Miniflux do as newsboat does; sfeed, elfeed and reader as feedparser.
# Matters     whoever moves such a feed, or tidies its template, has to keep the white space, or these subscribers see all again.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip feedparser==6.0.14
# Without root: the packages are only unpacked. Its other libraries come with Debian's curl and Python.
apt-get download --quiet=2 newsboat=2.21-1.5 libstfl0 libcurl3-gnutls libjson-c5 > /dev/null
for package in ./*.deb; do dpkg-deb --extract "$package" debian; done
export LD_LIBRARY_PATH="$folder/debian/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || echo x86_64-linux-gnu)"

feed() {
  echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Tides</title><link>https://tides.example/</link><description>d</description>'
  for n in 1 2 3; do
    echo "<item><title>Tide $n</title><link>https://tides.example/$n/</link>$(printf "$1" "$n")<pubDate>0$n Jan 2026 00:00:00 GMT</pubDate></item>"
  done
  echo '</channel></rss>'
}
feed '<guid isPermaLink="false">\n  tide-%s\n</guid>' > before.xml
feed '<guid isPermaLink="false">tide-%s</guid>' > after.xml

echo "file://$folder/feed.xml" > urls
: > config
reload() {
  cp "$1" feed.xml
  HOME="$folder" debian/usr/bin/newsboat -u urls -c cache.db -C config -x reload
}
ask() { python -c "import sqlite3; c = sqlite3.connect('cache.db'); print(c.execute('''$1''').fetchone()[0]); c.commit()"; }
count() { ask 'select count(*) from rss_item where unread = 1'; }

reload before.xml
expect 'unread at first' 3 "$(count)"
python -c "import sqlite3; c = sqlite3.connect('cache.db'); c.execute('update rss_item set unread = 0'); c.commit()"
reload before.xml
expect 'unread without a change' 0 "$(count)"
reload after.xml
expect 'unread without the white space' 3 "$(count)"
expect 'items in the list' 6 "$(ask 'select count(*) from rss_item')"
ids() { python -c "import feedparser; print(' '.join(e.id for e in feedparser.parse(open('$1').read()).entries))"; }
expect 'ids in feedparser, before' 'tide-1 tide-2 tide-3' "$(ids before.xml)"
expect 'ids in feedparser, after' 'tide-1 tide-2 tide-3' "$(ids after.xml)"
finish
