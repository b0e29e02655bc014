/**
 * Whether sounds, films and pictures are what other programs say that they are: makes files with the encoders of Debian, and
 * compares what is read of them with what ffprobe says, to the whole second.
 *
 *     npm run media          (needs ffmpeg; lame, opus-tools, vorbis-tools and sox for some of the files)
 *
 * A duration that is not known is no fault; one that is wrong is. The exit code is 0 without a fault, else 1.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeAsset } from '../../lambda/article/media/media.ts';

interface Made {
  readonly name: string;
  /** Shell commands that make the file `$out`, in a folder with tone.wav (61 s) and short.wav (5 s). */
  readonly by: string;
  /** Where ffprobe is wrong, or estimates. */
  readonly seconds?: number;
  readonly type: string;
  readonly size?: string;
}

const QUIET = 'ffmpeg -nostdin -v error -y';
const FILM = `-f lavfi -i testsrc=s=320x180:d=12:r=10`;

const FILES: readonly Made[] = [
  { name: 'cbr.mp3', by: 'lame --quiet -b 128 tone.wav $out', type: 'audio/mpeg' },
  { name: 'no-header.mp3', by: 'lame --quiet -t -b 128 tone.wav $out', type: 'audio/mpeg' },
  { name: 'vbr.mp3', by: 'lame --quiet -V 4 tone.wav $out', type: 'audio/mpeg' },
  {
    name: 'joined.mp3',
    by: 'lame --quiet -b 128 short.wav a.mp3; lame --quiet -b 128 tone.wav b.mp3; cat a.mp3 b.mp3 > $out',
    seconds: 66.4,
    type: 'audio/mpeg',
  },
  {
    name: 'joined-vbr.mp3',
    by: 'lame --quiet -V 4 --tt A --ta B --id3v1-only short.wav a.mp3; lame --quiet -V 2 --tt C --add-id3v2 tone.wav b.mp3; cat a.mp3 b.mp3 > $out',
    seconds: 66.4,
    type: 'audio/mpeg',
  },
  {
    name: 'halves.mp3',
    by: 'lame --quiet -b 128 tone.wav a.mp3; cat a.mp3 a.mp3 > $out',
    seconds: 122.7,
    type: 'audio/mpeg',
  },
  {
    name: 'silence-first.mp3',
    by: 'sox -n -r 44100 -c 2 s.wav trim 0 30; sox -n -r 44100 -c 2 n.wav synth 60 pinknoise; sox s.wav n.wav sn.wav; lame --quiet -t -V 4 sn.wav $out',
    seconds: 90,
    type: 'audio/mpeg',
  },
  {
    name: 'tag.flac',
    by: `${QUIET} -i tone.wav t.flac; lame --quiet -b 128 --tt A --add-id3v2 short.wav a.mp3; head -c 10 a.mp3 > /dev/null; printf 'ID3\\003\\000\\000\\000\\000\\000\\012aaaaaaaaaa' | cat - t.flac > $out`,
    seconds: 61.3,
    type: 'audio/flac',
  },
  { name: 'adpcm-ms.wav', by: `${QUIET} -i tone.wav -c:a adpcm_ms $out`, type: 'audio/wav' },
  { name: 'adpcm-ima.wav', by: `${QUIET} -i tone.wav -c:a adpcm_ima_wav $out`, type: 'audio/wav' },
  { name: 'pcm.wav', by: 'cp tone.wav $out', type: 'audio/wav' },
  { name: 'alaw.wav', by: `${QUIET} -i tone.wav -c:a pcm_alaw $out`, type: 'audio/wav' },
  { name: 'gsm.wav', by: 'sox tone.wav -r 8000 -c 1 -e gsm-full-rate $out', seconds: 61.3, type: 'audio/wav' },
  { name: 'plain.opus', by: `${QUIET} -i tone.wav -c:a libopus $out`, type: 'audio/ogg' },
  { name: 'frames60.opus', by: 'opusenc --quiet --framesize 60 tone.wav $out', type: 'audio/ogg' },
  {
    name: 'cut.opus',
    by: `${QUIET} -i tone.wav -c:a libopus x.opus; ${QUIET} -ss 20 -i x.opus -c copy -copyts $out`,
    seconds: 41.3,
    type: 'audio/ogg',
  },
  { name: 'plain.ogg', by: 'oggenc -Q -o $out tone.wav', type: 'audio/ogg' },
  {
    name: 'cut.ogg',
    by: `oggenc -Q -o x.ogg tone.wav; ${QUIET} -ss 20 -i x.ogg -c copy -copyts $out`,
    seconds: 41.3,
    type: 'audio/ogg',
  },
  {
    name: 'chained.ogg',
    by: 'oggenc -Q -s 1 -o a.ogg tone.wav; oggenc -Q -s 77 -o b.ogg short.wav; cat a.ogg b.ogg > $out',
    seconds: 66.3,
    type: 'audio/ogg',
  },
  { name: 'plain.m4a', by: `${QUIET} -i tone.wav -c:a aac $out`, type: 'audio/mp4' },
  {
    name: 'fragments.m4a',
    by: `${QUIET} -i tone.wav -c:a aac -movflags frag_keyframe+empty_moov -frag_duration 5000000 $out`,
    type: 'audio/mp4',
  },
  {
    name: 'one-fragment.m4a',
    by: `${QUIET} -i tone.wav -c:a aac -movflags frag_keyframe+empty_moov $out`,
    type: 'audio/mp4',
  },
  {
    name: 'sidx.mp4',
    by: `${QUIET} ${FILM} -c:v libx264 -movflags frag_keyframe+empty_moov+dash+global_sidx -g 20 $out`,
    type: 'video/mp4',
    size: '320x180',
  },
  {
    name: 'many-fragments.mp4',
    by: `${QUIET} ${FILM} -c:v libx264 -g 5 -movflags frag_keyframe+empty_moov $out`,
    type: 'video/mp4',
    size: '320x180',
  },
  {
    name: 'fragments.mp4',
    by: `${QUIET} ${FILM} -c:v libx264 -movflags frag_keyframe $out`,
    type: 'video/mp4',
    size: '320x180',
  },
  { name: 'plain.mp4', by: `${QUIET} ${FILM} -c:v libx264 $out`, type: 'video/mp4', size: '320x180' },
  { name: 'sound.mp4', by: `${QUIET} -i tone.wav -c:a aac $out`, type: 'audio/mp4' },
  { name: 'sound.webm', by: `${QUIET} -i tone.wav -c:a libopus $out`, type: 'audio/webm' },
  { name: 'film.webm', by: `${QUIET} ${FILM} -c:v libvpx $out`, type: 'video/webm', size: '320x180' },
  { name: 'sound.mkv', by: `${QUIET} -i tone.wav -c:a aac $out`, type: 'audio/x-matroska' },
  {
    name: 'wide.mkv',
    by: `${QUIET} ${FILM} -vf setsar=2 -c:v libx264 $out`,
    type: 'video/x-matroska',
    size: '640x180',
  },
  { name: 'wide.mp4', by: `${QUIET} ${FILM} -vf setsar=2 -c:v libx264 $out`, type: 'video/mp4', size: '640x180' },
  {
    name: 'phone.3gp',
    by: `${QUIET} ${FILM} -vf scale=176:144,setsar=1 -c:v h263 $out`,
    type: 'video/3gpp',
    size: '176x144',
  },
];

