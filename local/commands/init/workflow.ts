/**
 * Workflows for GitHub Actions: each builds the publication and puts it where people read it, or uploads its articles to a
 * stack on AWS. What the last build remembers (ids, first dates) is kept between runs.
 */

import type { WorkflowHost } from '../../hosting/workflow-hosts.ts';

interface Host {
  /** The steps that the operator takes once, as lines of a comment. */
  readonly before: readonly string[];
  /** Rights of the workflow besides reading the repository. */
  readonly permissions: readonly string[];
  /** Lines between the name of the runner and the steps. */
  readonly job?: readonly string[];
  /** When it runs by itself, as lines under `schedule:`. @default each hour, for what becomes due */
  readonly schedule?: readonly string[];
  /** Steps after those that every workflow has. */
  readonly steps: (folders: Folders) => string;
}

interface Folders {
  /** Of the articles. */
  readonly content: string;
  /** Of the documents. */
  readonly out: string;
}

const FEEDWRIGHT = 'npx --yes feedwright';
const AWS_LOGIN = `      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.FEEDWRIGHT_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
`;

/** By which a stack on AWS is known. */
const AWS_NAMES = ['CONTENT_BUCKET', 'STATE_BUCKET', 'SITE_BUCKET', 'ARTICLE_QUEUE_URL', 'FEED_QUEUE_URL'];
/** A publisher on AWS does by itself what becomes due. */
const EACH_HOUR = ['    # What was written for a later day comes out within the hour.', "    - cron: '17 * * * *'"];

const HOSTS: Readonly<Record<WorkflowHost, Host>> = {
  'github-pages': {
    before: ['In the repository’s settings, Pages, choose "GitHub Actions" as the source, once.'],
    permissions: ['pages: write', 'id-token: write'],
    job: ['    environment:', '      name: github-pages', `      url: \${{ steps.pages.outputs.page_url }}`],
    steps: ({ content, out }) => `      - id: pages-settings
        uses: actions/configure-pages@v5
${keepState(out)}      - run: ${FEEDWRIGHT} build ${content} --out ${out} --for github-pages --url "$BASE_URL"
        env:
          BASE_URL: \${{ steps.pages-settings.outputs.base_url }}
      - uses: actions/upload-pages-artifact@v3
        with:
          path: ${out}
      - id: pages
        uses: actions/deploy-pages@v4
`,
  },
  s3: {
    before: [
      'In the repository’s settings, Variables: FEEDWRIGHT_ROLE (a role that GitHub may assume and that may read, write, list',
      'and remove in the bucket), AWS_REGION, FEEDS_BUCKET. For another server than Amazon’s: AWS_ENDPOINT_URL, and its keys',
      'as secrets in place of the role.',
    ],
    permissions: ['id-token: write'],
    steps: ({
      content,
      out,
    }) => `${keepState(out)}${AWS_LOGIN}      - run: ${FEEDWRIGHT} build ${content} --out "s3://$FEEDS_BUCKET" --state ${out}.feedwright.db
        env:
          FEEDS_BUCKET: \${{ vars.FEEDS_BUCKET }}
`,
  },
  netlify: {
    before: [
      'In the repository’s settings, Variables: NETLIFY_SITE_ID; Secrets: NETLIFY_AUTH_TOKEN. site.yaml names the address (url).',
    ],
    permissions: [],
    steps: ({
      content,
      out,
    }) => `${keepState(out)}      - run: ${FEEDWRIGHT} build ${content} --out ${out} --for netlify
      - run: npx --yes netlify-cli@23 deploy --prod --no-build --dir ${out}
        env:
          NETLIFY_SITE_ID: \${{ vars.NETLIFY_SITE_ID }}
          NETLIFY_AUTH_TOKEN: \${{ secrets.NETLIFY_AUTH_TOKEN }}
`,
  },
  'cloudflare-pages': {
    before: [
      'In the repository’s settings, Variables: CLOUDFLARE_ACCOUNT_ID, PAGES_PROJECT; Secrets: CLOUDFLARE_API_TOKEN (Pages, edit).',
      'site.yaml names the address (url).',
    ],
    permissions: [],
    steps: ({
      content,
      out,
    }) => `${keepState(out)}      - run: ${FEEDWRIGHT} build ${content} --out ${out} --for cloudflare-pages
      - run: npx --yes wrangler@4 pages deploy ${out} --project-name "$PAGES_PROJECT" --branch main
        env:
          PAGES_PROJECT: \${{ vars.PAGES_PROJECT }}
          CLOUDFLARE_ACCOUNT_ID: \${{ vars.CLOUDFLARE_ACCOUNT_ID }}
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
`,
  },
  aws: {
    before: [
      'For a stack on AWS with the option githubRepository, whose outputs these are. In the repository’s settings, Variables:',
      'FEEDWRIGHT_ROLE (PushRoleArn), AWS_REGION (Region), FEEDWRIGHT_CONTENT_BUCKET (ContentBucketName), FEEDWRIGHT_STATE_BUCKET',
      '(StateBucketName), FEEDWRIGHT_SITE_BUCKET (SiteBucketName), FEEDWRIGHT_ARTICLE_QUEUE_URL (ArticleQueueUrl) and',
      'FEEDWRIGHT_FEED_QUEUE_URL (FeedQueueUrl).',
    ],
    permissions: ['id-token: write'],
    job: ['    env:', ...AWS_NAMES.map((name) => `      FEEDWRIGHT_${name}: \${{ vars.FEEDWRIGHT_${name} }}`)],
    schedule: ['    # A backup of ids and first dates, each night.', "    - cron: '41 3 * * *'"],
    steps: ({ content }) => `${AWS_LOGIN}      - run: ${FEEDWRIGHT} check ${content}
      - run: ${FEEDWRIGHT} push ${content} --delete
      - if: always() && github.event_name == 'schedule'
        run: ${FEEDWRIGHT} backup
`,
  },
};

function keepState(out: string): string {
  return `      # What the last build remembers: ids, first dates, and which documents are there. Where GitHub has dropped it, articles
      # that state no date get a new one.
      - uses: actions/cache@v4
        with:
          path: |
            ${out}
            ${out}.feedwright.db
          key: feeds-\${{ github.run_id }}
          restore-keys: feeds-
`;
}

/** @param folders both relative to the repository */
export function renderWorkflow(name: WorkflowHost, folders: Folders): string {
  const { before, permissions, job = [], schedule = EACH_HOUR, steps } = HOSTS[name];
  return `# Publishes the feeds.
${before.map((line) => `# ${line}\n`).join('')}name: Feeds
on:
  push:
    branches: [main]
  schedule:
${schedule.join('\n')}
  workflow_dispatch:
permissions:
  contents: read
${permissions.map((line) => `  ${line}\n`).join('')}concurrency:
  group: feeds
jobs:
  publish:
    runs-on: ubuntu-latest
${job.map((line) => `${line}\n`).join('')}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
${steps(folders)}`;
}
