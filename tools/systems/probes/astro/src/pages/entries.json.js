/** What Astro has in the collection that the site publishes, as JSON. */
import { getCollection } from 'astro:content';

export async function GET() {
  const posts = await getCollection('blog', ({ data }) => data.draft !== true);
  const entries = posts.map(({ id, data, rendered }) => ({
    title: data.title,
    date: new Date(data.pubDate),
    url: `/blog/${id}/`,
    authors: [data.author],
    tags: data.tags ?? [],
    html: rendered?.html ?? '',
  }));
  return new Response(JSON.stringify(entries));
}
