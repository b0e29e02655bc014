/** Sounds, as programs of many kinds write them. */

import { type MadeFile, QUIET, SHORT_SECONDS, TONE_SECONDS } from './made-file.ts';

const TONE = `${QUIET} -i tone.wav`;
const BOTH_SECONDS = TONE_SECONDS + SHORT_SECONDS;
const MP3 = 'audio/mpeg';
const ESTIMATED = 'it estimates by bytes and one bit rate';
const POSITION = 'it takes the position of the end for the length';
const LAST_ONLY = 'it takes the last stream for the whole';

/** What an APE tag looks like at the end of a sound: a header, a picture of 30,000 bytes, and a footer. */
function withApeTag(bytes: Buffer): Uint8Array {
  const mark = (flags: number) => {
    const header = Buffer.alloc(32);
    header.write('APETAGEX');
    header.writeUInt32LE(2_000, 8);
    header.writeUInt32LE(30_032, 12);
    header.writeUInt32LE(1, 16);
    header.writeUInt32LE(flags, 20);
    return header;
  };
  const item = Buffer.alloc(30_000);
  item.writeUInt32LE(30_000 - 26, 0);
  item.writeUInt32LE(2, 4);
  item.write('Cover Art (Front)\0', 8, 'latin1');
  return Buffer.concat([bytes, mark(0xa000_0000), item, mark(0x8000_0000)]);
}

/** The count of LAME in the first frame, as Fraunhofer's encoder writes it. */
function withFraunhoferCount(bytes: Buffer): Uint8Array {
  const at = bytes.indexOf('Xing');
  const [frames, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
  const frame = at - 36;
  bytes.fill(0, frame + 4, frame + 180);
  bytes.write('VBRI', frame + 36, 'latin1');
  bytes.writeUInt16BE(1, frame + 40);
  bytes.writeUInt32BE(length, frame + 46);
  bytes.writeUInt32BE(frames, frame + 50);
  bytes.writeUInt16BE(1, frame + 56);
  bytes.writeUInt16BE(1, frame + 58);
  return bytes;
}

/** A hundred and fifty frames of 20 ms in the mode of 12.2 kbit/s: what old phones recorded. */
function narrowBand(): Uint8Array {
  return Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: 150 }, () => Buffer.from([0x3c, ...Array(31)])),
  ]);
}

/** Chunks that nobody knows, one of them of an odd length, before the sound, and one behind it. */
function withOddChunks(bytes: Buffer): Uint8Array {
  const at = bytes.indexOf('data');
  const odd = Buffer.from('odd \x03\0\0\0abc\0', 'latin1');
  return Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at), Buffer.from('tail\x04\0\0\0data', 'latin1')]);
}

/** A picture behind the sound. */
function withLongChunkBehind(bytes: Buffer): Uint8Array {
  const chunk = Buffer.alloc(1_000_008);
  chunk.write('id3 ');
  chunk.writeUInt32LE(1_000_000, 4);
  return Buffer.concat([bytes, chunk]);
}

/** The bytes a second are half of what they are. */
function withFalseHint(bytes: Buffer): Uint8Array {
  bytes.writeUInt32LE(88_200, 28);
  return bytes;
}

function mpeg(name: string, options: string, seconds = TONE_SECONDS): MadeFile {
  return { name, by: `lame --quiet ${options} tone.wav $out`, seconds, type: MP3 };
}