process.exitCode = main();

function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-media-'));
  try {
    shell(
      folder,
      `${QUIET} -f lavfi -i sine=440:d=61.3 -ar 44100 -ac 2 tone.wav; ${QUIET} -f lavfi -i sine=220:d=5 -ar 44100 -ac 2 short.wav`,
    );
    const faults = FILES.filter((made) => !judge(folder, made)).length;
    console.log(faults === 0 ? 'All as they should be, or not known.' : `${faults} faults.`);
    return faults === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether nothing that is said of a file is wrong. */
function judge(folder: string, { name, by, seconds, type, size }: Made): boolean {
  if (!shell(folder, by.replaceAll('$out', name))) {
    console.log(`SKIPPED ${name}: it can't be made here`);
    return true;
  }
  const facts = probeAsset(name, new Uint8Array(readFileSync(join(folder, name))));
  const truth = seconds ?? Number(output(folder, `ffprobe -v error -show_entries format=duration -of csv=p=0 ${name}`));
  const found = facts.durationSeconds;
  const pixels = facts.width === null ? undefined : `${facts.width}x${facts.height}`;
  const isRight = (found === null || Math.abs(found - truth) <= 0.9) && facts.mimeType === type && pixels === size;
  console.log(
    `${isRight ? (found === null ? '?' : 'ok') : 'FAULT'} ${name}: ${facts.mimeType} ${found ?? '–'} s of ${truth.toFixed(1)}, ${pixels ?? '–'}`,
  );
  return isRight;
}

function shell(cwd: string, command: string): boolean {
  return spawnSync('sh', ['-ec', command], { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 }).status === 0;
}

function output(cwd: string, command: string): string {
  return spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8', timeout: 60_000 }).stdout;
}
