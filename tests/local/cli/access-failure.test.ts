import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';
import { findAccessFailure } from '../../../local/cli/access-failure.ts';
import { main } from '../../../local/main.ts';
import { startLoopback } from '../../support/loopback.ts';

function failed(name: string, message: string, httpStatusCode?: number): Error {
  return failureOf(Object.assign(new Error(message), { name, $metadata: { httpStatusCode } }), 'Reading a from b');
}

describe('findAccessFailure', () => {
  it.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', undefined, 'no credentials'],
    ['ExpiredToken', 'The provided token has expired.', 400, 'have expired'],
    ['ExpiredTokenException', 'The security token included in the request is expired', 403, 'have expired'],
    ['InvalidAccessKeyId', 'The AWS Access Key Id does not exist.', 403, 'does not accept'],
    ['Error', 'Region is missing', undefined, 'in which region'],
    ['QueueDoesNotExist', 'The specified queue does not exist.', 400, 'the stack is gone'],
    ['AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.', 400, 'the stack is gone'],
  ])('knows %s, and says what to do in place of trying again', (name, message, status, reason) => {
    expect(findAccessFailure(failed(name, message, status))?.reason).toContain(reason);
  });

  it('leaves every other failure what it is', () => {
    expect(findAccessFailure(failed('AccessDenied', 'No.', 403))).toBeNull();
    expect(findAccessFailure(failed('Error', 'connect ECONNREFUSED'))).toBeNull();
    expect(findAccessFailure('text')).toBeNull();
  });
});

describe('an operator’s command with credentials that have expired', () => {
  let server: Awaited<ReturnType<typeof startLoopback>>;

  beforeAll(async () => {
    server = await startLoopback(async (request, response) => {
      const body = '<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>';
      response.writeHead(400, { 'content-type': 'application/xml' });
      // The answer to HEAD has no body, and so no reason.
      response.end(request.method === 'HEAD' ? undefined : body);
    });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  });

  afterAll(() => server.close());

  it.each([['status'], ['takedown', 'a.md']])('%s says so', async (...args) => {
    const said: string[] = [];
    const environment = {
      AWS_ENDPOINT_URL: server.origin,
      AWS_REGION: 'us-east-1',
      FEEDWRIGHT_CONTENT_BUCKET: 'content',
      FEEDWRIGHT_STATE_BUCKET: 'state',
      FEEDWRIGHT_SITE_BUCKET: 'site',
      FEEDWRIGHT_ARTICLE_QUEUE_URL: `${server.origin}/1/articles`,
      FEEDWRIGHT_FEED_QUEUE_URL: `${server.origin}/1/feeds.fifo`,
    };
    const terminal = {
      print: (line: string) => void said.push(line),
      note: (line: string) => void said.push(line),
      style: (_: unknown, text: string) => text,
      startProgress: () => ({ update() {}, stop() {} }),
    };
    const code = await main(args, environment, { terminal, now: Date.now, waitForInterrupt: async () => {} });
    expect(code).toBe(3);
    expect(said.join('\n')).toContain(
      'the credentials of AWS have expired (The provided token has expired.)\n  sign in',
    );
  });
});
