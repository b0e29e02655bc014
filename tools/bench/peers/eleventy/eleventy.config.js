/** Eleventy as its documentation sets up feeds: its own plugin, one feed of everything and one for each tag. */

import pluginRss from '@11ty/eleventy-plugin-rss';

export default function (config) {
  config.addPlugin(pluginRss);
  config.setQuietMode(true);
  config.addCollection('everything', (api) => api.getFilteredByGlob('**/*.md').reverse());
}
