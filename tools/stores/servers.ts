/** The servers of S3 that are tried, with the versions that were measured: how each is installed, and how it is started. */

import { existsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface StoreServer {
  readonly name: string;
  readonly version: string;
  /** The program that has to be there to install it. */
  readonly needs: 'go' | 'python3' | 'npm' | 'mvn';
  /** Shell commands, run in the cache folder. */
  readonly install: readonly string[];
  /** The file that is there when it is installed, in the cache folder. */
  readonly file: string;
  /** The interpreter of `file`, where it does not run by itself; it is given the file's path. */
  readonly runner?: readonly [program: string, ...options: string[]];
  /** The arguments for `file`; `ports` are free ones, of which the first is for S3. */
  readonly start: (folder: string, ports: readonly number[]) => Start;
  /** Those that it was made with. @default those of this table, which it is given or does not look at */
  readonly keys?: Keys;
  /** Why documents are written again by each run that looks at them. @default none is */
  readonly writesAgain?: string;
  /** Cases of the contract of stores that are known not to hold, by a part of their names. */
  readonly knownFailures: readonly string[];
}

interface Start {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const KEYS: Keys = { accessKeyId: 'feedwright', secretAccessKey: 'feedwright-secret' };
const HOST = '127.0.0.1';

/** Outside the repository: STORES_CACHE, else the user's cache. */
export const CACHE =
  process.env.STORES_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'feedwright-stores');

export function keysOf({ keys = KEYS }: StoreServer): Keys {
  return keys;
}

export function isInstalled({ file }: StoreServer): boolean {
  return existsSync(join(CACHE, file));
}

/** One package at a time, which takes least memory. What was compiled before an interruption is kept by Go itself. */
const goInstall = (packageName: string, version: string) =>
  `GOBIN="$PWD/bin" GOFLAGS=-trimpath go install -p 1 ${packageName}@${version}`;

/** For a module that replaces others, which `go install` refuses: built where the proxy's copy of it lies. */
const goBuild = (moduleName: string, version: string, program: string) => {
  const folder = `$(go mod download -json ${moduleName}@${version} | sed -n 's/.*"Dir": "\\(.*\\)".*/\\1/p')`;
  return `mkdir -p bin && cd "${folder}" && GOFLAGS=-trimpath go build -p 1 -o "$OLDPWD/bin/${program}" ./${program}`;
};

/** SeaweedFS and MinIO have no releases that the module proxy knows: these are commits. */
const SEAWEEDFS = 'v0.0.0-20261109003541-7506e5f91cd6';
const MINIO = 'v0.0.0-20260212201848-7aac2a2c5b7c';

export const SERVERS: readonly StoreServer[] = [
  {
    name: 'gofakes3',
    version: '1.2.0',
    needs: 'go',
    install: [goInstall('github.com/johannesboyne/gofakes3/cmd/gofakes3', 'v1.2.0')],
    file: 'bin/gofakes3',
    start: (_, [port]) => ({ args: ['-backend', 'memory', '-host', `${HOST}:${port}`] }),
    writesAgain: 'it keeps no Cache-Control',
    knownFailures: ['list gives the facts of everything under a prefix'],
  },
  {
    name: 'versitygw',
    version: '1.8.0',
    needs: 'go',
    install: [goInstall('github.com/versity/versitygw/cmd/versitygw', 'v1.8.0')],
    file: 'bin/versitygw',
    start: (folder, [port]) => ({
      args: [
        '--access',
        KEYS.accessKeyId,
        '--secret',
        KEYS.secretAccessKey,
        '--port',
        `${HOST}:${port}`,
        'posix',
        folder,
      ],
    }),
    knownFailures: [],
  },
  {
    name: 'SeaweedFS',
    version: '7506e5f91cd6',
    needs: 'go',
    install: [goBuild('github.com/seaweedfs/seaweedfs', SEAWEEDFS, 'weed')],
    file: 'bin/weed',
    start: (folder, ports) => ({ args: seaweedfsArguments(folder, ports) }),
    knownFailures: [],
  },
  {
    name: 'MinIO',
    version: '7aac2a2c5b7c',
    needs: 'go',
    install: [goInstall('github.com/minio/minio', MINIO)],
    file: 'bin/minio',
    start: (folder, [port]) => ({
      args: ['server', '--quiet', '--address', `${HOST}:${port}`, folder],
      env: { MINIO_ROOT_USER: KEYS.accessKeyId, MINIO_ROOT_PASSWORD: KEYS.secretAccessKey, MINIO_BROWSER: 'off' },
    }),
    knownFailures: ['list gives the facts of everything under a prefix'],
  },
  {
    name: 'MiniStack',
    version: '1.5.33',
    needs: 'python3',
    install: ['python3 -m venv python', 'python/bin/pip install --quiet ministack==1.5.33'],
    file: 'python/bin/ministack',
    start: (folder, [port]) => ({
      args: [],
      env: {
        BIND_HOST: HOST,
        MINISTACK_HOST: HOST,
        GATEWAY_PORT: String(port),
        TMPDIR: folder,
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      },
    }),
    writesAgain: 'it keeps application/xml without its charset',
    knownFailures: ['list gives the facts of everything under a prefix'],
  },
  {
    name: 'moto',
    version: '5.2.1',
    needs: 'python3',
    install: ['python3 -m venv moto', "moto/bin/pip install --quiet 'moto[server]==5.2.1'"],
    file: 'moto/bin/python',
    start: (_, [port]) => ({
      args: [join(import.meta.dirname, '../../tests/support/aws/moto-server.py'), String(port)],
    }),
    // Its routes match no line breaks.
    knownFailures: ['tab\\tand\\nnewline'],
  },
  {
    name: 'S3Proxy',
    version: '2.9.0',
    needs: 'mvn',
    install: [
      'mvn -q dependency:copy -Dartifact=org.gaul:s3proxy:2.9.0:jar:jar-with-dependencies -DoutputDirectory="$PWD/java"',
    ],
    file: 'java/s3proxy-2.9.0-jar-with-dependencies.jar',
    runner: ['java', '-jar'],
    start: (folder, [port]) => ({ args: ['--properties', writeS3ProxyProperties(folder, port)] }),
    knownFailures: [],
  },
  {
    name: 's3rver',
    version: '3.7.1',
    needs: 'npm',
    install: ['npm install --prefix s3rver --no-audit --no-fund --ignore-scripts s3rver@3.7.1'],
    file: 's3rver/node_modules/.bin/s3rver',
    keys: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    start: (folder, [port]) => ({
      args: ['--silent', '--address', HOST, '--port', String(port), '--directory', folder, '--no-vhost-buckets'],
    }),
    knownFailures: [],
  },
];

/** It keeps what it is given in memory. @returns the path of the file that says so */
function writeS3ProxyProperties(folder: string, port: number | undefined): string {
  const properties = {
    's3proxy.endpoint': `http://${HOST}:${port}`,
    's3proxy.authorization': 'aws-v2-or-v4',
    's3proxy.identity': KEYS.accessKeyId,
    's3proxy.credential': KEYS.secretAccessKey,
    'jclouds.provider': 'transient-nio2',
    'jclouds.identity': 'local',
    'jclouds.credential': 'local',
  };
  const file = join(folder, 's3proxy.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return file;
}

/** The first port is for S3; each of its four servers has another for gRPC. */
function seaweedfsArguments(folder: string, ports: readonly number[]): readonly string[] {
  const [s3, s3Grpc, master, masterGrpc, volume, volumeGrpc, filer, filerGrpc] = ports;
  const flags = {
    dir: folder,
    ip: HOST,
    'ip.bind': HOST,
    'master.port': master,
    'master.port.grpc': masterGrpc,
    'master.volumeSizeLimitMB': 64,
    'volume.port': volume,
    'volume.port.grpc': volumeGrpc,
    'volume.max': 1_000,
    'filer.port': filer,
    'filer.port.grpc': filerGrpc,
    's3.port': s3,
    's3.port.grpc': s3Grpc,
  };
  return ['server', ...Object.entries(flags).map(([name, value]) => `-${name}=${value}`), '-filer', '-s3'];
}
