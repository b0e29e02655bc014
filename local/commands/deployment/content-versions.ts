/** Brings back what was removed from the content bucket: it keeps old versions, and hides them behind a delete marker. */

import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';

/** Each removal of the same file leaves one more marker. */
const MARKERS_MAX = 100;

/** Pages of a listing: a thousand versions each, which are those of a million files. */
const PAGES_MAX = 10_000;

/**
 * Files that are gone, and were removed since a moment.
 *
 * @param since in milliseconds since the epoch
 * @returns their keys, in order
 */
export async function listRemoved(
  client: S3Client,
  bucket: string,
  since: number,
  prefix: string,
): Promise<readonly string[]> {
  try {
    const keys: string[] = [];
    let next: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = {};
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const listed: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }),
      );
      for (const { Key, IsLatest, LastModified } of listed.DeleteMarkers ?? []) {
        if (Key !== undefined && IsLatest === true && Number(LastModified) >= since) keys.push(Key);
      }
      if (listed.IsTruncated !== true || listed.NextKeyMarker === undefined) break;
      const { NextKeyMarker, NextVersionIdMarker } = listed;
      next = { KeyMarker: NextKeyMarker, ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }) };
    }
    return keys;
  } catch (error) {
    throw failureOf(error, `Looking for what was removed from ${bucket}`);
  }
}

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
