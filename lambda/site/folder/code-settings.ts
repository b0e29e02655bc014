/**
 * Settings that are code. Code is never run, but lists of plain texts in it are read: Quartz's `quartz.config.ts` and
 * Pelican's `pelicanconf.py`.
 */

import { stateWord, visibilityOfWord } from '../../article/fields/state-words.ts';
import type { FolderRule } from './folder-rules.ts';
import type { FolderSource, Said } from './folder-source.ts';

const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/.source;
const SCRIPT_COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/.source;
const PYTHON_COMMENT = /#[^\n]*/.source;

/** What a list of patterns leaves out, from the folder of the settings or from that of the content in it. */
function leaveOut(patterns: readonly string[]): readonly FolderRule[] {
  const only = patterns.flatMap((each) => [each, `content/${each.replace(/^\/+/, '')}`]);
  return only.length === 0 ? [] : [{ under: '', only, hold: 'always' }];
}

/** Quartz publishes all notes but those that it ignores, or only those that say so. */
export function readQuartzConfig({ text }: FolderSource): Said {
  const code = withoutComments(text, SCRIPT_COMMENT);
  const isExplicit = /\bExplicitPublish\s*\(/.test(code);
  const rules = leaveOut(textsOf(code, 'ignorePatterns'));
  return { rules: isExplicit ? [...rules, { under: '', hold: 'unsaid' }] : rules, doubt: null };
}

/** Pelican: what it leaves out, and the status of articles that state none. */
export function readPelicanConfig({ text }: FolderSource): Said {
  const code = withoutComments(text, PYTHON_COMMENT);
  const metadata = /\bDEFAULT_METADATA\s*=\s*(?:\{|dict\()([^})]*)/.exec(code)?.[1] ?? '';
  const status = /\bstatus['"]?\s*[:=]\s*['"]([\w-]+)['"]/.exec(metadata)?.[1] ?? '';
  const isHeld = visibilityOfWord(stateWord(status)) === 'draft';
  const names = textsOf(code, 'IGNORE_FILES').map((each) => (each.includes('/') ? each : `**/${each}`));
  return {
    rules: [
      ...leaveOut([...names, ...textsOf(code, 'ARTICLE_EXCLUDES')]),
      ...(isHeld ? [{ under: '', fields: { status } }] : []),
    ],
    doubt: null,
  };
}

function withoutComments(code: string, comment: string): string {
  return code.replace(new RegExp(`(${TEXT})|${comment}`, 'g'), (_, text: string | undefined) => text ?? '');
}

/** The texts in the list that has a name. */
function textsOf(code: string, name: string): readonly string[] {
  const list = new RegExp(`\\b${name}\\s*[:=]\\s*[[(]((?:${TEXT}|[^\\])"'])*)`).exec(code)?.[1] ?? '';
  return [...list.matchAll(new RegExp(TEXT, 'g'))].map(([text]) => text.slice(1, -1));
}
