/** The settings of the small site. */
export default {
  title: 'Tide Tables',
  url: 'https://site.example',
  baseUrl: '/',
  onBrokenLinks: 'warn',
  presets: [
    [
      'classic',
      {
        docs: false,
        blog: { onUntruncatedBlogPosts: 'ignore', feedOptions: { type: 'json', limit: false } },
        theme: {},
      },
    ],
  ],
};
