#!/usr/bin/env bash
# Of two items without a guid that have one text, only one is mailed.
#
# Software    rss2email 3.14 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       an RSS feed with two items that have no guid (RSS 2.0 makes it optional). Titles, links and dates differ. Both
#             have the description "The photographs are on the page."
# Guessed     the link, or link and title, stand for the missing guid, so both are mailed. An item whose text is edited is
#             the same item.
# Happens     the text alone stands for the guid. One mail is sent, of "High water"; "Low water" is never mailed. When
#             the text of "Low water" is edited, it is another item, and is mailed. Another title or link mails nothing.
# Matters     short posts, link posts and notes often have one text. A publisher gives every item a guid; who moves from a
#             feed without guids makes rss2email mail everything again, whatever the new guids are.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip rss2email==3.14

mkdir -p mail/new mail/cur mail/tmp www
cat > config <<CONFIG
[DEFAULT]
from = feeds@tides.example
to = reader@tides.example
email-protocol = maildir
maildir-path = $folder/mail
maildir-mailbox =
CONFIG

# publish TITLE TEXT TITLE TEXT: the second item, then the first.
publish() {
  cat > www/feed.xml <<XML
<rss version="2.0"><channel><title>Tide notes</title><link>https://tides.example/</link><description>Tides</description>
<item><title>$1</title><link>https://tides.example/low/</link><description>$2</description></item>
<item><title>$3</title><link>https://tides.example/high/</link><description>$4</description></item>
</channel></rss>
XML
}

cat > serve.py <<'PYTHON'
import functools
import http.server

handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory="www")
server = http.server.HTTPServer(("127.0.0.1", 0), handler)
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
python serve.py > port 2> /dev/null &
server=$!
trap 'kill "$server"; rm -rf "$folder"' EXIT
until [[ -s port ]]; do sleep 0.1; done

r2e() { command r2e -c config -d db.json "$@" > log 2>&1; }
# The subjects of what was mailed since the last time.
mailed() {
  r2e run
  grep -h '^Subject: ' mail/new/* 2> /dev/null | sort | paste -sd, || true
  rm -f mail/new/*
}

publish 'Low water' 'The photographs are on the page.' 'High water' 'The photographs are on the page.'
r2e add tides "http://127.0.0.1:$(cat port)/feed.xml"
expect 'mailed of two items with one text' 'Subject: High water' "$(mailed)"
publish 'Lower water' 'The photographs are on the page.' 'Higher water' 'The photographs are on the page.'
expect 'mailed when both have other titles' '' "$(mailed)"
publish 'Low water' 'Two photographs are on the page.' 'High water' 'The photographs are on the page.'
expect 'mailed when the text of one is edited' 'Subject: Low water' "$(mailed)"
finish
