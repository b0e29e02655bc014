/** What the publisher reads and writes a bucket with: bundled for a test, as the publisher is. */

export { createS3Clients } from '../../../lambda/store/s3-client.ts';
export { createS3Store } from '../../../lambda/store/s3-store.ts';
