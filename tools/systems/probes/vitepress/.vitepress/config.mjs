/** The settings of the site (brought beside as site.mjs), with what VitePress has for pages, as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createContentLoader } from 'vitepress';
import site from './site.mjs';

/** The text of a page as it was built: what it includes is in it. */
function readPage(outDir, url) {
  const page = readFileSync(`${outDir}${url.endsWith('/') ? `${url}index.html` : url}`, 'utf8');
  return /class="vp-doc.*<\/main>/s.exec(page)?.[0].replace(/^[^>]*>/, '') ?? '';
}

export default {
  ...site,
  async buildEnd({ outDir, pages }) {
    const urls = new Set(pages.map((page) => `/${page}`.replace(/\/index\.md$/, '/').replace(/\.md$/, '.html')));
    const loaded = await createContentLoader('**/*.md').load();
    const entries = loaded
      .filter(({ url }) => urls.has(url))
      .map(({ url, frontmatter }) => ({
        title: frontmatter.title,
        date: frontmatter.date ?? null,
        url,
        authors: [frontmatter.author],
        tags: frontmatter.tags ?? [],
        html: readPage(outDir, url),
      }));
    writeFileSync('entries.json', JSON.stringify(entries));
  },
};
