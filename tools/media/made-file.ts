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
export const SOURCES = [
  `${QUIET} -f lavfi -i sine=440:d=${TONE_SECONDS} -ar 44100 -ac 2 tone.wav`,
  `${QUIET} -f lavfi -i sine=220:d=${SHORT_SECONDS} -ar 44100 -ac 2 short.wav`,
  `${QUIET} ${FILM} ${SOUND_OF_FILM} -c:v libx264 -preset ultrafast -g 20 -c:a aac -shortest film.mp4`,
  `${QUIET} ${FILM} -c:v libx264 -preset ultrafast -g 20 silent.mp4`,
  `${QUIET} ${FILM} ${SOUND_OF_FILM} -c:v libvpx -deadline realtime -c:a libopus -ac 2 -shortest film.webm`,
  // Noise can't be made smaller: more than the publisher reads of a beginning.
  `${QUIET} -f rawvideo -s 700x700 -pix_fmt rgb24 -i /dev/urandom -frames:v 1 large.png`,
  `${QUIET} -f rawvideo -s 200x200 -pix_fmt rgb24 -i /dev/urandom -frames:v 1 middle.png`,
  `${QUIET} -f lavfi -i testsrc=s=60x40 -frames:v 1 -update 1 picture.png`,
  `${QUIET} -f lavfi -i testsrc=s=60x40 -frames:v 1 -update 1 -pix_fmt yuvj420p picture.jpg`,
];
