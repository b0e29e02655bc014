#!/usr/bin/env bash
# A listing that asks for no keys is said to have more to come, with a place to go on from.
#
# Software    MiniStack 1.5.33 with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       a bucket with one object. ListObjectsV2 with MaxKeys=0, as some programs ask whether a bucket is there.
# Guessed     no keys and IsTruncated false, on every server: so it is on moto 5.2.1, versitygw 1.8.0, s3rver 3.7.1 and
#             S3Proxy 2.9.0.
# Happens     no keys and IsTruncated true.
# Matters     a loop over the parts of a listing that is asked for none goes on for ever. Ask for one.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_ministack 1.5.33

s3 "$address" <<< "s3.put_object(Bucket='feeds', Key='a', Body=b'')"
listing="answer = s3.list_objects_v2(Bucket='feeds', MaxKeys=0)"
expect 'keys' 0 "$(s3 "$address" <<< "$listing; print(len(answer.get('Contents', [])))")"
expect 'more to come' True "$(s3 "$address" <<< "$listing; print(answer['IsTruncated'])")"
finish
