# Sourced by every finding: it makes a temporary folder, goes there, and removes it at the end.

set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
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
