/**
 * Whether sounds, films, pictures and documents are what other programs say that they are: makes them with the encoders of
 * Debian, and compares what is read of them with how they were made, and with what ffprobe and Chromium say.
 *
 *     npm run media                  (ffmpeg; for some of the files also what INSTALL names; Chromium, or CHROMIUM names one)
 *     npm run media -- .mp3 .ogg     only files with such names
 *     npm run media -- --in <folder> makes them there and leaves them, so that the next run only judges them
 *     npm run media -- --broken      each file also cut at ten places and with other bytes twenty times
 *
 * A row is `exact`, `null` where something is not known, or WRONG. A judge that says something else of a file than how it
 * was made needs a reason in the tables. The exit code is 0 without a fault, else 1.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Read, readByParts, readDamaged } from './broken.ts';
import { FILMS } from './films.ts';
import { askFfprobe, openChromium, type Saying } from './judges.ts';
import { type MadeFile, SOURCES } from './made-file.ts';
import { DOCUMENTS, PICTURES } from './pictures.ts';
import { SOUNDS } from './sounds.ts';

const INSTALL =
  'apt-get install ffmpeg lame opus-tools vorbis-tools speex flac sox mkvtoolnix webp libavif-bin libheif-examples libjxl-tools imagemagick libimage-exiftool-perl';

/** What a host says of a file that it doesn't know. */
const UNKNOWN_TYPE = 'application/octet-stream';
/** We round to whole seconds; encoders add up to a tenth of silence at the ends. */
const SECONDS_OFF_MAX = 0.6;
/** Judges don't round; a film's last picture, and padding of a sound that nobody counts, are theirs to count or not. */
const JUDGE_SECONDS_OFF_MAX = 0.3;
/** Widths of pixels that are no squares are rounded. */
const PIXELS_OFF_MAX = 1;

const FAULTS = ['WRONG', 'UNEXPLAINED'];

process.exitCode = await main(process.argv.slice(2));

