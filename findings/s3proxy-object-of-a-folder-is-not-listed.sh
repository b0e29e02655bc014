#!/usr/bin/env bash
# An object whose key ends with a slash is there when it is asked for, and no listing tells of it.
#
# Software    S3Proxy 2.9.0 (Maven Central) with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, OpenJDK 17, Python 3.11
# Input       an empty object posts/, as consoles of Amazon S3 make folders, and posts/a.
# Guessed     both are listed, as gofakes3 1.2.0, versitygw 1.8.0, moto 5.2.1, s3rver 3.7.1 and MiniStack 1.5.33 do.
# Happens     HeadObject finds posts/, and ListObjectsV2 has posts/a alone.
# Matters     who removes what a listing tells does not empty such a bucket, and who compares listings with what was written
#             finds one gone.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_s3proxy 2.9.0

s3 "$address" <<< "
for key in ('posts/', 'posts/a'): s3.put_object(Bucket='feeds', Key=key, Body=b'')"
expect 'HeadObject of posts/' 200 \
  "$(s3 "$address" <<< "print(s3.head_object(Bucket='feeds', Key='posts/')['ResponseMetadata']['HTTPStatusCode'])")"
expect 'listed' posts/a \
  "$(s3 "$address" <<< "print(' '.join(each['Key'] for each in s3.list_objects_v2(Bucket='feeds', Prefix='posts/')['Contents']))")"
finish
