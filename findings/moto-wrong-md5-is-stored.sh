#!/usr/bin/env bash
# moto stores a body whose Content-MD5 is that of other bytes.
#
# Software    moto 5.2.1 with boto3 1.44.8 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       a PUT with the MD5 of other bytes in Content-MD5, which Amazon S3 documents as refused with 400 BadDigest.
# Guessed     400 on every server that imitates S3. MiniStack, versitygw, gofakes3 and S3Proxy do answer that.
# Happens     200, and the bytes are stored.
# Matters     a test that shows that an upload which was damaged on its way is noticed shows nothing on moto.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip 'moto[server]==5.2.1'
install_client
KEY=any SECRET=any
address=http://127.0.0.1:$(free_port)
start_server "$address" moto_server -H 127.0.0.1 -p "${address##*:}"

status=$(s3 "$address" << 'PYTHON'
answer = s3.put_object(Bucket='feeds', Key='feed.xml', Body=b'<rss/>', ContentMD5='AAAAAAAAAAAAAAAAAAAAAA==')
print(answer['ResponseMetadata']['HTTPStatusCode'])
PYTHON
)
expect 'answer to a body with another MD5' 200 "$status"
expect 'what is stored' '<rss/>' "$(s3 "$address" <<< "print(s3.get_object(Bucket='feeds', Key='feed.xml')['Body'].read().decode())")"
finish