async function main(parameters: readonly string[]): Promise<number> {
  const at = parameters.indexOf('--in');
  const kept = at === -1 ? undefined : parameters[at + 1];
  const names = parameters.filter((parameter) => !parameter.startsWith('--') && parameter !== kept);
  const wanted = [...SOUNDS, ...FILMS, ...PICTURES, ...DOCUMENTS].filter(
    ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
  );
  const folder = resolve(kept ?? mkdtempSync(join(tmpdir(), 'feedwright-media-')));
  mkdirSync(folder, { recursive: true });
  try {
    for (const { name, by } of SOURCES) if (!existsSync(join(folder, name))) shell(folder, by.replaceAll('$out', name));
    return await judgeAll(folder, wanted, parameters.includes('--broken'));
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function judgeAll(folder: string, wanted: readonly MadeFile[], isBrokenToo: boolean): Promise<number> {
  const browser = await openChromium(folder);
  if (browser === null) console.log('There is no Chromium on this machine: ffprobe alone is the judge.');
  const made: MadeFile[] = [];
  const counts = new Map<string, number>();
  try {
    for (const file of wanted) {
      if (!make(folder, file)) continue;
      made.push(file);
      const read = readByParts(file.name, bytesOf(folder, file.name));
      const shown = { name: file.name, type: read.facts.mimeType, isPicture: isPicture(file.type) };
      const { verdict, line } = judge(
        folder,
        file,
        read,
        isMedium(file.type) ? ((await browser?.show(shown)) ?? null) : null,
      );
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      console.log(line);
    }
  } finally {
    await browser?.close();
  }
  if (made.length < wanted.length) {
    console.log(`${wanted.length - made.length} were not made; what makes them: ${INSTALL}`);
  }
  console.log(`${made.length} files: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}.`);
  const faults = FAULTS.reduce((sum, verdict) => sum + (counts.get(verdict) ?? 0), 0);
  return faults + (isBrokenToo ? judgeDamaged(folder, made) : 0) === 0 ? 0 : 1;
}

function make(folder: string, { name, by, edit }: MadeFile): boolean {
  const place = join(folder, name);
  if (existsSync(place)) return true;
  if (!shell(folder, by.replaceAll('$out', name)) || !existsSync(place)) {
    console.log(`NOT MADE ${name}`);
    return false;
  }
  if (edit !== undefined) writeFileSync(place, edit(readFileSync(place)));
  return true;
}

function bytesOf(folder: string, name: string): Buffer {
  return readFileSync(join(folder, name));
}

/** How many faults there are. */
function judgeDamaged(folder: string, files: readonly MadeFile[]): number {
  const damages = files.map(({ name }) => readDamaged(folder, name, bytesOf(folder, name)));
  const [faults, doubted] = [damages.flatMap((damage) => damage.faults), damages.flatMap((damage) => damage.doubted)];
  for (const line of doubted) console.log(`doubted ${line}`);
  for (const line of faults) console.log(`FAULT ${line}`);
  const sum = (count: (damage: (typeof damages)[number]) => number) =>
    damages.reduce((total, damage) => total + count(damage), 0);
  console.log(
    `${sum(({ copies }) => copies)} damaged copies: ${faults.length} faults; ${sum(({ changed }) => changed)} other durations, of which ffprobe reads ${doubted.length} otherwise.`,
  );
  return faults.length;
}

function judge(
  folder: string,
  file: MadeFile,
  { facts, parts }: Read,
  chromium: Saying | null,
): { verdict: string; line: string } {
  const { name, type, seconds = null, size = null } = file;
  const found = {
    seconds: facts.durationSeconds,
    size: facts.width === null ? null : `${facts.width}x${facts.height}`,
  };
  const isNoMedium = !isMedium(type);
  const ffprobe = isNoMedium ? null : askFfprobe(folder, name, isPicture(type));
  const isRight =
    (facts.mimeType === type || facts.mimeType === UNKNOWN_TYPE) &&
    agrees(found, { seconds, size }, SECONDS_OFF_MAX) &&
    (size !== null || found.size === null);
  const isWhole =
    facts.mimeType === type &&
    (found.seconds === null) === (seconds === null) &&
    (found.size === null) === (size === null);
  const truth = { seconds, size };
  const doubts = [
    ...(ffprobe === null || agrees(ffprobe, truth, JUDGE_SECONDS_OFF_MAX) ? [] : [['ffprobe', file.ffprobe]]),
    ...(chromium === null || isNoMedium || agrees(chromium, truth, JUDGE_SECONDS_OFF_MAX)
      ? []
      : [['Chromium', file.chromium]]),
  ];
  const isExplained = doubts.every(([, reason]) => reason !== undefined);
  const verdict = !isRight ? 'WRONG' : !isExplained ? 'UNEXPLAINED' : isWhole ? 'exact' : 'null';
  const say = (saying: Saying | null) =>
    saying === null ? '-' : `${saying.seconds?.toFixed(1) ?? '–'} ${saying.size ?? '–'}`;
  const reasons = doubts.map(([who, reason]) => `; ${who} differs: ${reason ?? 'why?'}`).join('');
  return {
    verdict,
    line: `${verdict} ${name}: ${facts.mimeType}${facts.mimeType === type ? '' : ` (is ${type})`} ${say(found)} | made ${say(truth)} | ffprobe ${say(ffprobe)} | Chromium ${say(chromium)} | ${parts} parts${reasons}`,
  };
}

/** What is not said is not wrong. */
function agrees(saying: Saying, truth: Saying, secondsOffMax: number): boolean {
  const isAsLong =
    saying.seconds === null || truth.seconds === null || Math.abs(saying.seconds - truth.seconds) <= secondsOffMax;
  return isAsLong && (saying.size === null || truth.size === null || isAsLarge(saying.size, truth.size));
}

function isAsLarge(one: string, other: string): boolean {
  const others = other.split('x').map(Number);
  return one.split('x').every((pixels, index) => Math.abs(Number(pixels) - (others[index] ?? 0)) <= PIXELS_OFF_MAX);
}

function isMedium(type: string): boolean {
  return /^(?:audio|video|image)\//.test(type);
}

function isPicture(type: string): boolean {
  return type.startsWith('image/');
}

function shell(cwd: string, command: string): boolean {
  return spawnSync('sh', ['-ec', command], { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 }).status === 0;
}
