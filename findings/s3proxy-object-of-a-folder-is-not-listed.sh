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

install_maven org.gaul:s3proxy:2.9.0:jar:jar-with-dependencies
install_client
KEY=key SECRET=secret
address=http://127.0.0.1:$(free_port)
cat > s3proxy.properties << PROPERTIES
s3proxy.endpoint=$address
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$KEY
s3proxy.credential=$SECRET
jclouds.provider=transient-nio2
jclouds.identity=local
jclouds.credential=local
PROPERTIES
start_server "$address" java -jar s3proxy-2.9.0-jar-with-dependencies.jar --properties s3proxy.properties

s3 "$address" <<< "
for key in ('posts/', 'posts/a'): s3.put_object(Bucket='feeds', Key=key, Body=b'')"
expect 'HeadObject of posts/' 200 \
  "$(s3 "$address" <<< "print(s3.head_object(Bucket='feeds', Key='posts/')['ResponseMetadata']['HTTPStatusCode'])")"
expect 'listed' posts/a \
  "$(s3 "$address" <<< "print(' '.join(each['Key'] for each in s3.list_objects_v2(Bucket='feeds', Prefix='posts/')['Contents']))")"
finish
