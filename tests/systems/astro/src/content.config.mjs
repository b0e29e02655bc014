import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';

const blog = defineCollection({ loader: glob({ pattern: '**/[^_]*.md', base: './src/content/blog' }) });

export const collections = { blog };
