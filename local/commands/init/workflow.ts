/** A workflow for GitHub Actions that builds the publication and puts it on GitHub Pages. */

/** @param content the folder of the articles, and `out` that of the documents, both relative to the repository */
export function renderWorkflow(content: string, out: string): string {
  return `# Builds the feeds and puts them on GitHub Pages: in the repository's settings, Pages, choose "GitHub Actions" once.
name: Feeds
on:
  push:
    branches: [main]
  schedule:
    # What was written for a later day comes out within the hour.
    - cron: '17 * * * *'
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: feeds
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: \${{ steps.pages.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - id: pages-settings
        uses: actions/configure-pages@v5
      # What the last build remembers: ids, first dates, and which documents are there. Where GitHub has dropped it, articles
      # that state no date get a new one.
      - uses: actions/cache@v4
        with:
          path: |
            ${out}
            ${out}.feedwright.db
          key: feeds-\${{ github.run_id }}
          restore-keys: feeds-
      - run: npx --yes feedwright build ${content} --out ${out} --url "\${{ steps.pages-settings.outputs.base_url }}"
      - uses: actions/upload-pages-artifact@v3
        with:
          path: ${out}
      - id: pages
        uses: actions/deploy-pages@v4
`;
}
