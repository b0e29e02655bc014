#!/usr/bin/env bash
# A date that names its offset from UTC comes out as another moment.
#
# Software    hexo 8.1.2, hexo-generator-feed 3.0.0 (npm)
# Run on      2026-11-30, Node 20, in a zone of UTC
# Input       "timezone: Europe/Rome", and two posts: one dated "2024-03-08 08:00:00", one dated
#             "2024-03-08T08:00:00-05:00", which is 13:00 in UTC.
# Guessed     "timezone" is for dates that name no zone; the second post is of 13:00 UTC.
# Happens     the first is of 07:00 UTC, as meant. The second is of 12:00 UTC: the hour between Rome and the zone of the
#             machine is taken off that date, too.
# Matters     a publisher that reads the same files has other instants in its feeds than the site had, by the hours between
#             "timezone" and the machine that built it. Nothing in the file says which, so the author's offset is right.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

export TZ=UTC
install_npm hexo@8.1.2 hexo-generator-feed@3.0.0 hexo-renderer-marked@7.0.1
npm pkg set hexo.version=8.1.2

mkdir -p source/_posts
cat > _config.yml <<'YAML'
title: Tide notes
url: https://tides.example
timezone: Europe/Rome
feed:
  type: atom
  path: atom.xml
YAML
printf -- '---\ntitle: Plain\ndate: 2024-03-08 08:00:00\n---\nText.\n' > source/_posts/plain.md
printf -- '---\ntitle: Offset\ndate: 2024-03-08T08:00:00-05:00\n---\nText.\n' > source/_posts/offset.md
npx hexo generate --silent

published() {
  tr -d '\n' < public/atom.xml | sed -E "s/.*<title>$1<\/title>//" | grep -oE '<published>[^<]*' | head -1 | cut -d'>' -f2
}
expect 'date without an offset' 2024-03-08T07:00:00.000Z "$(published Plain)"
expect 'date with an offset of its own' 2024-03-08T12:00:00.000Z "$(published Offset)"
finish
