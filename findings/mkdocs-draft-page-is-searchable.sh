#!/usr/bin/env bash
# "draft: true" means three things in one site: out of everything, out of the feed alone, and nothing for the files.
#
# Software    mkdocs 1.6.1, mkdocs-material 9.7.7, mkdocs-rss-plugin 1.19.0 (PyPI)
# Run on      2026-11-30, Python 3.11
# Input       a site with Material's blog, meta, search and rss plugins. A page outside of the blog says "draft: true". A
#             folder of blog posts says it in .meta.yml; a post two folders below says nothing, and a PDF lies there too.
# Guessed     outside of the blog nobody knows the word, so the page is public and in the feed. In the blog the posts
#             stay back, at any depth.
# Happens     the feed's plugin knows the word, and the rest doesn't: the page has an address, is in the sitemap and in
#             the search, whole, and only the feed leaves it out. The posts stay back as guessed; the PDF doesn't.
#                              page   feed   sitemap   search
#               plain page     yes    no     yes       yes
#               blog post      no     no     no        no
#               PDF beside it  blog/waiting/figures.pdf
# Matters     an author who looks at the feed believes the page to be hidden. Who moves such a site keeps both back, and
#             says that the old site showed the page.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip mkdocs==1.6.1 mkdocs-material==9.7.7 mkdocs-rss-plugin==1.19.0

mkdir -p docs/blog/posts/waiting/deeper
cat > mkdocs.yml <<'YAML'
site_name: Tide notes
site_url: https://tides.example/
theme: { name: material, font: false }
plugins:
  - meta
  - search
  - blog
  - rss: { use_git: false, date_from_meta: { as_creation: date } }
YAML
write() { printf -- '---\ntitle: %s\ndate: 2026-01-02\n%s\n---\n\nText of %s.\n' "$2" "$3" "$2" > "docs/$1"; }
write index.md Home ''
write blog/index.md Blog ''
write plan.md Plan 'draft: true'
write blog/posts/open.md Open ''
write blog/posts/waiting/deeper/later.md Later ''
echo 'draft: true' > docs/blog/posts/waiting/.meta.yml
echo 'Figures' > docs/blog/posts/waiting/figures.pdf
mkdocs build --quiet 2> build.txt

expect 'plain page' yes "$(has_file site/plan/index.html)"
expect 'plain page in the feed' no "$(has_text '<title>Plan' site/feed_rss_created.xml)"
expect 'open post in the feed' yes "$(has_text '<title>Open' site/feed_rss_created.xml)"
expect 'plain page in the sitemap' yes "$(has_text tides.example/plan/ site/sitemap.xml)"
expect 'text of the plain page in the search' yes "$(has_text 'Text of Plan' site/search/search_index.json)"
expect 'post below the folder' no "$(has_file site/blog/2026/01/02/later/index.html)"
expect 'post below the folder in the search' no "$(has_text Later site/search/search_index.json)"
expect 'PDF of the folder' yes "$(has_file site/blog/waiting/figures.pdf)"
finish
