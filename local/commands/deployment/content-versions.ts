/** Brings back what was removed from the content bucket: it keeps old versions, and hides them behind a delete marker. */

import { DeleteObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';

/** Each removal of the same file leaves one more marker. */
const MARKERS_MAX = 100;

/**
 * Removes the markers that hide the newest version of a file.
 *
 * @returns whether there was a version to bring back
 */
export async function undeleteObject(client: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    for (let count = 0; count < MARKERS_MAX; count += 1) {
      // Markers and versions of one key come newest first, each kind in a list of its own.
      const listed = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: 1_000 }));
      const marker = listed.DeleteMarkers?.find((each) => each.Key === key && each.IsLatest === true);
      const versions = listed.Versions?.filter((each) => each.Key === key) ?? [];
      if (marker === undefined) return versions.some(({ IsLatest }) => IsLatest === true);
      if (versions.length === 0) return false;
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marker.VersionId }));
    }
    return false;
  } catch (error) {
    throw failureOf(error, `Bringing back ${key} in ${bucket}`);
  }
}
