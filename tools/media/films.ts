/** Films, as programs of many kinds write them. */

import { FILM, type MadeFile, QUIET } from './made-file.ts';

const SECONDS = 12;
const SIZE = '320x180';
const FROM_THE_FIRST = 'its packets are counted from the first on, and players count from 0';
const COPY = `${QUIET} -i film.mp4 -c copy`;
const X264 = '-c:v libx264 -preset ultrafast';
const VPX = '-c:v libvpx -deadline realtime';

/** The box before `mdat` is empty: both become one with a length of 64 bits. */
function withLongBox(bytes: Buffer): Uint8Array {
  const at = bytes.indexOf('mdat') - 4;
  if (bytes.toString('latin1', at - 4, at) !== 'free') throw new Error('There is no room before the box.');
  const length = BigInt(bytes.readUInt32BE(at) + 8);
  bytes.writeUInt32BE(1, at - 8);
  bytes.write('mdat', at - 4, 'latin1');
  bytes.writeBigUInt64BE(length, at);
  return bytes;
}

/** As muxers write it that tell of pixels that are no squares in `pasp` alone. */
function withSquareHeader(bytes: Buffer): Uint8Array {
  const at = bytes.indexOf('tkhd');
  bytes.writeUInt32BE(320 << 16, at + 4 + 76);
  return bytes;
}

/** As of a stream that somebody recorded from its hundredth second on. */
function withLateFragments(bytes: Buffer): Uint8Array {
  for (let at = bytes.indexOf('tfdt'), track = 0; at !== -1; at = bytes.indexOf('tfdt', at + 4), track += 1) {
    const late = BigInt(100 * (track % 2 === 0 ? 10_240 : 44_100));
    bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at + 8) + late, at + 8);
  }
  return bytes;
}

/** As muxers write it that say where a text is shown (3GPP TS 26.245). */
function withPlaceOfText(bytes: Buffer): Uint8Array {
  const at = bytes.indexOf('tkhd');
  bytes.writeUInt32BE(400 << 16, at + 4 + 76);
  bytes.writeUInt32BE(60 << 16, at + 4 + 80);
  return bytes;
}

const SPOKEN = `printf '1\\n00:00:01,000 --> 00:00:03,000\\nTides\\n' > a.srt; ${QUIET} -i a.srt -i tone.wav -map 0 -map 1 -c:s mov_text -c:a aac $out`;

