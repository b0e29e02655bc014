#!/usr/bin/env bash
# Neither an upload nor the removal of several objects is taken from a current SDK with its defaults.
#
# Software    S3Proxy 2.9.0 (Maven Central) with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, OpenJDK 17, Python 3.11
# Input       PutObject with the SHA-256 of the body, and DeleteObjects of two keys, as the documents of Amazon S3 have them.
# Guessed     the hash is compared or ignored, and DeleteObjects answers 200 with the keys.
# Happens     501 NotImplemented to both: header fields that begin with x-amz- and are not known are refused, and the SDK adds
#             x-amz-checksum-… of its own to DeleteObjects. With s3proxy.ignore-unknown-headers=true both are taken.
# Matters     who writes to servers of others has to be able to leave the hash beside a body away.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_s3proxy 2.9.0

status() {
  s3 "$address" <<< "
try: print($1['ResponseMetadata']['HTTPStatusCode'])
except ClientError as error: print(error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Code'])"
}
expect 'PutObject with a hash' '501 NotImplemented' \
  "$(status "s3.put_object(Bucket='feeds', Key='a', Body=b'', ChecksumAlgorithm='SHA256')")"
expect 'DeleteObjects' '501 NotImplemented' \
  "$(status "s3.delete_objects(Bucket='feeds', Delete={'Objects': [{'Key': 'a'}, {'Key': 'c'}]})")"
finish
