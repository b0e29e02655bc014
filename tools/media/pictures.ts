/** Pictures and documents. What every picture was made of is 60 pixels wide and 40 high. */

import { type MadeFile, QUIET } from './made-file.ts';

const SIZE = '60x40';
const TURNED = '40x60';
/** From 5 on, an orientation of EXIF turns by a right angle. */
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
/** The name of ImageMagick 6, which nothing else has. */
const MAGICK = 'convert-im6';
const CODED = 'it gives the coded picture, neither turned nor cropped';
/** An SVG that says no size fills what there is, as wide for its height as its view box. */
const SHAPE_ONLY = { chromium: 'without a size it has only a shape, which is the same' };
const DOTS = { ffprobe: 'its library counts 90 dots to the inch' };
const STYLED = { ...SHAPE_ONLY, ffprobe: 'its library lets the style say' };

const orient = (orientation: number) => `exiftool -q -overwrite_original -n -Orientation=${orientation} $out`;

const JPEG: readonly MadeFile[] = [
  ...ORIENTATIONS.map((orientation) => ({
    name: `orientation-${orientation}.jpg`,
    by: `cp picture.jpg $out; ${orient(orientation)}`,
    size: orientation < 5 ? SIZE : TURNED,
    ffprobe: CODED,
  })),
  { name: 'plain.jpg', by: 'cp picture.jpg $out', size: SIZE },
  { name: 'progressive.jpg', by: `${MAGICK} picture.png -interlace plane $out`, size: SIZE },
  { name: 'grey.jpg', by: `${MAGICK} picture.png -colorspace gray $out`, size: SIZE },
  { name: 'cmyk.jpg', by: `${MAGICK} picture.png -colorspace CMYK $out`, size: SIZE },
  {
    name: 'thumbnail.jpg',
    ffprobe: CODED,
    by: `${MAGICK} picture.png -resize 30x20 thumb.jpg; cp picture.jpg $out; exiftool -q -overwrite_original -n -Orientation=6 '-ThumbnailImage<=thumb.jpg' $out`,
    size: TURNED,
  },
  {
    name: 'large-profile.jpg',
    ffprobe: CODED,
    by: `head -c 200000 /dev/urandom > x.icc; ${MAGICK} picture.png x0.jpg; exiftool -q -n -Orientation=6 '-icc_profile<=x.icc' -o $out x0.jpg`,
    size: TURNED,
  },
  {
    name: 'xmp-first.jpg',
    by: 'exiftool -q -XMP-tiff:Orientation#=6 -XMP-dc:Title=Tides -o $out picture.jpg',
    size: SIZE,
  },
  {
    name: 'dense.jpg',
    chromium: 'it shows as many pixels as EXIF says to the inch: the same shape',
    by: `cp picture.jpg $out; exiftool -q -overwrite_original -n -XResolution=144 -YResolution=144 -ResolutionUnit=2 -ExifImageWidth=30 -ExifImageHeight=20 $out`,
    size: SIZE,
  },
  {
    name: 'turned-photo.jpg',
    ffprobe: CODED,
    by: `${MAGICK} picture.png -density 72 -units PixelsPerInch $out; ${orient(6)}`,
    size: TURNED,
  },
].map((file) => ({ ...file, type: 'image/jpeg' }));

const PNG: readonly MadeFile[] = [
  { name: 'plain.png', by: 'cp picture.png $out', size: SIZE },
  { name: 'turned.png', ffprobe: CODED, by: `cp picture.png $out; ${orient(6)}`, size: TURNED },
  { name: 'interlaced.png', by: `${MAGICK} picture.png -interlace PNG $out`, size: SIZE },
  { name: 'deep.png', by: `${QUIET} -i picture.png -pix_fmt rgb48be -update 1 $out`, size: SIZE },
  {
    name: 'dots.png',
    ffprobe: 'it takes dots to the inch for the shape of pixels',
    by: `${MAGICK} picture.png -density 300x150 -units PixelsPerInch $out`,
    size: SIZE,
  },
  {
    name: 'animated.apng',
    by: `${QUIET} -f lavfi -i testsrc=s=60x40:d=2:r=5 -plays 0 $out`,
    size: SIZE,
    type: 'image/png',
  },
  { name: 'animated.png', by: `${QUIET} -f lavfi -i testsrc=s=60x40:d=2:r=5 -plays 0 -f apng $out`, size: SIZE },
].map((file) => ({ type: 'image/png', ...file }));

