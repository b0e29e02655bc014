/** The least that a function on S3 can be: what `npm run size` holds the publisher's bundle against. */

import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

let client: S3Client | undefined;

/** Makes the client, and gives it with what would be sent by it. */
export async function handler(): Promise<readonly unknown[]> {
  client ??= new S3Client({});
  return [client, GetObjectCommand, PutObjectCommand];
}
