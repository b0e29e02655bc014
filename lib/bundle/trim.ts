/**
 * What the bundler can't see to be unused, it is shown, by rules for single files. A package whose files no longer look
 * as a rule expects stops the build, so that an upgrade can't undo a rule unnoticed.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { CALL_RULES } from './call-rules.ts';
import { PARSER_RULES } from './parser-rules.ts';
import { SDK_RULES } from './sdk-rules.ts';
import { TELEMETRY_RULES } from './telemetry-rules.ts';

/** The SDK's client hints of browsers. */
const NARROWED = [{ importer: /[\\/]@aws-sdk[\\/]/, name: /^bowser$/, module: './no-browser.ts' }] as const;

/** The rules as a plugin of esbuild. */
export const trim: Plugin = {
  name: 'trim',
  setup(build) {
    for (const { file, loader, rewrite } of [...CALL_RULES, ...SDK_RULES, ...PARSER_RULES, ...TELEMETRY_RULES]) {
      build.onLoad({ filter: file }, async ({ path }) => {
        try {
          return { contents: await rewrite(readFileSync(path, 'utf8'), path), loader };
        } catch (cause) {
          throw new Error(`Look again at what lib/bundle does with ${path}: ${(cause as Error).message}`, { cause });
        }
      });
    }
    for (const { importer, name, module } of NARROWED) {
      build.onResolve({ filter: name }, (asked) =>
        importer.test(asked.importer) ? { path: fileURLToPath(new URL(module, import.meta.url)) } : undefined,
      );
    }
  },
};
