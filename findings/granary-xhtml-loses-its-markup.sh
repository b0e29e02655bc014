#!/usr/bin/env bash
# granary reads Atom's XHTML as words alone, and its HTML as HTML.
#
# Software    granary 11.0 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       two Atom entries of the same text, one with content type="xhtml", one with type="html"; both with a category.
# Guessed     both give the inner HTML, and their categories.
# Happens     type="xhtml" gives "Low water at six." and type="html" gives "<p>Low water at <em>six</em>.</p>". Neither
#             gives a category; that of an RSS item is read.
# Matters     of the two forms that RFC 4287 has for markup, only escaped HTML is shown behind such a converter: links and
#             pictures of XHTML content are lost in JSON Feed and in Atom made of it.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip granary==11.0

cat > atom.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://tides.example/</id><title>Tide notes</title><updated>2026-03-05T08:00:00Z</updated>
<author><name>Ann Reed</name></author>
<entry><id>tag:tides.example,2026:xhtml</id><title>In XHTML</title><link href="https://tides.example/xhtml/"/>
<updated>2026-03-05T08:00:00Z</updated><category term="harbour"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Low water at <em>six</em>.</p></div></content></entry>
<entry><id>tag:tides.example,2026:html</id><title>In HTML</title><link href="https://tides.example/html/"/>
<updated>2026-03-05T08:00:00Z</updated><category term="harbour"/>
<content type="html">&lt;p&gt;Low water at &lt;em&gt;six&lt;/em&gt;.&lt;/p&gt;</content></entry>
</feed>
XML

cat > read.py <<'PYTHON'
import sys
from granary import atom

entry = atom.atom_to_activities(open('atom.xml').read())[int(sys.argv[1])]['object']
print(len(entry.get('tags', [])) if sys.argv[2] == 'tags' else entry[sys.argv[2]])
PYTHON

expect 'text of XHTML' 'Low water at six.' "$(python read.py 0 content 2>/dev/null)"
expect 'text of HTML' '<p>Low water at <em>six</em>.</p>' "$(python read.py 1 content 2>/dev/null)"
expect 'categories of XHTML' 0 "$(python read.py 0 tags 2>/dev/null)"
expect 'categories of HTML' 0 "$(python read.py 1 tags 2>/dev/null)"
finish
