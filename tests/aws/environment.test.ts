import { describe, expect, it } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../lambda/aws/environment.ts';

const GOOD = {
  FEEDWRIGHT_CONTENT_BUCKET: 'content-1',
  FEEDWRIGHT_STATE_BUCKET: 'state-1',
  FEEDWRIGHT_SITE_BUCKET: 'site-1',
  FEEDWRIGHT_SITE_URL: 'https://feeds.example.org',
  FEEDWRIGHT_CDN_URL: 'https://d111111abcdef8.cloudfront.net',
  FEEDWRIGHT_ARTICLE_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/articles',
  FEEDWRIGHT_FEED_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/feeds.fifo',
};

function mistakesOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readEnvironment(environment);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.mistakes;
    throw error;
  }
}

describe('readEnvironment', () => {
  it('reads what the stack sets', () => {
    expect(readEnvironment(GOOD)).toEqual({
      contentBucket: 'content-1',
      stateBucket: 'state-1',
      publicBucket: 'site-1',
      publicPrefix: '',
      traits: null,
      siteUrl: 'https://feeds.example.org/',
      cdnUrl: 'https://d111111abcdef8.cloudfront.net/',
      articleQueueUrl: GOOD.FEEDWRIGHT_ARTICLE_QUEUE_URL,
      feedQueueUrl: GOOD.FEEDWRIGHT_FEED_QUEUE_URL,
    });
  });

  it('leaves the address of the site to site.yaml when the environment has none', () => {
    const environment = readEnvironment({ ...GOOD, FEEDWRIGHT_SITE_URL: undefined, FEEDWRIGHT_CDN_URL: undefined });
    expect(environment).toMatchObject({ siteUrl: null, cdnUrl: null });
  });

  it('reports all mistakes at once', () => {
    expect(mistakesOf({})).toHaveLength(5);
    const wrong = { ...GOOD, FEEDWRIGHT_CONTENT_BUCKET: 'No Bucket', FEEDWRIGHT_SITE_URL: 'feeds.example.org' };
    expect(mistakesOf({ ...wrong, FEEDWRIGHT_FEED_QUEUE_URL: GOOD.FEEDWRIGHT_ARTICLE_QUEUE_URL })).toEqual([
      'FEEDWRIGHT_CONTENT_BUCKET is "No Bucket", which is not the name of an S3 bucket.',
      'FEEDWRIGHT_SITE_URL is "feeds.example.org", which is not an absolute http or https address without ? and #.',
      expect.stringContaining('which is not the URL of an SQS queue that ends with .fifo.'),
    ]);
  });

  it('takes a folder for the documents, with its slash', () => {
    expect(readEnvironment({ ...GOOD, FEEDWRIGHT_SITE_PREFIX: 'blog/feeds/' })).toMatchObject({
      publicPrefix: 'blog/feeds/',
    });
    for (const FEEDWRIGHT_SITE_PREFIX of ['/feeds/', 'feeds', 'a//b/', '../b/'])
      expect(mistakesOf({ ...GOOD, FEEDWRIGHT_SITE_PREFIX }), FEEDWRIGHT_SITE_PREFIX).toHaveLength(1);
  });

  it('takes what the server of the buckets does not compare', () => {
    const traits = (FEEDWRIGHT_S3_LACKS: string) => readEnvironment({ ...GOOD, FEEDWRIGHT_S3_LACKS }).traits;
    expect(traits('copy')).toEqual({ comparesWrites: true, comparesRemovals: true, comparesCopies: false });
    expect(traits('delete, copy')).toEqual({ comparesWrites: true, comparesRemovals: false, comparesCopies: false });
    expect(traits('nothing')).toEqual({ comparesWrites: true, comparesRemovals: true, comparesCopies: true });
    expect(traits('')).toBeNull();
    expect(mistakesOf({ ...GOOD, FEEDWRIGHT_S3_LACKS: 'put' })).toHaveLength(1);
  });

  it('refuses one bucket for two purposes', () => {
    expect(mistakesOf({ ...GOOD, FEEDWRIGHT_SITE_BUCKET: 'state-1' })).toEqual([
      'The content, state and site buckets must be three different buckets.',
    ]);
  });
});
