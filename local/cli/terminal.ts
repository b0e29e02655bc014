/**
 * Where the commands speak: results on standard output, everything else on standard error. Colour only in a terminal
 * and without NO_COLOR (https://no-color.org); a bar that is redrawn only in a terminal, plain lines elsewhere.
 */

export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about the work, or about what went wrong. */
  note(line: string): void;
  style(style: Style, text: string): string;
  /** `timed` work says how long it will take, and says nothing where lines can't be redrawn. @default steps */
  startProgress(label: string, kind?: 'steps' | 'timed'): Progress;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

export interface Progress {
  /** `total` may grow while the work goes on. */
  update(done: number, total: number): void;
  /** Takes the bar away. */
  stop(): void;
}

/** The part of a process that a terminal needs; `process` itself has it. */
export interface TerminalHost {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

const STYLE_CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
};

const BAR_CELLS = 24;
const REDRAW_MS = 100;
/** Work shorter than this shows no bar: it would only flicker. */
const PATIENCE_MS = 400;
/** How often work that takes long says where it is, when lines can't be redrawn. */
const PLAIN_LINE_MS = 10_000;

/** `now` gives milliseconds, and only intervals are taken from it. */
export function createTerminal(host: TerminalHost, now: () => number): Terminal {
  const isDumb = host.env.TERM === 'dumb';
  const isColoured = host.stdout.isTTY === true && !isDumb && !host.env.NO_COLOR;
  const canRedraw = host.stderr.isTTY === true && !isDumb;
  return {
    print: (line) => void host.stdout.write(`${line}\n`),
    note: (line) => void host.stderr.write(`${line}\n`),
    style(style, text) {
      const [on, off] = STYLE_CODES[style];
      return isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
    startProgress(label, kind = 'steps') {
      if (canRedraw) return startBar(host, label, now, kind === 'timed');
      return kind === 'timed' ? SILENT : startLines(host, label, now);
    },
  };
}

const SILENT: Progress = { update() {}, stop() {} };

function startBar(host: TerminalHost, label: string, now: () => number, isTimed: boolean): Progress {
  const startedAt = now();
  let drawnAt = startedAt + PATIENCE_MS - REDRAW_MS;
  let isDrawn = false;
  return {
    update(done, total) {
      if (now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      isDrawn = true;
      host.stderr.write(
        `\r\u001b[K${(renderBar(label, done, total) + (isTimed ? timeLeft(now() - startedAt, done, total) : '')).slice(0, (host.stderr.columns ?? 80) - 1)}`,
      );
    },
    stop() {
      if (isDrawn) host.stderr.write('\r\u001b[K');
      isDrawn = false;
    },
  };
}

function renderBar(label: string, done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((BAR_CELLS * done) / total);
  return `${label} ${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${done}/${total}`;
}

/** From the pace so far. */
function timeLeft(ms: number, done: number, total: number): string {
  if (done <= 0 || done >= total) return '';
  const seconds = Math.ceil(((ms / done) * (total - done)) / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `, ${seconds} s left` : `, ${minutes} min ${seconds % 60} s left`;
}

function startLines(host: TerminalHost, label: string, now: () => number): Progress {
  let saidAt = now();
  return {
    update(done, total) {
      if (now() - saidAt < PLAIN_LINE_MS) return;
      saidAt = now();
      host.stderr.write(`${label}: ${done} of ${total}\n`);
    },
    stop() {},
  };
}
