/**
 * What the bundler can't see to be unused, it is shown. Each rule changes a file of one package on its way into the
 * bundle, and none changes what the publisher calls. A package whose files no longer look as a rule expects stops the
 * build, so that an upgrade can't undo a rule unnoticed.
 */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

interface Rule {
  readonly file: RegExp;
  readonly loader: 'js' | 'json';
  /** The text that goes into the bundle in place of the file's own. */
  readonly rewrite: (text: string, path: string) => string;
}

const RULES: readonly Rule[] = [
  // A third of the S3 client: what describes a hundred operations, of which the publisher calls five.
  { file: /[\\/]@aws-sdk[\\/]client-\w+[\\/].*[\\/]schemas_\d+\.js$/, loader: 'js', rewrite: trimSchemas },
  { file: /[\\/]@aws-sdk[\\/]client-\w+[\\/]package\.json$/, loader: 'json', rewrite: keepVersion },
  { file: /[\\/](?:Md5|Sha1|Sha256)Js\.js$/, loader: 'js', rewrite: leaveToNode },
  {
    file: /[\\/](?:sdk-stream-mixin|createChecksumStream|getAwsChunkedEncodingStream|stream-collector)\.browser\.js$/,
    loader: 'js',
    rewrite: leaveToBrowsers,
  },
  { file: /[\\/]js-yaml[\\/].*\.mjs$/, loader: 'js', rewrite: markPure },
  { file: /[\\/]feed[\\/]lib[\\/]feed\.js$/, loader: 'js', rewrite: leaveToWriters },
];

/** What an SDK has to tell browsers apart. */
const NARROWED = [{ importer: /[\\/]@aws-sdk[\\/]/, name: /^bowser$/, module: './no-browser.ts' }] as const;

/** The rules above as a plugin of esbuild. */
export const trim: Plugin = {
  name: 'trim',
  setup(build) {
    for (const { file, loader, rewrite } of RULES) {
      build.onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = rewrite(text, path);
        if (contents === text) throw new Error(`${path} is not what lib/bundle/trim.ts expects: look at it again.`);
        return { contents, loader };
      });
    }
    for (const { importer, name, module } of NARROWED) {
      build.onResolve({ filter: name }, (asked) =>
        importer.test(asked.importer) ? { path: fileURLToPath(new URL(module, import.meta.url)) } : undefined,
      );
    }
  },
};

function trimSchemas(text: string): string {
  return forgetErrors(spellKeys(text));
}

/** Classes for errors: without one an error has the same name, message and status, which is what the publisher reads. */
function forgetErrors(text: string): string {
  return text.replace(/^n0_registry\.registerError\(.*\);$/gm, '');
}

/** `{ [_h]: … }` with `const _h = "http"` as `{ "http": … }`: a computed key might do anything, so it is always kept. */
function spellKeys(text: string): string {
  const constants = new Map(
    [...text.matchAll(/^const (_\w*) = ("[^"\\]*");$/gm)].map(([, name, value]) => [name, value]),
  );
  return text.replace(/\[(_\w+)\]:/g, (key, name) => (constants.has(name) ? `${constants.get(name)}:` : key));
}

/** A client tells S3 its version, and is given all that its package says of itself. */
function keepVersion(text: string): string {
  return JSON.stringify({ version: JSON.parse(text).version });
}

/** Hashes written in JavaScript, for when Node was built without its own. */
function leaveToNode(_: string, path: string): string {
  const name = basename(path, '.js');
  return `export class ${name} { constructor() { throw new Error('${name} is not in the bundle.'); } }`;
}

/** What Node's streams do is there beside it. */
function leaveToBrowsers(text: string): string {
  const names = [...text.matchAll(/^export (?:const|(?:async )?function) (\w+)/gm)].map(([, name]) => name);
  return names
    .map((name) => `export const ${name} = () => { throw new Error('${name} for browsers is not in the bundle.'); };`)
    .join('\n');
}

/** The package's writers, in place of which the publisher has its own (docs/decisions/007). */
function leaveToWriters(text: string): string {
  const failure = '(() => { throw new Error("The writers of the feed package are not in the bundle."); })()';
  return text.replace(/^import .* from "xml-js";$/gm, '').replace(/\b\w+_default\(this\)/g, failure);
}

/** What stands at the top of the module is worked out only where it is used: calls and copies look as if they did more. */
function markPure(text: string): string {
  const variable = /^var (\w+) = (.*|.*\n(?:(?:\t.*)?\n)*[\]})].*);$/gm;
  return text.replace(variable, 'var $1 = /* @__PURE__ */ (() => ($2))();');
}
