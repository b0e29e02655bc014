#!/usr/bin/env bash
# A copy that replaces all header fields of an object keeps the Content-Encoding, so plain bytes are said to be compressed.
#
# Software    MiniStack 1.5.33 with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       an object with Content-Encoding, Content-Language, Cache-Control and metadata. A copy of it onto itself with
#             MetadataDirective=REPLACE that names a Content-Type and a Cache-Control only.
# Guessed     what is not named is gone afterwards, on every server: so it is on moto 5.2.1, s3rver 3.7.1 and S3Proxy 2.9.0.
# Happens     the language and the metadata are gone, and the encoding stays. versitygw 1.8.0 keeps language, disposition,
#             encoding and Expires; gofakes3 1.2.0 keeps all of it.
# Matters     who takes the compression off a document has to write it anew. After a copy every reader would be told to
#             decompress what is not compressed.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_ministack 1.5.33

s3 "$address" << 'PYTHON'
s3.put_object(Bucket='feeds', Key='atom.xml', Body=b'<feed/>', ContentType='application/atom+xml', ContentEncoding='gzip',
  ContentLanguage='de', CacheControl='max-age=60', Metadata={'link': 'x'})
s3.copy_object(Bucket='feeds', Key='atom.xml', CopySource={'Bucket': 'feeds', 'Key': 'atom.xml'}, MetadataDirective='REPLACE',
  ContentType='text/plain', CacheControl='max-age=99')
PYTHON
field() { s3 "$address" <<< "print(s3.head_object(Bucket='feeds', Key='atom.xml').get('$1', 'none'))"; }
expect 'Cache-Control' max-age=99 "$(field CacheControl)"
expect 'Content-Language' none "$(field ContentLanguage)"
expect 'metadata' '{}' "$(field Metadata)"
expect 'Content-Encoding' gzip "$(field ContentEncoding)"
finish
