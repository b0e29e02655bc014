/** What Hexo has for posts and pages, as JSON. */
import { writeFileSync } from 'node:fs';
import Hexo from 'hexo';

const hexo = new Hexo(process.cwd(), { silent: true });
await hexo.init();
await hexo.load();
const entries = ['posts', 'pages'].flatMap((kind) =>
  hexo.locals.get(kind).map(({ title, date, path, permalink, author, tags, categories, content }) => ({
    title,
    date: date.toDate(),
    url: decodeURI(kind === 'pages' ? `/${path.replace(/index\.html$/, '')}` : new URL(permalink).pathname),
    authors: [author],
    tags: [tags, categories].flatMap((list) => list?.map(({ name }) => name) ?? []),
    html: content,
  })),
);
writeFileSync('entries.json', JSON.stringify(entries));
await hexo.exit();
