#!/usr/bin/env bash
# imagesize, by which Sphinx scales pictures, finds no size in an AVIF that is turned, though it turns JPEG and TIFF.
#
# Software    imagesize 2.0.1 (PyPI), beside probe-image-size 7.5.0 (npm), Python 3.11, Node 20
# Run on      2026-12-01, Debian 12
# Input       a picture of 60 by 40 pixels that avifenc 0.11.1 wrote as it is, and with a turn by a right angle (irot), as
#             phones write it.
# Guessed     60x40 for both: the coded size is where it was.
# Happens     the plain one is 60x40. The turned one has no size: (-1, -1), without an error. probe-image-size gives 60x40 and the
#             orientation beside it.
# Matters     a caller has to look for -1; who converts photos to AVIF has to turn them before.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip imagesize==2.0.1
install_npm probe-image-size@7.5.0

base64 --decode > plain.avif << AVIF
AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBp
dG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAACgAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABL
aXBjbwAAABRpc3BlAAAAAAAAADwAAAAoAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgSAAAAAAABNjb2xybmNseAABAA0ABoAAAAAXaXBtYQAAAAAAAAABAAEE
AQKDBAAAADBtZGF0EgAKCTgVe52EBDQaQDIZFkAGGGGFAMG1PE8krYQk272sLREZhtR/gA==
AVIF
base64 --decode > turned.avif << AVIF
AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAD8bWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBp
dG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABJAAAACgAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAdGlwcnAAAABU
aXBjbwAAABRpc3BlAAAAAAAAADwAAAAoAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgSAAAAAAABNjb2xybmNseAABAA0ABoAAAAAJaXJvdAEAAAAYaXBtYQAA
AAAAAAABAAEFAQKDBIUAAAAwbWRhdBIACgk4FXudhAQ0GkAyGRZABhhhhQDBtTxPJK2EJNu9rC0RGYbUf4A=
AVIF

size() { python -c "import imagesize; print('%sx%s' % imagesize.get('$1'))"; }
probe() { node -e "const { width, height, orientation } = require('probe-image-size').sync(require('fs').readFileSync('$1')); console.log(width + 'x' + height + ' ' + orientation)"; }

expect 'as it is' 60x40 "$(size plain.avif)"
expect 'turned' -1x-1 "$(size turned.avif)"
expect 'turned, by probe-image-size' '60x40 6' "$(probe turned.avif)"
finish