const MP4: readonly MadeFile[] = [
  { name: 'plain.mp4', by: `${COPY} $out`, seconds: SECONDS, size: SIZE },
  { name: 'front.mp4', by: `${COPY} -movflags faststart $out`, seconds: SECONDS, size: SIZE },
  { name: 'long-box.mp4', by: `${COPY} $out`, edit: withLongBox, seconds: SECONDS, size: SIZE },
  { name: 'no-sound.mp4', by: `${QUIET} -i silent.mp4 -c copy $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'hevc.mp4',
    by: `${QUIET} ${FILM} -c:v libx265 -preset ultrafast -x265-params log-level=0 -tag:v hvc1 $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'av1.mp4',
    by: `${QUIET} ${FILM} -c:v libaom-av1 -cpu-used 8 -usage realtime $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'vp9.mp4', by: `${QUIET} ${FILM} -c:v libvpx-vp9 -deadline realtime $out`, seconds: SECONDS, size: SIZE },
  { name: 'mpeg-4.mp4', by: `${QUIET} ${FILM} -c:v mpeg4 $out`, seconds: SECONDS, size: SIZE },
  { name: 'turned.mp4', by: `${COPY} -metadata:s:v rotate=90 $out`, seconds: SECONDS, size: '180x320' },
  { name: 'upside-down.mp4', by: `${COPY} -metadata:s:v rotate=180 $out`, seconds: SECONDS, size: SIZE },
  { name: 'turned-left.mp4', by: `${COPY} -metadata:s:v rotate=270 $out`, seconds: SECONDS, size: '180x320' },
  { name: 'wide.mp4', by: `${QUIET} ${FILM} -vf setsar=2 ${X264} $out`, seconds: SECONDS, size: '640x180' },
  {
    name: 'wide-turned.mp4',
    by: `${QUIET} ${FILM} -vf setsar=2 ${X264} x.mp4; ${QUIET} -i x.mp4 -c copy -metadata:s:v rotate=90 $out`,
    seconds: SECONDS,
    size: '180x640',
  },
  {
    name: 'narrow.mp4',
    chromium: 'it makes pixels larger and never smaller: the same shape',
    by: `${QUIET} ${FILM} -vf setsar=1/2 ${X264} $out`,
    seconds: SECONDS,
    size: '160x180',
  },
  {
    name: 'odd-size.mp4',
    by: `${QUIET} -f lavfi -i testsrc=s=322x182:d=12:r=10 ${X264} $out`,
    seconds: SECONDS,
    size: '322x182',
  },
  { name: 'sound-first.mp4', by: `${QUIET} -i film.mp4 -map 0:a -map 0:v -c copy $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'two-films.mp4',
    by: `${QUIET} -i film.mp4 -f lavfi -i testsrc=s=64x48:d=5:r=10 -map 0:v -map 0:a -map 1:v -c copy -c:v:1 libx264 $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'longer-sound.mp4',
    by: `${QUIET} -i silent.mp4 -f lavfi -i sine=440:d=20 -c:v copy -c:a aac $out`,
    seconds: 20,
    size: SIZE,
  },
  {
    name: 'cover.mp4',
    by: `${QUIET} -i film.mp4 -i picture.png -map 0 -map 1 -c copy -disposition:v:1 attached_pic $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'subtitles.mp4',
    by: `printf '1\\n00:00:01,000 --> 00:00:03,000\\nTides\\n' > a.srt; ${QUIET} -i a.srt -i film.mp4 -map 0 -map 1 -c copy -c:s mov_text $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'spoken.mp4', by: SPOKEN, seconds: 61.3, type: 'audio/mp4' },
  { name: 'trimmed.mp4', by: `${QUIET} -ss 3.5 -i film.mp4 -c copy $out`, seconds: 8.5, size: SIZE },
  {
    name: 'delayed-sound.mp4',
    by: `${QUIET} -i silent.mp4 -itsoffset 3 -f lavfi -i sine=440:d=12 -c:v copy -c:a aac $out`,
    seconds: 15,
    size: SIZE,
  },
  { name: 'fragments.mp4', by: `${COPY} -movflags frag_keyframe $out`, seconds: SECONDS, size: SIZE },
  { name: 'many-fragments.mp4', by: `${COPY} -movflags frag_keyframe+empty_moov $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'sidx.mp4',
    by: `${COPY} -movflags frag_keyframe+empty_moov+dash+global_sidx $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'parts.mp4', by: `${COPY} -movflags cmaf+delay_moov $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'piped.mp4',
    by: `${COPY} -movflags frag_keyframe+empty_moov -f mp4 - | cat > $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'two-in-one.mp4', by: `cat film.mp4 silent.mp4 > $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'square-header.mp4',
    by: `${QUIET} ${FILM} -vf setsar=2 ${X264} $out`,
    edit: withSquareHeader,
    seconds: SECONDS,
    size: '640x180',
  },
  { name: 'text-with-a-place.mp4', by: SPOKEN, edit: withPlaceOfText, seconds: 61.3, type: 'audio/mp4' },
  {
    name: 'late-fragments.mp4',
    by: `${COPY} -output_ts_offset 100 -movflags frag_keyframe+empty_moov $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'late-sidx.mp4',
    by: `${COPY} -output_ts_offset 100 -movflags frag_keyframe+empty_moov+dash+global_sidx $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'live-fragments.mp4',
    by: `${COPY} -movflags frag_keyframe+empty_moov $out`,
    edit: withLateFragments,
    ffprobe: FROM_THE_FIRST,
    seconds: 112,
    size: SIZE,
  },
  { name: 'late.mp4', by: `${COPY} -output_ts_offset 100 $out`, seconds: SECONDS, size: SIZE },
  { name: 'film.m4v', by: `${COPY} -f ipod $out`, seconds: SECONDS, size: SIZE },
].map((file) => ({ type: 'video/mp4', ...file }));

const QUICKTIME: readonly MadeFile[] = [
  { name: 'plain.mov', by: `${COPY} $out`, seconds: SECONDS, size: SIZE },
  { name: 'timecode.mov', by: `${COPY} -timecode 01:00:00:00 $out`, seconds: SECONDS, size: SIZE },
  { name: 'turned.mov', by: `${COPY} -metadata:s:v rotate=90 $out`, seconds: SECONDS, size: '180x320' },
  { name: 'prores.mov', by: `${QUIET} ${FILM} -c:v prores_ks -profile:v 0 $out`, seconds: SECONDS, size: SIZE },
  { name: 'animation.mov', by: `${QUIET} ${FILM} -c:v qtrle $out`, seconds: SECONDS, size: SIZE },
].map((file) => ({ type: 'video/quicktime', ...file }));

const PHONE = `${QUIET} ${FILM} -vf scale=176:144,setsar=1`;

