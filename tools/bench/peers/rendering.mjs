/**
 * The libraries that make feed documents, each called as its own documentation shows, with the same facts: title, link,
 * id, date, author, tags, summary and full content of each entry. Each function takes
 * `{site: {title, url, description}, items: [{id, url, title, date, author, tags, summary, html}]}` and gives the text.
 */

import astro from '@astrojs/rss';
import { Feed } from 'feed';
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import RSS from 'rss';

export const renderers = {
  rss: { feed: (input) => withFeed(input).rss2(), feedsmith: feedsmithRss, rss: withRss, '@astrojs/rss': withAstro },
  atom: { feed: (input) => withFeed(input).atom1(), feedsmith: feedsmithAtom },
  json: { feed: (input) => withFeed(input).json1(), feedsmith: feedsmithJson },
};

function withFeed({ site, items }) {
  const feed = new Feed({ id: site.url, title: site.title, description: site.description, link: site.url });
  for (const item of items) {
    feed.addItem({
      id: item.id,
      title: item.title,
      link: item.url,
      date: item.date,
      published: item.date,
      description: item.summary,
      content: item.html,
      author: [{ name: item.author }],
      category: item.tags.map((name) => ({ name })),
    });
  }
  return feed;
}

function feedsmithRss({ site, items }) {
  return generateRssFeed({
    title: site.title,
    link: site.url,
    description: site.description,
    items: items.map((item) => ({
      title: item.title,
      link: item.url,
      description: item.summary,
      guid: { value: item.id, isPermaLink: false },
      pubDate: item.date,
      categories: item.tags.map((name) => ({ name })),
      dc: { creators: [item.author] },
      content: { encoded: item.html },
    })),
  });
}

function feedsmithAtom({ site, items }) {
  return generateAtomFeed({
    id: site.url,
    title: site.title,
    updated: items[0].date,
    links: [{ href: site.url }],
    entries: items.map((item) => ({
      id: item.id,
      title: item.title,
      updated: item.date,
      published: item.date,
      links: [{ href: item.url }],
      authors: [{ name: item.author }],
      categories: item.tags.map((term) => ({ term })),
      summary: item.summary,
      content: item.html,
    })),
  });
}

function feedsmithJson({ site, items }) {
  const json = generateJsonFeed({
    title: site.title,
    home_page_url: site.url,
    description: site.description,
    items: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_html: item.html,
      summary: item.summary,
      date_published: item.date,
      authors: [{ name: item.author }],
      tags: item.tags,
    })),
  });
  return typeof json === 'string' ? json : JSON.stringify(json);
}

function withRss({ site, items }) {
  const feed = new RSS({ title: site.title, description: site.description, site_url: site.url, feed_url: site.url });
  for (const item of items) {
    feed.item({
      title: item.title,
      url: item.url,
      guid: item.id,
      date: item.date,
      author: item.author,
      categories: item.tags,
      description: item.html,
    });
  }
  return feed.xml();
}

/** Gives a response; its text is what a site serves. */
async function withAstro({ site, items }) {
  const response = await astro({
    title: site.title,
    description: site.description,
    site: site.url,
    items: items.map((item) => ({
      title: item.title,
      link: item.url,
      pubDate: item.date,
      description: item.summary,
      content: item.html,
      categories: item.tags,
      author: item.author,
    })),
  });
  return response.text();
}
