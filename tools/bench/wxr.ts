/**
 * Writes an export of WordPress of any size, for `feedwright import` and its rivals:
 *
 *     node tools/bench/wxr.ts --megabytes 300 --out /tmp/large.xml
 *
 * Posts as blocks and as classic text in turn, one in forty held back, one in three with a cover, comments on some.
 */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

const WORDS =
  'the sea rose over stones while boats kept their lines and nobody on the mole said a word of what the tide had taken from them in winter when nets hang dry and lamps burn low until morning comes with gulls salt fog rope tar bread bells &amp; rain'.split(
    ' ',
  );

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '30' }, out: { type: 'string', default: 'large.wordpress.xml' } },
});
await pipeline(Readable.from(wxr(Number(values.megabytes) * 1024 * 1024)), createWriteStream(values.out));

function* wxr(bytes: number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Large</title><link>https://large.example</link><description></description><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://large.example</wp:base_site_url><wp:base_blog_url>https://large.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ana]]></wp:author_login><wp:author_display_name><![CDATA[Ana &amp; Co]]></wp:author_display_name></wp:author>
`;
  let written = 0;
  for (let id = 1; written < bytes; id += 1) {
    const item = id % 12 === 0 ? attachment(id) : post(id);
    written += Buffer.byteLength(item);
    yield item;
  }
  yield '</channel></rss>\n';
}

function post(id: number): string {
  const at = new Date(Date.UTC(2004, 0, 1) + id * 1_200_000).toISOString();
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)}`;
  const status = id % 40 === 0 ? 'draft' : 'publish';
  const paragraphs = Array.from({ length: 3 + (id % 9) }, (_, index) => prose(id * 31 + index, 60));
  const text =
    id % 2 === 0
      ? paragraphs.map((each) => `<!-- wp:paragraph -->\n<p>${each}</p>\n<!-- /wp:paragraph -->`).join('\n\n')
      : paragraphs.join('\n\n');
  const cover =
    id % 3 === 0
      ? `<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[${Math.ceil(id / 12) * 12}]]></wp:meta_value></wp:postmeta>`
      : '';
  const comment =
    id % 5 === 0
      ? `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_content><![CDATA[${prose(id, 30)}]]></wp:comment_content></wp:comment>`
      : '';
  return `<item><title><![CDATA[Post ${id}: ${prose(id, 4)}]]></title><link>https://large.example/${at.slice(0, 4)}/post-${id}/</link>
<pubDate>${new Date(at).toUTCString()}</pubDate><dc:creator><![CDATA[ana]]></dc:creator><guid isPermaLink="false">http://large.example/?p=${id}</guid>
<description></description><content:encoded><![CDATA[${text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_date><![CDATA[${time}]]></wp:post_date><wp:post_date_gmt><![CDATA[${time}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[post-${id}]]></wp:post_name><wp:status><![CDATA[${status}]]></wp:status><wp:post_parent>0</wp:post_parent>
<wp:post_type><![CDATA[post]]></wp:post_type><wp:post_password><![CDATA[]]></wp:post_password><wp:is_sticky>0</wp:is_sticky>
<category domain="category" nicename="tides"><![CDATA[Tides]]></category><category domain="post_tag" nicename="t${id % 50}"><![CDATA[tag ${id % 50}]]></category>
${cover}${comment}</item>
`;
}

function attachment(id: number): string {
  return `<item><title><![CDATA[picture]]></title><link>https://large.example/picture-${id}/</link><guid isPermaLink="false">https://large.example/wp-content/uploads/${id}.jpg</guid>
<content:encoded><![CDATA[]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${id}</wp:post_id><wp:post_date>2020-01-01 00:00:00</wp:post_date>
<wp:status>inherit</wp:status><wp:post_parent>${id - 1}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://large.example/wp-content/uploads/${id}.jpg</wp:attachment_url></item>
`;
}

/** Words that are the same for the same number. */
function prose(seed: number, words: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return WORDS[state % WORDS.length];
  }).join(' ');
}
