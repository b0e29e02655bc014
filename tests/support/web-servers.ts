/** Real web servers on the loopback, with the rules that `build --for` writes; null where this machine has none. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from './loopback.ts';

export interface WebServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** A server by its command, and how it is told to serve a folder with the rules beside it. */
export interface ServerProgram {
  readonly command: string;
  /** Writes the server's settings into a folder of its own, and gives the arguments for `command`. */
  settings(place: ServerPlace): readonly string[];
}

interface ServerPlace {
  readonly folder: string;
  readonly root: string;
  readonly port: number;
}

const STARTING_MS_MAX = 10_000;
const ASKING_EVERY_MS = 50;
const APACHE_MODULES = [
  ...['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'rewrite', 'alias'].map((name) => [name, `mod_${name}.so`]),
] as const;

export const SERVER_PROGRAMS = {
  nginx: {
    command: 'nginx',
    settings({ folder, root, port }) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `${kind}_temp_path ${folder}/${kind};`,
      );
      const file = write(folder, [
        `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/errors;`,
        'events { }',
        `http { access_log off; ${temporary.join(' ')} types { text/html html; text/css css; }`,
        `server { listen 127.0.0.1:${port}; root ${root}; absolute_redirect off; include ${root}.nginx.conf; } }`,
      ]);
      return ['-c', file, '-e', `${folder}/errors`];
    },
  },
  caddy: {
    command: 'caddy',
    settings({ folder, root, port }) {
      const file = write(folder, [
        '{\nadmin off\nauto_https off\n}',
        `http://127.0.0.1:${port} {\nroot * ${root}\nimport ${root}.Caddyfile\nfile_server\n}`,
      ]);
      return ['run', '--adapter', 'caddyfile', '--config', file];
    },
  },
  apache: {
    command: 'apache2',
    settings({ folder, root, port }) {
      const file = write(folder, [
        ...APACHE_MODULES.map(([name, module]) => `LoadModule ${name}_module /usr/lib/apache2/modules/${module}`),
        `ServerName 127.0.0.1\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid\nErrorLog ${folder}/errors`,
        `TypesConfig /dev/null\nAddType text/html .html\nDocumentRoot ${root}`,
        `<Directory ${root}>\nAllowOverride FileInfo Indexes Options\nRequire all granted\n</Directory>`,
      ]);
      return ['-d', folder, '-f', file, '-D', 'FOREGROUND'];
    },
  },
} as const satisfies Readonly<Record<string, ServerProgram>>;

export function isInstalled({ command }: ServerProgram): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { env: environment() }).status === 0;
}

/**
 * Serves a folder until it is closed.
 *
 * @param folder for the settings of the server, outside `root`
 */
export async function startWebServer(program: ServerProgram, folder: string, root: string): Promise<WebServer> {
  mkdirSync(folder, { recursive: true });
  const port = await findFreePort();
  const child = spawn(program.command, program.settings({ folder, root, port }), {
    env: { ...environment(), HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part) => {
    said += part;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  if (await isAnswering(origin, child)) return { origin, close };
  await close();
  throw new Error(`${program.command} did not start: ${said}`);
}

async function isAnswering(origin: string, child: ChildProcess): Promise<boolean> {
  for (let ms = 0; ms < STARTING_MS_MAX && child.exitCode === null; ms += ASKING_EVERY_MS) {
    const answer = await fetch(origin, { redirect: 'manual' }).catch(() => null);
    if (answer !== null) {
      await answer.body?.cancel();
      return true;
    }
    await pause(ASKING_EVERY_MS);
  }
  return false;
}

/** Debian keeps servers where only the operator's shell looks. */
function environment(): Record<string, string | undefined> {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
}

function write(folder: string, lines: readonly string[]): string {
  const file = join(folder, 'settings.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
