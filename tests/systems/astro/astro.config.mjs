import { defineConfig } from 'astro/config';

export default defineConfig({ site: 'https://site.example', trailingSlash: 'always' });
