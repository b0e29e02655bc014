# Sourced by findings about S3 servers, after finding.sh. Each function installs a version of a server and the client of S3, and starts
# the server. It sets `address`, and KEY and SECRET for `s3`.

# start_s3proxy VERSION
start_s3proxy() {
  install_maven "org.gaul:s3proxy:$1:jar:jar-with-dependencies"
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
  start_server "$address" java -jar "s3proxy-$1-jar-with-dependencies.jar" --properties s3proxy.properties
}

# start_s3rver VERSION
start_s3rver() {
  install_npm "s3rver@$1"
  install_client
  KEY=S3RVER SECRET=S3RVER
  address=http://127.0.0.1:$(free_port)
  mkdir objects
  start_server "$address" node_modules/.bin/s3rver --silent --address 127.0.0.1 --port "${address##*:}" \
    --directory objects --no-vhost-buckets
}

# start_ministack VERSION
start_ministack() {
  install_pip "ministack==$1"
  install_client
  KEY=any SECRET=any
  address=http://127.0.0.1:$(free_port)
  start_server "$address" env BIND_HOST=127.0.0.1 MINISTACK_HOST=127.0.0.1 GATEWAY_PORT="${address##*:}" \
    TMPDIR="$folder" ministack
}