const WEBP: readonly MadeFile[] = [
  { name: 'lossy.webp', by: 'cwebp -quiet picture.png -o $out', size: SIZE },
  { name: 'lossless.webp', by: 'cwebp -quiet -lossless picture.png -o $out', size: SIZE },
  {
    name: 'alpha.webp',
    by: `${MAGICK} picture.png -alpha set -channel A -evaluate set 50% a.png; cwebp -quiet a.png -o $out`,
    size: SIZE,
  },
  { name: 'animated.webp', by: `${QUIET} -f lavfi -i testsrc=s=60x40:d=1:r=5 -c:v libwebp_anim $out`, size: SIZE },
  { name: 'turned.webp', by: `cwebp -quiet picture.png -o $out; ${orient(6)}`, size: SIZE },
  { name: 'turned-lossless.webp', by: `cwebp -quiet -lossless picture.png -o $out; ${orient(8)}`, size: SIZE },
  { name: 'mirrored.webp', by: `cwebp -quiet picture.png -o $out; ${orient(2)}`, size: SIZE },
].map((file) => ({ ...file, type: 'image/webp' }));

const HEIF: readonly MadeFile[] = [
  { name: 'plain.avif', by: 'avifenc -s 10 picture.png $out', size: SIZE },
  { name: 'deep.avif', by: 'avifenc -s 10 -d 10 picture.png $out', size: SIZE },
  { name: 'turned.avif', ffprobe: CODED, by: 'avifenc -s 10 --irot 1 picture.png $out', size: TURNED },
  { name: 'upside-down.avif', by: 'avifenc -s 10 --irot 2 picture.png $out', size: SIZE },
  { name: 'mirrored.avif', by: 'avifenc -s 10 --imir 0 picture.png $out', size: SIZE },
  {
    name: 'turned-mirrored.avif',
    ffprobe: CODED,
    by: 'avifenc -s 10 --irot 3 --imir 1 picture.png $out',
    size: TURNED,
  },
  {
    name: 'cropped.avif',
    ffprobe: CODED,
    chromium: 'it crops only from the corner on',
    by: 'avifenc -s 10 --clap 40,1,20,1,0,1,0,1 picture.png $out',
    size: '40x20',
  },
  {
    name: 'cropped-corner.avif',
    ffprobe: CODED,
    by: 'avifenc -s 10 --clap 40,1,20,1,-10,1,-10,1 picture.png $out',
    size: '40x20',
  },
  { name: 'shape.avif', by: 'avifenc -s 10 --pasp 2,1 picture.png $out', size: SIZE },
  {
    name: 'grid.avif',
    by: `${MAGICK} picture.png -resize 128x128! t.png; avifenc -s 10 --grid 2x2 t.png t.png t.png t.png $out`,
    size: '256x256',
  },
  { name: 'exif.avif', by: `avifenc -s 10 --ignore-exif picture.png $out; ${orient(6)}`, size: SIZE },
  {
    name: 'animated.avif',
    by: `cp picture.png f1.png; ${MAGICK} picture.png -flop f2.png; avifenc -s 10 f1.png f2.png $out`,
    size: SIZE,
  },
].map((file) => ({ ...file, type: 'image/avif' }));

const HEIC: readonly MadeFile[] = [
  { name: 'plain.heic', by: 'heif-enc -q 50 -o $out picture.png', size: SIZE },
  {
    name: 'odd.heic',
    by: `${MAGICK} picture.png -resize 61x41! odd.png; heif-enc -q 50 -o $out odd.png`,
    size: '61x41',
  },
].map((file) => ({ ...file, type: 'image/heic', ffprobe: 'it reads no HEIF' }));

const svg = (
  name: string,
  text: string,
  size?: string,
  differs: Pick<MadeFile, 'ffprobe' | 'chromium'> = {},
): MadeFile => ({
  name,
  by: 'touch $out',
  edit: () => Buffer.from(text),
  type: 'image/svg+xml',
  ...(size !== undefined && { size }),
  ...differs,
});
const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const SHAPE = '<rect width="9" height="9"/></svg>';