const MATROSKA: readonly MadeFile[] = [
  { name: 'plain.webm', by: `${QUIET} -i film.webm -c copy $out`, seconds: SECONDS, size: SIZE },
  { name: 'vp9.webm', by: `${QUIET} ${FILM} -c:v libvpx-vp9 -deadline realtime $out`, seconds: SECONDS, size: SIZE },
  {
    name: 'av1.webm',
    by: `${QUIET} ${FILM} -c:v libaom-av1 -cpu-used 8 -usage realtime $out`,
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'front.webm', by: `${QUIET} -i film.webm -c copy -cues_to_front 1 $out`, seconds: SECONDS, size: SIZE },
  { name: 'live.webm', by: `${QUIET} -i film.webm -c copy -live 1 $out`, seconds: SECONDS, size: SIZE },
  { name: 'piped.webm', by: `${QUIET} -i film.webm -c copy -f webm - | cat > $out`, seconds: SECONDS, size: SIZE },
  { name: 'wide.webm', by: `${QUIET} ${FILM} -vf setsar=2 ${VPX} $out`, seconds: SECONDS, size: '640x180' },
  {
    name: 'late.webm',
    by: `${QUIET} -i film.webm -c copy -output_ts_offset 100 $out`,
    ffprobe: FROM_THE_FIRST,
    seconds: 112,
    size: SIZE,
  },
  { name: 'joined.webm', by: 'cat film.webm film.webm > $out', seconds: SECONDS, size: SIZE },
  { name: 'merged.webm', by: 'mkvmerge -q --webm -o $out film.webm', seconds: SECONDS, size: SIZE },
].map((file) => ({ type: 'video/webm', ...file }));

const MKV: readonly MadeFile[] = [
  { name: 'film.mkv', by: `${COPY} $out`, seconds: SECONDS, size: SIZE },
  { name: 'wide.mkv', by: `${QUIET} ${FILM} -vf setsar=2 ${X264} $out`, seconds: SECONDS, size: '640x180' },
  { name: 'merged.mkv', by: 'mkvmerge -q -o $out film.mp4', seconds: SECONDS, size: SIZE },
  { name: 'attached.mkv', by: 'mkvmerge -q -o $out --attach-file large.png film.mp4', seconds: SECONDS, size: SIZE },
  {
    name: 'shape.mkv',
    by: 'mkvmerge -q -o $out --display-dimensions 0:640x180 film.mp4',
    seconds: SECONDS,
    size: '640x180',
  },
  {
    name: 'cropped.mkv',
    chromium: 'it widens what is left after cropping',
    by: 'mkvmerge -q -o $out --cropping 0:20,10,20,10 film.mp4',
    seconds: SECONDS,
    size: SIZE,
  },
  { name: 'sound-first.mkv', by: `mkvmerge -q -o $out --track-order 0:1,0:0 film.mp4`, seconds: SECONDS, size: SIZE },
  {
    name: 'subtitles.mkv',
    by: `printf '1\\n00:00:01,000 --> 00:00:03,000\\nTides\\n' > a.srt; mkvmerge -q -o $out a.srt film.mp4`,
    seconds: SECONDS,
    size: SIZE,
  },
  {
    name: 'nanoseconds.mkv',
    by: 'mkvmerge -q --timestamp-scale 100000 -o $out film.mp4',
    seconds: SECONDS,
    size: SIZE,
  },
].map((file) => ({ type: 'video/x-matroska', ...file }));

const OTHERS: readonly MadeFile[] = [
  { name: 'phone.3gp', by: `${PHONE} -c:v h263 $out`, seconds: SECONDS, size: '176x144', type: 'video/3gpp' },
  { name: 'phone.3g2', by: `${PHONE} -c:v mpeg4 $out`, seconds: SECONDS, size: '176x144', type: 'video/3gpp2' },
  {
    name: 'film.avi',
    by: `${QUIET} -i film.mp4 -c:v mpeg4 -c:a mp3 $out`,
    seconds: SECONDS,
    size: SIZE,
    type: 'video/x-msvideo',
  },
  {
    name: 'film.ogv',
    by: `${QUIET} -i film.mp4 -c:v libtheora -c:a libvorbis $out`,
    seconds: SECONDS,
    size: SIZE,
    type: 'video/ogg',
  },
  {
    name: 'film.mpg',
    by: `${QUIET} -i film.mp4 -r 25 -c:v mpeg2video -c:a mp2 $out`,
    seconds: SECONDS,
    size: SIZE,
    type: 'video/mpeg',
  },
  { name: 'film.ts', by: `${COPY} $out`, seconds: SECONDS, size: SIZE, type: 'video/mp2t' },
  { name: 'film.flv', by: `${QUIET} -i film.mp4 -c copy $out`, seconds: SECONDS, size: SIZE, type: 'video/x-flv' },
  { name: 'film.wmv', by: `${QUIET} -i film.mp4 $out`, seconds: SECONDS, size: SIZE, type: 'video/x-ms-wmv' },
];

export const FILMS: readonly MadeFile[] = [...MP4, ...QUICKTIME, ...MATROSKA, ...MKV, ...OTHERS];
