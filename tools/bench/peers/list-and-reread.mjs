/**
 * The usual Lambda: at every upload it lists the bucket, reads all posts again, and writes one feed of the newest 30 in
 * three formats. As fast as such a function is written: what can be done at once is.
 */

import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { Feed } from 'feed';
import matter from 'gray-matter';
import { marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

const ENTRIES = 30;
const READS_AT_ONCE = 100;

const s3 = new S3Client({
  forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
  requestHandler: { httpsAgent: { maxSockets: READS_AT_ONCE }, httpAgent: { maxSockets: READS_AT_ONCE } },
});
const content = process.env.FEEDWRIGHT_CONTENT_BUCKET;
const site = process.env.FEEDWRIGHT_SITE_BUCKET;

export async function handler() {
  const keys = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: content })) {
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key).filter((key) => key.endsWith('.md')));
  }
  const posts = [];
  const reader = async () => {
    for (let key = keys.pop(); key !== undefined; key = keys.pop()) posts.push(await readPost(key));
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  const feed = createFeed(posts.sort((a, b) => b.date - a.date).slice(0, ENTRIES));
  await Promise.all([
    write('rss.xml', feed.rss2(), 'application/rss+xml'),
    write('atom.xml', feed.atom1(), 'application/atom+xml'),
    write('feed.json', feed.json1(), 'application/feed+json'),
  ]);
}

async function readPost(key) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: content, Key: key }));
  const { data, content: markdown } = matter(await Body.transformToString(), {});
  return { ...data, date: new Date(data.date), key, markdown };
}

/** Only what is shown is rendered and sanitised. */
function createFeed(posts) {
  const feed = new Feed({ id: 'https://example.org/', link: 'https://example.org/', title: 'Bench' });
  for (const { key, title, date, tags, markdown } of posts) {
    const url = `https://example.org/${key.replace(/\.md$/, '/')}`;
    feed.addItem({
      id: url,
      link: url,
      title,
      date,
      content: sanitizeHtml(marked.parse(markdown)),
      category: tags.map((name) => ({ name })),
    });
  }
  return feed;
}

async function write(key, body, type) {
  await s3.send(new PutObjectCommand({ Bucket: site, Key: key, Body: body, ContentType: `${type}; charset=utf-8` }));
}
