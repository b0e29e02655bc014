/** From a Markdown file to safe HTML, as most scripts do it: gray-matter, marked, sanitize-html. */

import matter from 'gray-matter';
import { marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

const OPTIONS = { allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img'] };

export function parsePost(text) {
  // An empty object of options keeps gray-matter from giving what it parsed before.
  const { data, content } = matter(text, {});
  return { data, html: sanitizeHtml(marked.parse(content), OPTIONS) };
}