const SVG: readonly MadeFile[] = [
  svg('plain.svg', `<svg ${XMLNS} width="200" height="100">${SHAPE}`, '200x100'),
  svg('pixels.svg', `<svg ${XMLNS} width="200px" height="100px" viewBox="0 0 20 10">${SHAPE}`, '200x100'),
  svg('inches.svg', `<svg ${XMLNS} width="2in" height="1in">${SHAPE}`, '192x96', DOTS),
  svg('millimetres.svg', `<svg ${XMLNS} width="210mm" height="297mm" viewBox="0 0 210 297">${SHAPE}`, '794x1123', DOTS),
  svg('points.svg', `<svg ${XMLNS} width="150pt" height="75pt">${SHAPE}`, '200x100', DOTS),
  svg('picas.svg', `<svg ${XMLNS} width="10pc" height="5pc">${SHAPE}`, '160x80', DOTS),
  svg('quotes.svg', `<svg ${XMLNS} width='200' height='100'>${SHAPE}`, '200x100'),
  svg('lines.svg', `<svg\n  ${XMLNS}\n  height = "100"\n  width = "200"\n>${SHAPE}`, '200x100'),
  svg('stroke.svg', `<svg ${XMLNS} stroke-width="3" line-height="2" width="200" height="100">${SHAPE}`, '200x100'),
  svg('data.svg', `<svg ${XMLNS} data-width="3" data-height="2" width="200" height="100">${SHAPE}`, '200x100'),
  svg('greater.svg', `<svg ${XMLNS} aria-label="a > b" width="200" height="100">${SHAPE}`, '200x100'),
  svg(
    'entity.svg',
    `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="200" height="100">${SHAPE}`,
    '200x100',
  ),
  svg(
    'comment.svg',
    `<?xml version="1.0"?><!-- <svg width="1" height="2"> --><svg ${XMLNS} width="200" height="100">${SHAPE}`,
    '200x100',
  ),
  svg(
    'prefix.svg',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="200" height="100"><s:rect width="9" height="9"/></s:svg>',
    '200x100',
  ),
  svg('nested.svg', `<svg ${XMLNS} width="200" height="100"><svg width="1" height="2"></svg>${SHAPE}`, '200x100'),
  svg('exponent.svg', `<svg ${XMLNS} width="2e2" height="1e2">${SHAPE}`, '200x100'),
  svg('fraction.svg', `<svg ${XMLNS} width="200.4" height="99.6">${SHAPE}`, '200x100'),
  svg('view-box.svg', `<svg ${XMLNS} viewBox="0 0 200 100">${SHAPE}`, '200x100', SHAPE_ONLY),
  svg('view-box-commas.svg', `<svg ${XMLNS} viewBox="0,0,200,100">${SHAPE}`, '200x100', SHAPE_ONLY),
  svg('view-box-minus.svg', `<svg ${XMLNS} viewBox="-10 -20 200 100">${SHAPE}`, '200x100', SHAPE_ONLY),
  svg('width-only.svg', `<svg ${XMLNS} width="400" viewBox="0 0 200 100">${SHAPE}`, '400x200'),
  svg('per-cent.svg', `<svg ${XMLNS} width="100%" height="100%" viewBox="0 0 200 100">${SHAPE}`, '200x100', SHAPE_ONLY),
  svg('em.svg', `<svg ${XMLNS} width="2em" height="1em" viewBox="0 0 200 100">${SHAPE}`, '32x16', DOTS),
  svg('square-view-box.svg', `<svg ${XMLNS} viewBox="0 0 24 24">${SHAPE}`, '24x24', SHAPE_ONLY),
  svg('style.svg', `<svg ${XMLNS} width="20" height="10" style="width:200px;height:100px">${SHAPE}`, '20x10', STYLED),
  svg('only-style.svg', `<svg ${XMLNS} style="width:200px;height:100px" viewBox="0 0 20 10">${SHAPE}`, '20x10', STYLED),
  svg(
    'entities.svg',
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY logo "<svg width='1' height='2'/>">]><svg ${XMLNS} width="200" height="100">&logo;${SHAPE}`,
    '200x100',
  ),
  svg('no-size.svg', `<svg ${XMLNS}>${SHAPE}`),
  svg('utf-16.svg', '', '200x100'),
].map((file) =>
  file.name === 'utf-16.svg'
    ? { ...file, edit: () => Buffer.from(`\uFEFF<svg ${XMLNS} width="200" height="100">${SHAPE}`, 'utf16le') }
    : file,
);

const PICTURES_OF_OTHERS: readonly MadeFile[] = [
  { name: 'plain.gif', by: `${QUIET} -i picture.png $out`, size: SIZE, type: 'image/gif' },
  { name: 'animated.gif', by: `${QUIET} -f lavfi -i testsrc=s=60x40:d=2:r=5 $out`, size: SIZE, type: 'image/gif' },
  { name: 'small-on-large.gif', by: `${MAGICK} picture.png -page 100x80+5+5 $out`, size: '100x80', type: 'image/gif' },
  { name: 'plain.bmp', by: `${QUIET} -i picture.png $out`, size: SIZE, type: 'image/bmp' },
  {
    name: 'top-down.bmp',
    by: `${QUIET} -i picture.png x.bmp; cp x.bmp $out`,
    edit: upsideDown,
    size: SIZE,
    type: 'image/bmp',
  },
  { name: 'old.bmp', by: `${MAGICK} picture.png BMP2:$out`, size: SIZE, type: 'image/bmp' },
  {
    name: 'sizes.ico',
    ffprobe: 'it takes the first of several',
    by: `${MAGICK} picture.png -resize 64x64! -define icon:auto-resize=16,32,64 $out`,
    size: '64x64',
    type: 'image/x-icon',
  },
  { name: 'large.ico', by: `${MAGICK} picture.png -resize 256x256! $out`, size: '256x256', type: 'image/x-icon' },
  { name: 'plain.tiff', by: `${MAGICK} picture.png -endian LSB $out`, size: SIZE, type: 'image/tiff' },
  {
    name: 'big-endian.tif',
    by: `${MAGICK} picture.png -endian MSB -compress lzw $out`,
    size: SIZE,
    type: 'image/tiff',
  },
  {
    name: 'turned.tiff',
    by: `${MAGICK} picture.png -orient right-top $out`,
    size: TURNED,
    type: 'image/tiff',
    ffprobe: CODED,
  },
  { name: 'plain.jxl', by: 'cjxl --quiet --container=0 picture.png $out', size: SIZE, type: 'image/jxl' },
  { name: 'boxed.jxl', by: 'cjxl --quiet --container=1 picture.png $out', size: SIZE, type: 'image/jxl' },
  {
    name: 'turned.jxl',
    by: `cp picture.jpg x9.jpg; exiftool -q -overwrite_original -n -Orientation=6 x9.jpg; cjxl --quiet x9.jpg $out`,
    size: TURNED,
    type: 'image/jxl',
  },
];

/** A bitmap whose first row is the topmost has a height below 0. */
function upsideDown(bytes: Buffer): Uint8Array {
  bytes.writeInt32LE(-bytes.readInt32LE(22), 22);
  return bytes;
}

const text = (name: string, content: string, type: string): MadeFile => ({
  name,
  by: 'touch $out',
  edit: () => Buffer.from(content, 'latin1'),
  type,
});

export const DOCUMENTS: readonly MadeFile[] = [
  text('health.csv', 'BMI,age\n21,40\n', 'text/csv'),
  text('cars.csv', 'ID3,name\n1,Golf\n', 'text/csv'),
  text('streams.csv', 'OggS,name\n', 'text/csv'),
  text('riff.csv', 'RIFF,chords\n1,2\n', 'text/csv'),
  text('archive.csv', 'PK,name\n', 'text/csv'),
  text('icons.txt', 'GIF89 is a year.\n', 'text/plain'),
  text('captions.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nTides\n', 'text/vtt'),
  text('captions.srt', '1\n00:00:01,000 --> 00:00:02,000\nTides\n', 'application/x-subrip'),
  text('figure.xml', `<?xml version="1.0"?><article><svg ${XMLNS} width="9" height="9"/></article>`, 'application/xml'),
  text('lyrics.json', '{"ftyp":"isom"}', 'application/json'),
  {
    name: 'plain.pdf',
    by: `${MAGICK} picture.png x.jpg; printf '%%PDF-1.4\\n1 0 obj<</Type/Catalog>>endobj\\ntrailer<</Root 1 0 R>>\\n' > $out`,
    type: 'application/pdf',
  },
  {
    name: 'book.epub',
    by: `printf application/epub+zip > mimetype; python3 -c "import zipfile; z=zipfile.ZipFile('$out','w'); z.write('mimetype'); z.close()"`,
    type: 'application/epub+zip',
  },
  {
    name: 'pictures.zip',
    by: `python3 -c "import zipfile; z=zipfile.ZipFile('$out','w'); z.write('picture.png'); z.close()"`,
    type: 'application/zip',
  },
  {
    name: 'empty.zip',
    by: `python3 -c "import zipfile; z=zipfile.ZipFile('$out','w'); z.close()"`,
    type: 'application/zip',
  },
];

export const PICTURES: readonly MadeFile[] = [
  ...JPEG,
  ...PNG,
  ...WEBP,
  ...HEIF,
  ...HEIC,
  ...SVG,
  ...PICTURES_OF_OTHERS,
];
