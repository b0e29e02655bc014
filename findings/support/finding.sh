# Sourced by every finding: it makes a temporary folder, goes there, and removes it at the end.

set -euo pipefail
support=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" || true; rm -rf "$folder"' EXIT
cd "$folder"
differences=0

# Installs packages of npm into the temporary folder. Each is named with its version; no install script of theirs runs.
install_npm() {
  echo '{ "private": true }' > package.json
  npm install --silent --ignore-scripts --no-audit --no-fund --save-exact "$@"
}

# Installs packages of PyPI into an environment of their own, whose programs are then found first.
install_pip() {
  python3 -m venv environment
  PATH="$folder/environment/bin:$PATH"
  pip --quiet --disable-pip-version-check install "$@"
}

# Takes one file of Maven Central into the temporary folder. It is named as group:artifact:version:type:classifier.
install_maven() {
  mvn --quiet dependency:copy -Dartifact="$1" -DoutputDirectory="$folder"
}

# A port of this machine that nobody uses.
free_port() {
  python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
}

# start_server ADDRESS COMMAND…: runs it until the end, and waits until it answers.
start_server() {
  local address=$1
  shift
  "$@" > server.log 2>&1 &
  server=$!
  for ((waited = 0; waited < 300; waited += 1)); do
    if curl --silent --output /dev/null "$address"; then return; fi
    sleep 0.2
  done
  echo "$1 gave no answer" >&2
  exit 2
}

# Installs the client of S3 that `s3` uses, apart from what servers need.
install_client() {
  python3 -m venv client
  client/bin/pip --quiet --disable-pip-version-check install boto3==1.44.8
}

# s3 ADDRESS: runs the Python of standard input, which has a client `s3` of that server and a bucket `feeds`, and prints one value.
s3() {
  { cat << PYTHON
import urllib.request, urllib.error, boto3
from botocore.client import ClientError, Config
s3 = boto3.client('s3', endpoint_url='$1', region_name='us-east-1', aws_access_key_id='$KEY',
  aws_secret_access_key='$SECRET', config=Config(s3={'addressing_style': 'path'}, request_checksum_calculation='when_required'))
if 'feeds' not in [each['Name'] for each in s3.list_buckets()['Buckets']]: s3.create_bucket(Bucket='feeds')
PYTHON
    cat
  } | client/bin/python -
}

# expect WHAT SEEN NOW: prints what is seen today beside what was seen on the day in the comment.
expect() {
  if [[ "$2" == "$3" ]]; then
    printf 'as found   %s: %s\n' "$1" "$3"
  else
    printf 'CHANGED    %s: was %s, is now %s\n' "$1" "$2" "$3"
    differences=$((differences + 1))
  fi
}

# Says yes when a file is there, and no when it isn't.
has_file() {
  if [[ -f "$1" ]]; then echo yes; else echo no; fi
}

# Says yes when a text stands in a file, and no when it doesn't.
has_text() {
  if grep -qF -- "$1" "$2"; then echo yes; else echo no; fi
}

# The last line of every finding: the exit code says whether anything changed.
finish() {
  [[ $differences -eq 0 ]]
}
