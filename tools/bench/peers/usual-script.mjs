/**
 * The script that many a site has: every post through gray-matter and marked, the newest 30 as one RSS feed by the
 * package `feed`, and the same for each tag. Arguments: the folder of the posts, the folder to write to.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Feed } from 'feed';
import matter from 'gray-matter';
import { marked } from 'marked';

const ENTRIES = 30;
const [from, to] = process.argv.slice(2);

const posts = readdirSync(from, { recursive: true })
  .filter((path) => path.endsWith('.md'))
  .map((path) => {
    const { data, content } = matter(readFileSync(join(from, path), 'utf8'), {});
    const url = `https://example.org/${path.replace(/\.md$/, '/')}`;
    return { ...data, date: new Date(data.date), url, html: marked.parse(content) };
  })
  .sort((a, b) => b.date - a.date);

mkdirSync(to, { recursive: true });
writeFeed('feed.xml', 'Bench', posts);
for (const tag of new Set(posts.flatMap(({ tags }) => tags))) {
  writeFeed(
    `${tag}.xml`,
    tag,
    posts.filter(({ tags }) => tags.includes(tag)),
  );
}

function writeFeed(name, title, all) {
  const feed = new Feed({ id: 'https://example.org/', link: 'https://example.org/', title, description: title });
  for (const { title, url, date, html } of all.slice(0, ENTRIES)) {
    feed.addItem({ id: url, link: url, title, date, content: html });
  }
  writeFileSync(join(to, name), feed.rss2());
}
