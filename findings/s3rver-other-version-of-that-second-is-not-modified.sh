#!/usr/bin/env bash
# A reader that has an older version is told that nothing was modified, where both were written in one second.
#
# Software    s3rver 3.7.1 (npm) with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Node 20, Python 3.11
# Input       an object written twice within a second, and read with the ETag and the date of the first version, as readers of
#             feeds do.
# Guessed     200: RFC 9110 (13.1.3) has a server ignore If-Modified-Since where there is an If-None-Match.
# Happens     304: the date alone decides. MinIO 7aac2a2c5b7c (of which it was guessed), moto 5.2.1 and gofakes3 1.2.0 do the
#             same; versitygw 1.8.0, MiniStack 1.5.33 and S3Proxy 2.9.0 answer 200.
# Matters     the second version reaches no such reader before there is a third. A publisher does well to write a feed once
#             for all that has changed, and not once for each article.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_s3rver 3.7.1

answers=$(s3 "$address" << 'PYTHON'
import time
def write(body):
  s3.put_object(Bucket='feeds', Key='atom.xml', Body=body)
  return s3.head_object(Bucket='feeds', Key='atom.xml')['ResponseMetadata']['HTTPHeaders']
for attempt in range(20):
  time.sleep(1 - time.time() % 1)
  first, second = write(b'<feed/>'), write(b'<feed></feed>')
  if first['last-modified'] == second['last-modified']: break
def read(**fields):
  url = s3.generate_presigned_url('get_object', Params=dict(Bucket='feeds', Key='atom.xml'))
  try: return urllib.request.urlopen(urllib.request.Request(url, headers=fields)).status
  except urllib.error.HTTPError as error: return error.status
print(first['etag'] != second['etag'], read(**{'If-None-Match': first['etag']}),
  read(**{'If-None-Match': first['etag'], 'If-Modified-Since': first['last-modified']}))
PYTHON
)
expect 'another version, its ETag asked for, ETag and date asked for' 'True 200 304' "$answers"
finish
