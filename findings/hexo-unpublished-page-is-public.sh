#!/usr/bin/env bash
# "published: false" hides a post but not a page, and a draft that the feed hides is in the sitemap.
#
# Software    hexo 8.1.2, hexo-generator-feed 3.0.0, hexo-generator-sitemap 3.0.1, hexo-generator-searchdb 1.5.0 (npm)
# Run on      2026-11-30, Node 20
# Input       a post and a page with "published: false", a post with "draft: true", and a plain post.
# Guessed     "published: false" keeps a post and a page back alike. What the feed leaves out as a draft, the sitemap and
#             the index of the site's search leave out too.
# Happens                              page   feed   sitemap   search
#               post, published: false  no     no     no        no
#               page, published: false  yes    -      yes       -
#               post, draft: true       yes    no     yes       yes
#             (a post in source/_posts; a page anywhere else below source. Search was set to posts, as it is by itself.)
# Matters     what a feed leaves out isn't what a site keeps to itself: the whole text of the draft is in search.json.
#             Who moves a Hexo site keeps both back and says so, since the author meant it.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm hexo@8.1.2 hexo-renderer-marked@7.0.1 hexo-renderer-ejs@2.0.0 \
  hexo-generator-feed@3.0.0 hexo-generator-sitemap@3.0.1 hexo-generator-searchdb@1.5.0
npm pkg set hexo.version=8.1.2

mkdir -p source/_posts source/plan themes/plain/layout
cat > _config.yml <<'YAML'
title: Tide notes
url: https://tides.example
timezone: UTC
theme: plain
feed: { type: atom, path: atom.xml }
search: { path: search.json }
YAML
for layout in post page; do echo '<%- page.content %>' > "themes/plain/layout/$layout.ejs"; done
write() { printf -- '---\ntitle: %s\ndate: 2026-01-02\n%s\n---\nText of %s.\n' "$2" "$3" "$2" > "source/$1"; }
write _posts/open.md Open ''
write _posts/closed.md Closed 'published: false'
write _posts/draft.md Draft 'draft: true'
write plan/index.md Plan 'published: false'
npx hexo generate --silent

expect 'post, published: false, has a page' no "$(has_file public/2026/01/02/closed/index.html)"
expect 'page, published: false, has a page' yes "$(has_file public/plan/index.html)"
expect 'page, published: false, in the sitemap' yes "$(has_text tides.example/plan/ public/sitemap.xml)"
expect 'draft has a page' yes "$(has_file public/2026/01/02/draft/index.html)"
expect 'draft in the feed' no "$(has_text Draft public/atom.xml)"
expect 'draft in the sitemap' yes "$(has_text /2026/01/02/draft/ public/sitemap.xml)"
expect 'text of the draft in the search' yes "$(has_text 'Text of Draft' public/search.json)"
expect 'post, published: false, in the search' no "$(has_text Closed public/search.json)"
finish
