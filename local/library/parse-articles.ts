/** One file as the articles that it holds, without a publication. */

import { isArticleKey } from '../../lambda/address/article-key.ts';
import { parseArticles as parse } from '../../lambda/article/parse.ts';
import type { ParsedArticles } from '../../lambda/model/article.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';

export interface ArticleSettings {
  /** The text of site.yaml. @default every setting has its default */
  readonly site?: string;
  /** Base address of the site. @default that in `site` */
  readonly url?: string;
}

/**
 * The articles of a file and its problems: Markdown, HTML, JSON or plain text, with front matter. Nothing else is read, so
 * assets that it names are not looked for. A mistake is a problem and no failure; with an error there are no articles.
 *
 * @param key its path in the publication, with `/` between the parts: its address may come from it, and its ending says what it is
 * @param body its bytes, or its text
 * @throws TypeError where the key is not that of an article, or the address not that of a site
 */
export function parseArticles(key: string, body: Uint8Array | string, settings: ArticleSettings = {}): ParsedArticles {
  if (!isArticleKey(key)) throw new TypeError(`${key} is not the name of an article: give one such as posts/tide.md.`);
  const encode = (text: string) => new TextEncoder().encode(text);
  const { site = '', url = null } = settings;
  const { site: parsed, problems } = parseSite(encode(site), { url });
  if (parsed === null) return { articles: [], problems };
  return parse({ key, body: typeof body === 'string' ? encode(body) : body, site: parsed });
}
