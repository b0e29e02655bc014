/** What `css-files.ts` reads, put in by esbuild when it bundles. */

export { default as ARTICLE } from './article.css' with { type: 'text' };
export { default as ATTACHMENTS } from './attachments.css' with { type: 'text' };
export { default as BASE } from './base.css' with { type: 'text' };
export { default as CONTENT } from './content.css' with { type: 'text' };
export { default as FRAME } from './frame.css' with { type: 'text' };
export { default as LISTS } from './lists.css' with { type: 'text' };
export { default as MEDIA } from './media.css' with { type: 'text' };
export { default as PALETTE } from './palette.css' with { type: 'text' };
