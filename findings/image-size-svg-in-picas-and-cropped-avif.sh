#!/usr/bin/env bash
# image-size takes a pica for the ninth part of a pixel, and takes one pixel off a cropped AVIF, whatever is cropped.
#
# Software    image-size 2.1.0, beside probe-image-size 7.5.0 (npm) and imagesize 2.0.1 (PyPI), Node 20, Python 3.11
# Run on      2026-12-01, Debian 12
# Input       an SVG 10 by 5 picas large (CSS: a pica is a sixth of an inch, so 16 pixels), and one of 150 by 75 points. An AVIF of
#             60 by 40 pixels of which avifenc 0.11.1 was told to show 40 by 20 (clap), in the middle.
# Guessed     160x80 as the SVG's size, as imagesize says. 60x40 as the AVIF's, since few libraries look at what is cropped.
# Happens     the SVG is 1x1; points are right. The AVIF is 59x40: neither what is coded nor what is shown. probe-image-size
#             leaves units to the caller and gives 60x40.
# Matters     the size goes into width and height of <img>: a figure of print programs becomes a dot, and a picture is a little out of shape.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_npm image-size@2.1.0 probe-image-size@7.5.0
install_pip imagesize==2.0.1

shape() { echo "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"$1\" height=\"$2\"/>"; }
shape 10pc 5pc > picas.svg
shape 150pt 75pt > points.svg
base64 --decode > cropped.avif << AVIF
AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAEbbWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBp
dG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABQwAAACgAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAk2lwcnAAAABz
aXBjbwAAABRpc3BlAAAAAAAAADwAAAAoAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgSAAAAAAABNjb2xybmNseAABAA0ABoAAAAAoY2xhcAAAACgAAAABAAAA
FAAAAAEAAAAAAAAAAQAAAAAAAAABAAAAGGlwbWEAAAAAAAAAAQABBQECgwSFAAAAMG1kYXQSAAoJOBV7nYQENBpAMhkWQAYYYYUAwbU8TySthCTbvawtERmG
1H+A
AVIF

size() { node -e "const { width, height } = require('image-size').imageSize(require('fs').readFileSync('$1')); console.log(width + 'x' + height)"; }
probe() { node -e "const { width, height, wUnits } = require('probe-image-size').sync(require('fs').readFileSync('$1')); console.log(width + 'x' + height + wUnits)"; }

expect 'an SVG in points' 200x100 "$(size points.svg)"
expect 'an SVG in picas' 1x1 "$(size picas.svg)"
expect 'an SVG in picas, by probe-image-size' 10x5pc "$(probe picas.svg)"
expect 'an SVG in picas, by imagesize' 160.0x80.0 "$(python -c "import imagesize; print('%sx%s' % imagesize.get('picas.svg'))")"
expect 'a cropped AVIF' 59x40 "$(size cropped.avif)"
expect 'a cropped AVIF, by probe-image-size' 60x40px "$(probe cropped.avif)"
finish