const MPEG_AUDIO: readonly MadeFile[] = [
  mpeg('cbr.mp3', '-b 128'),
  mpeg('cbr-320.mp3', '-b 320 -m s'),
  mpeg('checksums.mp3', '-b 128 -p'),
  mpeg('mono.mp3', '-b 64 -m m'),
  mpeg('joint.mp3', '-b 128 -m j'),
  mpeg('no-count.mp3', '-t -b 128'),
  mpeg('abr.mp3', '--abr 96'),
  mpeg('vbr.mp3', '-V 4'),
  mpeg('mpeg-2.mp3', '-b 64 --resample 22.05'),
  mpeg('mpeg-2-vbr.mp3', '-V 6 --resample 24'),
  mpeg('mpeg-2.5.mp3', '-b 16 -m m --resample 8'),
  mpeg('id3v1.mp3', '-b 128 --tt Tides --id3v1-only'),
  mpeg('two-tags.mp3', '-V 4 --tt Tides --add-id3v2'),
  mpeg('free-format.mp3', '-b 200 --freeformat -t'),
  { ...mpeg('vbr-no-count.mp3', '-t -V 4'), chromium: ESTIMATED },
  {
    ...mpeg('fraunhofer.mp3', '-V 4'),
    edit: withFraunhoferCount,
  },
  { ...mpeg('ape.mp3', '-b 128'), edit: withApeTag },
  {
    ...mpeg('ape-id3v1.mp3', '-t -b 128'),
    chromium: ESTIMATED,
    edit: (bytes) => Buffer.concat([withApeTag(bytes), Buffer.from('TAG'), Buffer.alloc(125)]),
  },
  {
    name: 'large-picture.mp3',
    by: `${TONE} -i large.png -map 0 -map 1 -c:v copy -b:a 128k -id3v2_version 3 $out`,
    seconds: TONE_SECONDS,
    type: MP3,
  },
  {
    name: 'large-picture-no-count.mp3',
    by: `${TONE} -i large.png -map 0 -map 1 -c:v copy -b:a 128k -write_xing 0 -id3v2_version 4 $out`,
    seconds: TONE_SECONDS,
    type: MP3,
  },
  {
    name: 'joined.mp3',
    by: 'lame --quiet -b 128 short.wav a.mp3; lame --quiet -b 128 tone.wav b.mp3; cat a.mp3 b.mp3 > $out',
    seconds: BOTH_SECONDS,
    type: MP3,
  },
  {
    name: 'joined-vbr.mp3',
    chromium: ESTIMATED,
    by: 'lame --quiet -V 4 --tt A --ta B --id3v1-only short.wav a.mp3; lame --quiet -V 2 --tt C --add-id3v2 tone.wav b.mp3; cat a.mp3 b.mp3 > $out',
    seconds: BOTH_SECONDS,
    type: MP3,
  },
  {
    name: 'joined-rates.mp3',
    chromium: ESTIMATED,
    by: 'lame --quiet -t -b 64 short.wav a.mp3; lame --quiet -t -b 192 tone.wav b.mp3; cat a.mp3 b.mp3 > $out',
    seconds: BOTH_SECONDS,
    type: MP3,
  },
  {
    name: 'halves.mp3',
    by: 'lame --quiet -b 128 tone.wav a.mp3; cat a.mp3 a.mp3 > $out',
    seconds: 2 * TONE_SECONDS,
    type: MP3,
  },
  {
    name: 'silence-first.mp3',
    chromium: ESTIMATED,
    by: 'sox -n -r 44100 -c 2 s.wav trim 0 30; sox -n -r 44100 -c 2 n.wav synth 60 pinknoise; sox s.wav n.wav sn.wav; lame --quiet -t -V 4 sn.wav $out',
    seconds: 90,
    type: MP3,
  },
  {
    name: 'noise-in-the-middle.mp3',
    chromium: ESTIMATED,
    by: 'sox -n -r 44100 -c 2 n2.wav synth 6 pinknoise; sox -n -r 44100 -c 2 s2.wav trim 0 27; sox s2.wav n2.wav s2.wav sns.wav; lame --quiet -t -V 4 sns.wav $out',
    seconds: 60,
    type: MP3,
  },
  {
    name: 'cut-short.mp3',
    chromium: 'it believes the count of the whole',
    by: 'lame --quiet -b 128 tone.wav a.mp3; head -c 491000 a.mp3 > $out',
    seconds: 30.7,
    type: MP3,
  },
  {
    name: 'joined-pictures.mp3',
    chromium: ESTIMATED,
    by: `${TONE} -i picture.png -map 0 -map 1 -c:v copy -b:a 128k -write_xing 0 a.mp3; ${TONE} -i middle.png -map 0 -map 1 -c:v copy -b:a 128k -write_xing 0 b.mp3; cat a.mp3 b.mp3 > $out`,
    seconds: 2 * TONE_SECONDS,
    type: MP3,
  },
  {
    name: 'mostly-constant.mp3',
    chromium: ESTIMATED,
    by: 'lame --quiet -t -b 128 tone.wav a.mp3; lame --quiet -t -b 320 short.wav b.mp3; head -c 600000 a.mp3 > c.mp3; head -c 100000 b.mp3 >> c.mp3; cat c.mp3 a.mp3 > $out',
    seconds: 37.5 + 2.5 + TONE_SECONDS,
    type: MP3,
  },
  { name: 'layer-2.mp3', by: `${TONE} -c:a mp2 -f mp2 $out`, seconds: TONE_SECONDS, type: MP3 },
];

