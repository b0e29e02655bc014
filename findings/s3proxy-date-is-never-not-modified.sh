#!/usr/bin/env bash
# The date that a server itself gave never leads to a 304.
#
# Software    S3Proxy 2.9.0 (Maven Central) with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, OpenJDK 17, Python 3.11
# Input       an object, read again with If-Modified-Since of its own Last-Modified, as readers ask that keep no ETags.
# Guessed     304, as gofakes3 1.2.0, moto 5.2.1, s3rver 3.7.1 and MiniStack 1.5.33 answer.
# Happens     200 with the whole body, each time: what is stored has a fraction of a second, and the header field has none.
#             With If-None-Match it is 304.
# Matters     a feed there is sent whole to every reader that compares dates.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_s3proxy 2.9.0

writing="
import time
while not 0.3 < time.time() % 1 < 0.6: time.sleep(0.05)
s3.put_object(Bucket='feeds', Key='atom.xml', Body=b'<feed/>')
"
s3 "$address" <<< "$writing"
read_again() {
  s3 "$address" <<< "
there = s3.get_object(Bucket='feeds', Key='atom.xml')['ResponseMetadata']['HTTPHeaders']
url = s3.generate_presigned_url('get_object', Params=dict(Bucket='feeds', Key='atom.xml'))
try: answer = urllib.request.urlopen(urllib.request.Request(url, headers={'$1': there['$2']}))
except urllib.error.HTTPError as error: answer = error
print(answer.status)"
}
expect 'by its ETag' 304 "$(read_again If-None-Match etag)"
expect 'by its date' 200 "$(read_again If-Modified-Since last-modified)"
finish
