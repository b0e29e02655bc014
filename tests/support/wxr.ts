/** Exports of WordPress as tests need them. */

export interface WxrFields {
  readonly id: number;
  readonly title?: string;
  readonly guid?: string;
  readonly link?: string;
  readonly name?: string;
  readonly type?: string;
  readonly status?: string;
  readonly password?: string;
  readonly date?: string;
  readonly dateGmt?: string;
  readonly modifiedGmt?: string;
  readonly content?: string;
  readonly excerpt?: string;
  readonly creator?: string;
  readonly parent?: number;
  /** Further elements, as they are. */
  readonly more?: string;
}

export const WXR_HEAD = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Salt &amp; Tides</title><link>https://salt.example</link><description>By the sea</description><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://salt.example</wp:base_site_url><wp:base_blog_url>https://salt.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ana]]></wp:author_login><wp:author_email><![CDATA[ana@mail.example]]></wp:author_email><wp:author_display_name><![CDATA[Ana &amp; Co]]></wp:author_display_name></wp:author>
`;

export function wxr(...items: readonly (WxrFields | string)[]): string {
  const shown = items.map((item) => (typeof item === 'string' ? item : wxrItem(item)));
  return `${WXR_HEAD}${shown.join('')}</channel></rss>\n`;
}

function wxrItem(fields: WxrFields): string {
  const {
    id,
    type = 'post',
    status = 'publish',
    date = '2026-07-04 10:00:00',
    dateGmt = '2026-07-04 09:00:00',
  } = fields;
  const { name = `post-${id}`, title = `Post ${id}`, content = `<p>Text ${id}.</p>` } = fields;
  return `<item><title>${cdata(title)}</title><link>${fields.link ?? `https://salt.example/2026/07/${name}/`}</link>
<pubDate>Sat, 04 Jul 2026 23:59:59 +0000</pubDate><dc:creator>${cdata(fields.creator ?? 'ana')}</dc:creator>
<guid isPermaLink="false">${fields.guid ?? `http://salt.example/?p=${id}`}</guid><description></description>
<content:encoded>${cdata(content)}</content:encoded><excerpt:encoded>${cdata(fields.excerpt ?? '')}</excerpt:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_date>${date}</wp:post_date><wp:post_date_gmt>${dateGmt}</wp:post_date_gmt>
<wp:post_modified_gmt>${fields.modifiedGmt ?? dateGmt}</wp:post_modified_gmt><wp:post_name>${name}</wp:post_name>
<wp:status>${status}</wp:status><wp:post_parent>${fields.parent ?? 0}</wp:post_parent><wp:post_type>${type}</wp:post_type>
<wp:post_password>${cdata(fields.password ?? '')}</wp:post_password><wp:is_sticky>0</wp:is_sticky>${fields.more ?? ''}</item>
`;
}

export function wxrMeta(key: string, value: string): string {
  return `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
