#!/usr/bin/env bash
# A folder that computes "draft" is published, though its posts say draft in the end.
#
# Software    @11ty/eleventy 3.1.8, @11ty/eleventy-plugin-rss 3.0.0 (npm)
# Run on      2026-11-30, Node 20
# Input       a site whose preprocessor drops what has draft, as its documentation shows. Two folders of posts say draft
#             in their directory data: one plainly (draft: true), the other as eleventyComputed. A third computes
#             eleventyExcludeFromCollections.
# Guessed     the preprocessor sees computed data, so both drafts stay back.
# Happens     computed data comes later than preprocessors. The post in the second folder has a page and is in the feed.
#               plain/a.md      draft: true                                       no page, not in the feed
#               computed/b.md   eleventyComputed.draft                            page, and in the feed
#               hidden/c.md     eleventyComputed.eleventyExcludeFromCollections   page, not in the feed
#             The template of the second folder prints draft as true.
# Matters     the same words in the same kind of file hide a post or don't, by which step looks at them. Who moves such
#             a folder can't tell from the data alone what was public, and asks the author about computed drafts.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm @11ty/eleventy@3.1.8 @11ty/eleventy-plugin-rss@3.0.0

mkdir -p posts/{plain,computed,hidden}
cat > eleventy.config.mjs <<'JS'
import { feedPlugin } from '@11ty/eleventy-plugin-rss';

export default (config) => {
  config.setInputDirectory('posts');
  config.addPreprocessor('drafts', '*', (data) => (data.draft ? false : undefined));
  config.addPlugin(feedPlugin, {
    type: 'rss',
    outputPath: '/feed.xml',
    collection: { name: 'post', limit: 0 },
    metadata: { language: 'en', title: 'Tide notes', base: 'https://tides.example/', author: { name: 'Ann Reed' } },
  });
};
JS
echo '{ "tags": ["post"] }' > posts/posts.json
echo 'export default { draft: true };' > posts/plain/plain.11tydata.mjs
echo 'export default { eleventyComputed: { draft: () => true } };' > posts/computed/computed.11tydata.mjs
echo 'export default { eleventyComputed: { eleventyExcludeFromCollections: () => true } };' > posts/hidden/hidden.11tydata.mjs
for post in plain/a computed/b hidden/c; do
  printf -- '---\ntitle: Post of %s\ndate: 2026-01-02\n---\nDraft: {{ draft }}.\n' "$post" > "posts/$post.md"
done
npx eleventy --quiet > build.txt

expect 'page of the plain draft' no "$(has_file _site/plain/a/index.html)"
expect 'page of the computed draft' yes "$(has_file _site/computed/b/index.html)"
expect 'the page says draft' yes "$(has_text 'Draft: true.' _site/computed/b/index.html)"
expect 'computed draft in the feed' yes "$(has_text 'Post of computed/b' _site/feed.xml)"
expect 'page of what is left out of collections' yes "$(has_file _site/hidden/c/index.html)"
expect 'what is left out of collections in the feed' no "$(has_text 'Post of hidden/c' _site/feed.xml)"
finish
