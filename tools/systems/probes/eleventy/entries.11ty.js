/** What Eleventy has in its collections, as JSON. */
export default class Entries {
  data() {
    return { permalink: '/entries.json', eleventyExcludeFromCollections: true };
  }

  render({ collections }) {
    const pages = collections.all.filter(({ url }) => url !== false);
    return JSON.stringify(
      pages.map(({ data, date, url, templateContent }) => ({
        title: data.title,
        date,
        url,
        authors: [data.author],
        tags: (data.tags ?? []).filter((tag) => tag !== 'all'),
        html: templateContent,
      })),
    );
  }
}
