#!/usr/bin/env bash
# A post that waits for its day is kept back, and the files beside it are published now.
#
# Software    hexo 8.1.2 (npm)
# Run on      2026-11-30, Node 20
# Input       "future: false" and "post_asset_folder: true", and three posts with a folder of files each: one of the
#             past, one of the year 2100, and one with "published: false".
# Guessed     the files of a post that isn't published stay back with it, for whatever reason it is kept back.
# Happens     the files of the one with "published: false" stay back. Those of the scheduled post are public, at an
#             address that has the day on which the post will come out:
#               public/2100/01/02/later/figures.txt
# Matters     figures, recordings and letters that are announced for a day can be had before it. A publisher holds a
#             file back for as long as each article that shows it is held back.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm hexo@8.1.2 hexo-renderer-marked@7.0.1 hexo-renderer-ejs@2.0.0
npm pkg set hexo.version=8.1.2

mkdir -p source/_posts/{past,later,closed} themes/plain/layout
cat > _config.yml <<'YAML'
title: Tide notes
url: https://tides.example
timezone: UTC
theme: plain
future: false
post_asset_folder: true
YAML
echo '<%- page.content %>' > themes/plain/layout/post.ejs
write() {
  printf -- '---\ntitle: %s\ndate: %s\n%s\n---\nText.\n' "$1" "$2" "$3" > "source/_posts/$1.md"
  echo "Figures of $1" > "source/_posts/$1/figures.txt"
}
write past 2026-01-02 ''
write later 2100-01-02 ''
write closed 2026-01-02 'published: false'
npx hexo generate --silent

expect 'file of the past post' yes "$(has_file public/2026/01/02/past/figures.txt)"
expect 'page of the scheduled post' no "$(has_file public/2100/01/02/later/index.html)"
expect 'file of the scheduled post' yes "$(has_file public/2100/01/02/later/figures.txt)"
expect 'file of the post with published: false' no "$(has_file public/2026/01/02/closed/figures.txt)"
finish
