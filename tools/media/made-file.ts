/** A file that is made to be judged, and what is true of it because of how it was made. */

export interface MadeFile {
  readonly name: string;
  /** Shell commands that make the file `$out`, in the folder of `SOURCES`. */
  readonly by: string;
  /** What is done to its bytes afterwards, where no program does it. */
  readonly edit?: (bytes: Buffer) => Uint8Array;
  readonly type: string;
  /** How long somebody hears or sees it; absent where nothing lasts. */
  readonly seconds?: number;
  /** As it is shown: `320x180`; absent where nothing is to be seen, or nobody says how large. */
  readonly size?: string;
  /** Where a judge says something else: why the file is right all the same. */
  readonly ffprobe?: string;
  readonly chromium?: string;
}

export const QUIET = 'ffmpeg -nostdin -v error -y';
/** Twelve seconds. */
export const FILM = '-f lavfi -i testsrc=s=320x180:d=12:r=10';
const SOUND_OF_FILM = '-f lavfi -i sine=440:d=12';
export const TONE_SECONDS = 61.3;
export const SHORT_SECONDS = 5;

/** Made first: what the files are made of. */
export const SOURCES: readonly Pick<MadeFile, 'name' | 'by'>[] = [
  { name: 'tone.wav', by: `${QUIET} -f lavfi -i sine=440:d=${TONE_SECONDS} -ar 44100 -ac 2 $out` },
  { name: 'short.wav', by: `${QUIET} -f lavfi -i sine=220:d=${SHORT_SECONDS} -ar 44100 -ac 2 $out` },
  {
    name: 'film.mp4',
    by: `${QUIET} ${FILM} ${SOUND_OF_FILM} -c:v libx264 -preset ultrafast -g 20 -c:a aac -shortest $out`,
  },
  { name: 'silent.mp4', by: `${QUIET} ${FILM} -c:v libx264 -preset ultrafast -g 20 $out` },
  {
    name: 'film.webm',
    by: `${QUIET} ${FILM} ${SOUND_OF_FILM} -c:v libvpx -deadline realtime -c:a libopus -ac 2 -shortest $out`,
  },
  // Noise can't be made smaller: more than the publisher reads of a beginning.
  { name: 'large.png', by: `${QUIET} -f rawvideo -s 700x700 -pix_fmt rgb24 -i /dev/urandom -frames:v 1 $out` },
  { name: 'middle.png', by: `${QUIET} -f rawvideo -s 200x200 -pix_fmt rgb24 -i /dev/urandom -frames:v 1 $out` },
  { name: 'picture.png', by: `${QUIET} -f lavfi -i testsrc=s=60x40 -frames:v 1 -update 1 $out` },
  { name: 'picture.jpg', by: `${QUIET} -f lavfi -i testsrc=s=60x40 -frames:v 1 -update 1 -pix_fmt yuvj420p $out` },
];
