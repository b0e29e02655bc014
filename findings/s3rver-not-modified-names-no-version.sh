#!/usr/bin/env bash
# A 304 has neither the ETag nor the life time of what was not modified.
#
# Software    s3rver 3.7.1 (npm) with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Node 20, Python 3.11
# Input       an object with a Cache-Control, read again with If-None-Match of its ETag.
# Guessed     304 with the ETag and the Cache-Control of the 200, which RFC 9110 (15.4.5) demands.
# Happens     304 with neither. versitygw 1.8.0 leaves both out too; moto 5.2.1 and S3Proxy 2.9.0 give the ETag alone,
#             gofakes3 1.2.0 keeps no Cache-Control at all. MiniStack 1.5.33 gives both.
# Matters     a cache before the bucket can't begin a new life time, and asks for a feed at every look of every reader.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_s3rver 3.7.1

s3 "$address" <<< "s3.put_object(Bucket='feeds', Key='atom.xml', Body=b'<feed/>', CacheControl='max-age=60')"
read_again="
version = s3.head_object(Bucket='feeds', Key='atom.xml')['ETag']
url = s3.generate_presigned_url('get_object', Params=dict(Bucket='feeds', Key='atom.xml'))
try: answer = urllib.request.urlopen(urllib.request.Request(url, headers={'If-None-Match': version}))
except urllib.error.HTTPError as error: answer = error
"
expect 'status' 304 "$(s3 "$address" <<< "${read_again}print(answer.status)")"
expect 'ETag' None "$(s3 "$address" <<< "${read_again}print(answer.headers['ETag'])")"
expect 'Cache-Control' None "$(s3 "$address" <<< "${read_again}print(answer.headers['Cache-Control'])")"
finish
