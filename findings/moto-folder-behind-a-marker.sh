#!/usr/bin/env bash
# Where a listing of a folder begins inside one of its folders, moto tells of that folder in one version of the call and not in
# the other.
#
# Software    moto 5.2.1 with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       keys posts/a, posts/b/1, posts/b/2 and posts/c. A listing of posts/ with the delimiter "/" that begins after
#             posts/b/1: by Marker in ListObjects, by StartAfter in ListObjectsV2.
# Guessed     both tell of posts/b/, since posts/b/2 comes behind, on every server.
# Happens     ListObjects    posts/b/ and posts/c
#             ListObjectsV2  posts/c alone
#             Servers divide likewise for ListObjectsV2: gofakes3 1.2.0 and s3rver 3.7.1 tell of the folder; versitygw 1.8.0,
#             MinIO 7aac2a2c5b7c, MiniStack 1.5.33 and S3Proxy 2.9.0 don't.
# Matters     who lists folders and goes on from a key of its own must not take what is not told for gone. A key that is a
#             whole folder, or the token of the server, is safe.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip 'moto[server]==5.2.1'
install_client
KEY=any SECRET=any
address=http://127.0.0.1:$(free_port)
start_server "$address" moto_server -H 127.0.0.1 -p "${address##*:}"

s3 "$address" <<< "for key in ('a', 'b/1', 'b/2', 'c'): s3.put_object(Bucket='feeds', Key='posts/' + key, Body=b'')"
told="
def told(answer):
  folders = [each['Prefix'] for each in answer.get('CommonPrefixes', [])]
  return ' '.join(folders + [each['Key'] for each in answer.get('Contents', [])])
where = dict(Bucket='feeds', Prefix='posts/', Delimiter='/')
"
expect 'ListObjects after posts/b/1' 'posts/b/ posts/c' \
  "$(s3 "$address" <<< "${told}print(told(s3.list_objects(**where, Marker='posts/b/1')))")"
expect 'ListObjectsV2 after posts/b/1' 'posts/c' \
  "$(s3 "$address" <<< "${told}print(told(s3.list_objects_v2(**where, StartAfter='posts/b/1')))")"
finish