const AAC: readonly MadeFile[] = [
  { name: 'plain.aac', by: `${TONE} -c:a aac $out`, seconds: TONE_SECONDS, type: 'audio/aac' },
  {
    name: 'tag.aac',
    by: `${TONE} -c:a aac -write_id3v2 1 -metadata title=Tides $out`,
    seconds: TONE_SECONDS,
    type: 'audio/aac',
  },
  { name: 'radio.mp3', by: `${TONE} -c:a aac -f adts $out`, seconds: TONE_SECONDS, type: 'audio/aac' },
  { name: 'plain.m4a', by: `${TONE} -c:a aac $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'book.m4b', by: `${TONE} -c:a aac -f ipod $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'front.m4a', by: `${TONE} -c:a aac -movflags faststart $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'lossless.m4a', by: `${TONE} -c:a alac $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  {
    name: 'cover.m4a',
    by: `${TONE} -i large.png -map 0 -map 1 -c:v copy -c:a aac -disposition:v attached_pic $out`,
    seconds: TONE_SECONDS,
    type: 'audio/mp4',
  },
  {
    name: 'edit-list.m4a',
    by: `${TONE} -c:a aac x.m4a; ${QUIET} -ss 20 -i x.m4a -c copy $out`,
    seconds: TONE_SECONDS - 20,
    type: 'audio/mp4',
  },
  {
    name: 'fragments.m4a',
    by: `${TONE} -c:a aac -movflags frag_keyframe+empty_moov -frag_duration 5000000 $out`,
    seconds: TONE_SECONDS,
    type: 'audio/mp4',
  },
  {
    name: 'one-fragment.m4a',
    by: `${TONE} -c:a aac -movflags frag_keyframe+empty_moov $out`,
    seconds: TONE_SECONDS,
    type: 'audio/mp4',
  },
  { name: 'sound.mp4', by: `${TONE} -c:a aac $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'opus.mp4', by: `${TONE} -c:a libopus -strict -2 $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'flac.mp4', by: `${TONE} -c:a flac -strict -2 $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'mp3.mp4', by: `${TONE} -c:a libmp3lame $out`, seconds: TONE_SECONDS, type: 'audio/mp4' },
  { name: 'pcm.mov', by: `${TONE} -c:a pcm_s16le $out`, seconds: TONE_SECONDS, type: 'video/quicktime' },
];

const FLAC: readonly MadeFile[] = [
  { name: 'plain.flac', by: `${TONE} $out`, seconds: TONE_SECONDS, type: 'audio/flac' },
  {
    name: 'seek-table.flac',
    by: 'flac --totally-silent -S 1s -o $out tone.wav',
    seconds: TONE_SECONDS,
    type: 'audio/flac',
  },
  { name: 'deep.flac', by: `${TONE} -ar 96000 -sample_fmt s32 $out`, seconds: TONE_SECONDS, type: 'audio/flac' },
  {
    name: 'cover.flac',
    by: `${TONE} -i large.png -map 0 -map 1 -c:v copy -disposition:v attached_pic $out`,
    seconds: TONE_SECONDS,
    type: 'audio/flac',
  },
  {
    name: 'tag.flac',
    by: `${TONE} t.flac; printf 'ID3\\003\\000\\000\\000\\000\\000\\012aaaaaaaaaa' | cat - t.flac > $out`,
    seconds: TONE_SECONDS,
    type: 'audio/flac',
  },
  { name: 'piped.flac', by: `${TONE} -f flac - | cat > $out`, seconds: TONE_SECONDS, type: 'audio/flac' },
];

const WAVE: readonly MadeFile[] = [
  ...['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw'].map(
    (codec) => ({
      name: `${codec}.wav`,
      by: `${TONE} -c:a ${codec} $out`,
    }),
  ),
  ...['adpcm_ms', 'adpcm_ima_wav', 'adpcm_yamaha', 'g722', 'libmp3lame'].map((codec) => ({
    name: `${codec}.wav`,
    by: `${TONE} -c:a ${codec} -ac 1 -ar 16000 $out`,
  })),
  { name: 'gsm.wav', by: 'sox tone.wav -r 8000 -c 1 -e gsm-full-rate $out' },
  { name: 'surround.wav', by: `${TONE} -ac 6 $out` },
  { name: 'rf64.wav', by: `${TONE} -rf64 always $out` },
  { name: 'broadcast.wav', by: `${TONE} -write_bext 1 -metadata description=Tides $out` },
  { name: 'piped.wav', by: `${TONE} -f wav - | cat > $out` },
  { name: 'long-chunk-behind.wav', by: `${TONE} -rf64 always $out`, edit: withLongChunkBehind },
  { name: 'false-hint.wav', by: 'cp tone.wav $out', edit: withFalseHint },
  { name: 'odd-chunks.wav', by: 'cp tone.wav $out', edit: withOddChunks },
].map((file) => ({ ...file, seconds: TONE_SECONDS, type: 'audio/wav' }));

const OGG: readonly MadeFile[] = [
  { name: 'plain.opus', by: `${TONE} -c:a libopus $out`, seconds: TONE_SECONDS },
  { name: 'voice.opus', by: `${TONE} -c:a libopus -ac 1 -b:a 12k -application voip $out`, seconds: TONE_SECONDS },
  { name: 'frames-60.opus', by: 'opusenc --quiet --framesize 60 tone.wav $out', seconds: TONE_SECONDS },
  { name: 'cover.opus', by: 'opusenc --quiet --picture large.png tone.wav $out', seconds: TONE_SECONDS },
  {
    name: 'cut.opus',
    chromium: POSITION,
    by: `${TONE} -c:a libopus x.opus; ${QUIET} -ss 20 -i x.opus -c copy -copyts $out`,
    seconds: 41.3,
  },
  {
    name: 'chained.opus',
    chromium: LAST_ONLY,
    by: 'opusenc --quiet --serial 1 tone.wav a.opus; opusenc --quiet --serial 7 short.wav b.opus; cat a.opus b.opus > $out',
    seconds: BOTH_SECONDS,
  },
  { name: 'plain.ogg', by: 'oggenc -Q -o $out tone.wav', seconds: TONE_SECONDS },
  { name: 'mono.ogg', by: 'oggenc -Q -q 1 --downmix --resample 22050 -o $out tone.wav', seconds: TONE_SECONDS },
  {
    name: 'cut.ogg',
    chromium: POSITION,
    by: `oggenc -Q -o x.ogg tone.wav; ${QUIET} -ss 20 -i x.ogg -c copy -copyts $out`,
    seconds: 41.9,
  },
  {
    name: 'chained.ogg',
    chromium: LAST_ONLY,
    by: 'oggenc -Q -s 1 -o a.ogg tone.wav; oggenc -Q -s 77 -o b.ogg short.wav; cat a.ogg b.ogg > $out',
    seconds: BOTH_SECONDS,
  },
  {
    name: 'chained-one-serial.ogg',
    chromium: LAST_ONLY,
    by: 'oggenc -Q -s 1 -o a.ogg tone.wav; oggenc -Q -s 1 -o b.ogg short.wav; cat a.ogg b.ogg > $out',
    seconds: BOTH_SECONDS,
  },
  { name: 'speex.ogg', by: `${TONE} -c:a libspeex -ar 16000 -ac 1 $out`, seconds: TONE_SECONDS },
  { name: 'wide.spx', by: 'sox tone.wav -c 1 -r 32000 x32.wav; speexenc -u x32.wav $out', seconds: TONE_SECONDS },
  { name: 'flac.ogg', by: `${TONE} -c:a flac $out`, seconds: TONE_SECONDS },
  {
    name: 'cut-flac.ogg',
    chromium: POSITION,
    by: `${TONE} -c:a flac x1.ogg; ${QUIET} -ss 20 -i x1.ogg -c copy -copyts $out`,
    seconds: 41.3,
  },
  {
    name: 'cut-speex.ogg',
    by: `${TONE} -c:a libspeex -ar 16000 -ac 1 x2.ogg; ${QUIET} -ss 20 -i x2.ogg -c copy -copyts $out`,
    seconds: 41.3,
  },
  {
    name: 'cover-flac.oga',
    by: 'flac --totally-silent --ogg --picture=middle.png -f -o $out tone.wav',
    seconds: TONE_SECONDS,
  },
  { name: 'flac.oga', by: 'flac --totally-silent --ogg -f -o $out tone.wav', seconds: TONE_SECONDS },
].map((file) => ({ ...file, type: 'audio/ogg' }));

const OTHERS: readonly MadeFile[] = [
  { name: 'plain.aiff', by: `${TONE} $out`, seconds: TONE_SECONDS, type: 'audio/x-aiff' },
  { name: 'little.aif', by: `${TONE} -c:a pcm_s16le -f aiff $out`, seconds: TONE_SECONDS, type: 'audio/x-aiff' },
  { name: 'ima.aifc', by: `${TONE} -c:a adpcm_ima_qt -f aiff $out`, seconds: TONE_SECONDS, type: 'audio/x-aiff' },
  { name: 'plain.ac3', by: `${TONE} $out`, seconds: TONE_SECONDS, type: 'audio/ac3' },
  { name: 'plain.amr', by: 'touch $out', edit: narrowBand, seconds: 3, type: 'audio/amr' },
  { name: 'plain.au', by: `${TONE} $out`, seconds: TONE_SECONDS, type: 'audio/basic' },
  { name: 'plain.caf', by: `${TONE} -c:a pcm_s16be $out`, seconds: TONE_SECONDS, type: 'audio/x-caf' },
  { name: 'plain.wma', by: `${TONE} $out`, seconds: TONE_SECONDS, type: 'audio/x-ms-wma' },
  { name: 'sound.webm', by: `${TONE} -c:a libopus $out`, seconds: TONE_SECONDS, type: 'audio/webm' },
  { name: 'vorbis.webm', by: `${TONE} -c:a libvorbis $out`, seconds: TONE_SECONDS, type: 'audio/webm' },
  { name: 'live-sound.webm', by: `${TONE} -c:a libopus -live 1 $out`, seconds: TONE_SECONDS, type: 'audio/webm' },
  { name: 'sound.mkv', by: `${TONE} -c:a aac $out`, seconds: TONE_SECONDS, type: 'audio/x-matroska' },
  { name: 'flac.mka', by: `${TONE} -c:a flac $out`, seconds: TONE_SECONDS, type: 'audio/x-matroska' },
];

export const SOUNDS: readonly MadeFile[] = [...MPEG_AUDIO, ...AAC, ...FLAC, ...WAVE, ...OGG, ...OTHERS];
