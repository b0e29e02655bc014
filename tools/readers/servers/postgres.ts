/** A PostgreSQL of its own, for the readers that need one: no port, only a socket in a folder that goes with it. */

import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's user for it: a PostgreSQL does not run as root. */
const USER = 'postgres';

interface Cluster {
  /** The folder of the socket. */
  readonly host: string;
}

let cluster: Cluster | null | undefined;
let databaseCount = 0;

/** A new, empty database and the folder of its socket; null where there is no PostgreSQL. It goes when this process ends. */
export function createDatabase(): { readonly host: string; readonly user: string; readonly name: string } | null {
  cluster ??= startCluster();
  if (cluster === null) return null;
  const name = `readers${++databaseCount}`;
  runAsOwner('createdb', ['-h', cluster.host, name]);
  return { host: cluster.host, user: USER, name };
}

function startCluster(): Cluster | null {
  if (programOf('initdb') === null) return null;
  const folder = runAsOwner('mktemp', ['-d', '/tmp/feedwright-postgres-XXXXXX']).trim();
  runAsOwner('chmod', ['755', folder]);
  const data = join(folder, 'data');
  runAsOwner('initdb', ['-D', data, '-A', 'trust', '-U', USER, '-E', 'UTF8', '--no-sync']);
  const options = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`;
  runAsOwner('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  process.once('exit', () => {
    runAsOwner('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
    runAsOwner('rm', ['-rf', folder]);
  });
  return { host: folder };
}

function programOf(name: string): string | null {
  return globSync(`/usr/lib/postgresql/*/bin/${name}`).at(-1) ?? null;
}

function runAsOwner(name: string, options: readonly string[]): string {
  const command = [programOf(name) ?? name, ...options];
  const [program = '', ...rest] = process.getuid?.() === 0 ? ['runuser', '-u', USER, '--', ...command] : command;
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: 'utf8',
    cwd: '/tmp',
    // pg_ctl would leave its pipes to the server, and they would never end.
    stdio: name === 'pg_ctl' ? 'ignore' : 'pipe',
  });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return stdout ?? '';
}
