#!/usr/bin/env bash
# From a Blogger export every reader's comment becomes a published post, and is in the feed.
#
# Software    pelican 4.12.0 (pelican-import), with pandoc of pypandoc_binary 1.17 (PyPI)
# Run on      2026-11-30, Python 3.11
# Input       a Blogger export (Atom) with a post, a draft, and a comment on the post, in the order of the export.
# Guessed     the draft is written as a draft, and the comment is left out.
# Happens     the draft is right. The comment is an article of its own, by the reader, and published:
#               Title: Thank you for this
#               Author: A Reader
#               Slug: post-3
#               Status: published
#             Pelican's feed of such a folder has it as an entry. Nothing says that it is a comment.
# Matters     subscribers get every old comment as news, and a blog with more comments than posts loses its posts in
#             them. Who reads such a folder takes a "post-N" without a tag for a possible comment; who reads the export
#             looks at the kind of each entry.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip pelican==4.12.0 markdown==3.11.3 beautifulsoup4==4.15.0 lxml==6.1.3 pypandoc_binary==1.17
PATH="$(python -c 'import os, pypandoc; print(os.path.dirname(pypandoc.get_pandoc_path()))'):$PATH"

entry() {
  printf '<entry><id>tag:blogger.com,1999:blog-1.post-%s</id><published>2026-01-0%sT08:00:00Z</published>' "$1" "$1"
  printf '<updated>2026-01-0%sT08:00:00Z</updated>%s<title type="text">%s</title>' "$1" "$5" "$3"
  printf '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#%s"/>' "$2"
  printf '<content type="html">Text of %s.</content><author><name>%s</name></author></entry>\n' "$1" "$4"
}
{
  echo '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#" xmlns:thr="http://purl.org/syndication/thread/1.0">'
  echo '<id>tag:blogger.com,1999:blog-1.archive</id><title>Tide notes</title><updated>2026-01-03T08:00:00Z</updated>'
  entry 1 post 'Low water' 'Ann Reed' '<link rel="alternate" href="https://tides.example/2026/01/low-water.html"/>'
  entry 2 post 'Unfinished' 'Ann Reed' '<app:control><app:draft>yes</app:draft></app:control>'
  entry 3 comment 'Thank you for this' 'A Reader' '<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-1"/>'
  echo '</feed>'
} > export.xml
pelican-import --blogger --markup markdown --output content export.xml > import.txt 2>&1
cat > conf.py <<'PYTHON'
SITENAME = 'Tide notes'
SITEURL = 'https://tides.example'
TIMEZONE = 'UTC'
FEED_ALL_ATOM = 'atom.xml'
PYTHON
pelican content --settings conf.py --output site --quiet > build.txt 2>&1

field() { sed -n "s/^$2: //p" "content/$1.md"; }
expect 'status of the post' published "$(field low-water Status)"
expect 'status of the draft' draft "$(field post-2 Status)"
expect 'status of the comment' published "$(field post-3 Status)"
expect 'author of the comment' 'A Reader' "$(field post-3 Author)"
expect 'word of the comment it is' no "$(has_text omment content/post-3.md)"
expect 'comment in the feed' yes "$(has_text 'Thank you for this' site/atom.xml)"
expect 'draft in the feed' no "$(has_text 'Unfinished' site/atom.xml)"
finish
