/** What `css-files.ts` reads, put in by esbuild when it bundles. */

export { default as ARTICLE_RULES } from './article.css' with { type: 'text' };
export { default as BASE_RULES } from './base.css' with { type: 'text' };
export { default as LIST_RULES } from './lists.css' with { type: 'text' };
export { default as MEDIA_RULES } from './media.css' with { type: 'text' };
export { default as PALETTE } from './palette.css' with { type: 'text' };
