/**
 * Readers from npm, each as it is used. Argument: a folder with a node_modules. Standard input: one JSON object a line,
 * {reader, format, file, url}. Standard output: one JSON object a line, {shown} (see table/shown.ts), {error} or {absent}.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.argv[2] ?? '.', 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const at = (date) => (date === undefined || date === null ? undefined : new Date(date).getTime() / 1000);
const list = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

const READERS = {
  async feedsmith({ format, text }) {
    const { parseAtomFeed, parseJsonFeed, parseRssFeed } = await load('feedsmith');
    if (format === 'rss') {
      const feed = parseRssFeed(text);
      return {
        home: feed.link,
        entries: list(feed.items).map((item) => ({
          id: item.guid?.value,
          title: item.title ?? '',
          link: item.link,
          published: at(item.pubDate),
          author: list(item.authors ?? item.dc?.creators)
            .map((one) => one.name ?? one)
            .join(', '),
          tags: list(item.categories).map(({ name }) => name),
          files: [
            ...list(item.enclosures).map(({ url }) => url),
            ...list(item.media?.contents).map(({ url }) => url),
            ...list(item.media?.group?.contents).map(({ url }) => url),
          ],
          number: item.itunes?.episode,
          duration: item.itunes?.duration,
          text: item.content?.encoded ?? item.description,
        })),
      };
    }
    if (format === 'atom') {
      const feed = parseAtomFeed(text);
      const page = (links) => list(links).find(({ rel = 'alternate' }) => rel === 'alternate')?.href;
      return {
        home: page(feed.links),
        entries: list(feed.entries).map((entry) => ({
          id: entry.id,
          title: entry.title?.value ?? '',
          link: page(entry.links),
          published: at(entry.published),
          updated: at(entry.updated),
          author: list(entry.authors)
            .map(({ name }) => name)
            .join(', '),
          tags: list(entry.categories).map(({ label, term }) => label ?? term),
          text: entry.content?.value ?? entry.summary?.value,
        })),
      };
    }
    const feed = parseJsonFeed(text);
    return {
      home: feed.home_page_url,
      entries: list(feed.items).map((item) => ({
        id: item.id,
        title: item.title ?? '',
        link: item.url,
        published: at(item.date_published),
        updated: at(item.date_modified),
        author: list(item.authors)
          .map(({ name }) => name)
          .join(', '),
        tags: list(item.tags),
        files: list(item.attachments).map(({ url }) => url),
        text: item.content_html,
      })),
    };
  },

  async 'rss-parser'({ text }) {
    const { default: Parser } = await load('rss-parser');
    const feed = await new Parser().parseString(text);
    return {
      home: feed.link,
      entries: feed.items.map((item) => ({
        id: item.id ?? item.guid,
        title: typeof item.title === 'string' ? item.title : '',
        link: item.link,
        published: at(item.isoDate),
        author: String(item.creator ?? item.author ?? ''),
        tags: list(item.categories).map((one) =>
          typeof one === 'string' ? one : (one.$?.label ?? one.$?.term ?? one._),
        ),
        files: list(item.enclosure).map(({ url }) => url),
        number: item.itunes?.episode,
        duration: item.itunes?.duration,
        text: item['content:encoded'] ?? item.content,
      })),
    };
  },

  async '@rowanmanning/feed-parser'({ text }) {
    const { parseFeed } = await load('@rowanmanning/feed-parser');
    const feed = parseFeed(text);
    return {
      home: feed.url,
      entries: feed.items.map((item) => ({
        id: item.id,
        title: item.title ?? '',
        link: item.url,
        published: at(item.published),
        updated: at(item.updated),
        author: item.authors.map(({ name }) => name).join(', '),
        tags: item.categories.map(({ label, term }) => label ?? term),
        files: item.media.map(({ url }) => url),
        text: item.content ?? item.description,
      })),
    };
  },

  async htmlparser2({ text }) {
    const { parseFeed } = await load('htmlparser2');
    const feed = parseFeed(text);
    return {
      home: feed?.link,
      entries: list(feed?.items).map((item) => ({
        id: item.id,
        title: item.title ?? '',
        link: item.link,
        published: at(item.pubDate),
        files: list(item.media).map(({ url }) => url),
        text: item.description,
      })),
    };
  },

  async feedparser({ text, url }) {
    const { default: FeedParser } = await load('feedparser');
    const parser = new FeedParser({ feedurl: url });
    const items = [];
    let home;
    await new Promise((resolve, reject) => {
      parser.on('error', reject);
      parser.on('meta', (meta) => {
        home = meta.link;
      });
      parser.on('readable', () => {
        for (let item = parser.read(); item !== null; item = parser.read()) items.push(item);
      });
      parser.on('end', resolve);
      Readable.from([text]).pipe(parser);
    });
    return {
      home,
      entries: items.map((item) => ({
        id: item.guid,
        title: item.title ?? '',
        link: item.link,
        published: at(item.pubdate),
        updated: at(item.date),
        author: item.author ?? '',
        tags: item.categories,
        files: item.enclosures.map(({ url: file }) => file),
        text: item.description ?? item.summary,
      })),
    };
  },

  async 'podcast-partytime'({ text }) {
    const { parseFeed } = await load('podcast-partytime');
    const feed = parseFeed(text);
    if (feed === null) throw new Error('no feed');
    return {
      home: feed.link,
      entries: feed.items.map((item) => ({
        id: item.guid,
        title: item.title ?? '',
        link: item.link,
        published: at(item.pubDate),
        author: list(item.author).join(', ') || undefined,
        files: [item.enclosure.url],
        number: item.itunesEpisode,
        duration: item.duration,
      })),
    };
  },

  async feedme({ format, text }) {
    const { default: FeedMe } = await load('feedme');
    const { default: ofJson } = await load('feedme/dist/jsonfeedparser.js');
    const Parser = format === 'json' ? (ofJson.default ?? ofJson) : FeedMe;
    const parser = new Parser(true);
    parser.write(text);
    parser.end();
    const feed = parser.done();
    const page = (links) =>
      list(links)
        .map((one) => (typeof one === 'string' ? one : one.rel === 'alternate' ? one.href : undefined))
        .find((address) => address !== undefined);
    const textOf = (value) => (typeof value === 'string' ? value : (value?.text ?? ''));
    return {
      home: format === 'json' ? feed.home_page_url : page(feed.link),
      entries: list(feed.items).map((item) => ({
        id: textOf(item.id ?? item.guid),
        title: textOf(item.title),
        link: item.url ?? page(item.link),
        published: at(item.date_published ?? item.published ?? item.pubdate),
        updated: at(item.date_modified ?? item.updated),
        author: list(item.authors ?? item.author ?? item['dc:creator'])
          .map((one) => one.name ?? one)
          .join(', '),
        tags: list(item.tags ?? item.category).map((one) => one.label ?? one.term ?? one),
        files: [
          ...list(item.enclosure).map(({ url }) => url),
          ...list(item.attachments).map(({ url }) => url),
          ...list(item.link).flatMap((one) => (one.rel === 'enclosure' ? one.href : [])),
        ],
        number: item['itunes:episode'],
        duration: item['itunes:duration'],
        text: item.content_html ?? textOf(item['content:encoded'] ?? item.content ?? item.description),
      })),
    };
  },

  async 'react-native-rss-parser'({ text }) {
    const { default: rss } = await load('react-native-rss-parser');
    const feed = await rss.parse(text);
    return {
      home: feed.links[0]?.url,
      entries: feed.items.map((item) => ({
        id: item.id,
        title: item.title ?? '',
        link: item.links[0]?.url,
        published: at(item.published),
        author: item.authors.map(({ name }) => name).join(', '),
        tags: item.categories.map(({ name }) => name),
        files: item.enclosures.map(({ url }) => url),
        duration: item.itunes?.duration,
        text: item.content ?? item.description,
      })),
    };
  },

  async podparse({ text }) {
    const { default: podparse } = await load('podparse');
    const { meta, episodes } = (podparse.default ?? podparse)(text);
    return {
      home: meta.link,
      entries: episodes.map((episode) => ({
        id: episode.guid,
        title: episode.title ?? '',
        link: episode.link,
        published: at(episode.pubDate),
        author: episode.author,
        files: list(episode.enclosure).map(({ url }) => url),
        number: episode.episode,
        duration: episode.duration,
      })),
    };
  },

  async 'node-podcast-parser'({ text }) {
    const { default: parse } = await load('node-podcast-parser');
    const feed = await new Promise((resolve, reject) => {
      parse(text, (error, parsed) => (error ? reject(error) : resolve(parsed)));
    });
    return {
      home: feed.link,
      entries: feed.episodes.map((episode) => ({
        id: episode.guid,
        title: episode.title ?? '',
        published: at(episode.published),
        tags: list(episode.categories),
        files: list(episode.enclosure).map(({ url }) => url),
        number: episode.episode,
        duration: episode.duration,
      })),
    };
  },

  async '@extractus/feed-extractor'({ format, text }) {
    const { extractFromJson, extractFromXml } = await load('@extractus/feed-extractor');
    const feed = format === 'json' ? extractFromJson(JSON.parse(text)) : extractFromXml(text);
    return {
      home: feed.link,
      entries: feed.entries.map((entry) => ({
        id: entry.id,
        title: entry.title ?? '',
        link: entry.link,
        published: at(entry.published),
        text: entry.description,
      })),
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  console.log(JSON.stringify(await answer(job)));
}

async function answer(job) {
  try {
    return { shown: await READERS[job.reader]({ ...job, text: readFileSync(job.file, 'utf8') }) };
  } catch (error) {
    return error.code === 'MODULE_NOT_FOUND' ? { absent: error.message } : { error: String(error).slice(0, 200) };
  }
}
