/**
 * Runs every validator that is there over the documents of a published folder:
 *
 *     node tools/validators/validate.ts <folder> [--url <address at which the folder is public>]
 *
 * - RSS, Atom and OPML: the W3C feed validator, from FEEDVALIDATOR_DIR (a checkout of github.com/w3c/feedvalidator;
 *   FEEDVALIDATOR_PYTHON names a Python that has its requirements, else `python3`).
 * - Atom: the RELAX NG of RFC 4287, appendix B, from ATOM_RNC, by `jing` (JING names another).
 * - All three formats: the rules in local/check, which are strict for JSON Feed.
 *
 * The exit code is 0 when there is not one error and not one warning, 1 when there is, 2 for wrong usage. A validator
 * that isn't there is named at the end, so that silence is not taken for success.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { inspectDocument, isFeedDocument, judgeDocuments } from '../../local/check/feed-documents.ts';
import { limitOf } from './validator-limits.ts';

interface Document {
  readonly file: string;
  /** Below the folder, with `/` between its parts. */
  readonly path: string;
  readonly url: string;
  readonly type: string;
}

export interface Finding {
  readonly path: string;
  readonly level: 'error' | 'warning';
  readonly name: string;
  readonly line: number | null;
  readonly details: Readonly<Record<string, string>>;
}

/** The findings of a validator, or the reason why it could not be run. */
type Report = { readonly findings: readonly Finding[] } | { readonly skipped: string };

const TYPES: Readonly<Record<string, string>> = {
  'rss.xml': 'application/rss+xml; charset=utf-8',
  'atom.xml': 'application/atom+xml; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
  'feeds.opml': 'text/x-opml; charset=utf-8',
};

const JING_FILES_AT_ONCE = 200;

process.exitCode = main();

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string', default: 'https://example.org/' } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('Usage: node tools/validators/validate.ts <folder> [--url <address>]');
    return 2;
  }
  const documents = findDocuments(folder, values.url);
  const reports = [
    runW3cValidator(documents),
    runRelaxNg(documents),
    runOwnRules(documents, values.url.replace(/\/?$/, '/')),
  ];
  return summarise(documents, reports);
}

function findDocuments(folder: string, base: string): readonly Document[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .sort()
    .flatMap((path) => {
      const type = TYPES[path.split('/').at(-1) ?? ''];
      const url = base.replace(/\/?$/, '/') + path.split('/').map(encodeURIComponent).join('/');
      return type === undefined ? [] : [{ file: join(folder, path), path, url, type }];
    });
}

function runW3cValidator(documents: readonly Document[]): Report {
  const folder = process.env.FEEDVALIDATOR_DIR;
  if (folder === undefined) return { skipped: 'W3C feed validator: FEEDVALIDATOR_DIR is not set' };
  const xml = documents.filter(({ type }) => !type.includes('json'));
  const python = process.env.FEEDVALIDATOR_PYTHON ?? 'python3';
  const run = spawnSync(python, [join(import.meta.dirname, 'w3c-feed-validator.py'), folder], {
    input: xml.map((document) => `${JSON.stringify(document)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (run.status !== 0) return { skipped: `W3C feed validator: it failed: ${run.error ?? run.stderr}` };
  const paths = new Map(xml.map(({ file, path }) => [file, path]));
  const lines = run.stdout.trim().split('\n').filter(Boolean);
  const findings = lines.flatMap((line) => {
    const result = JSON.parse(line) as {
      file: string;
      events: (Omit<Finding, 'path' | 'details'> & { params: Finding['details'] })[];
    };
    return result.events.map(({ params, ...event }) => ({
      ...event,
      path: paths.get(result.file) ?? result.file,
      details: params,
    }));
  });
  return { findings };
}

function runRelaxNg(documents: readonly Document[]): Report {
  const schema = process.env.ATOM_RNC;
  if (schema === undefined) return { skipped: 'Atom RELAX NG: ATOM_RNC is not set' };
  const atom = documents.filter(({ type }) => type.includes('atom'));
  const findings: Finding[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-atom-'));
  for (let start = 0; start < atom.length; start += JING_FILES_AT_ONCE) {
    const files = atom.slice(start, start + JING_FILES_AT_ONCE).map((document) => copyForJing(document, folder));
    const run = spawnSync(process.env.JING ?? 'jing', ['-c', schema, ...files], { encoding: 'utf8' });
    if (run.status === null) return { skipped: `Atom RELAX NG: jing can't be run: ${run.error}` };
    const messages = run.stdout.split('\n').filter((line) => /: (?:error|fatal|warning)/.test(line));
    if (run.status !== 0 && messages.length === 0) return { skipped: `Atom RELAX NG: jing failed: ${run.stderr}` };
    findings.push(
      ...messages.map((message): Finding => {
        return { path: 'RELAX NG', level: 'error', name: 'RelaxNg', line: null, details: { message } };
      }),
    );
  }
  rmSync(folder, { recursive: true, force: true });
  return { findings };
}

/** Xerces, on which jing stands, can't read a character of four bytes across the end of its buffer. The schema sees none. */
function copyForJing({ file, path }: Document, folder: string): string {
  const text = readFileSync(file, 'utf8');
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return file;
  const copy = join(folder, path.replaceAll('/', '+'));
  writeFileSync(copy, text.replace(/[\u{10000}-\u{10FFFF}]/gu, '?'));
  return copy;
}

function runOwnRules(documents: readonly Document[], siteUrl: string): Report {
  const feeds = documents.filter(({ path }) => isFeedDocument(path));
  const reports = new Map(feeds.map(({ file, path }) => [path, inspectDocument(path, readFileSync(file))] as const));
  const judged = judgeDocuments(reports, siteUrl, (path) => reports.has(path));
  const findings = [...judged].flatMap(([path, messages]) =>
    messages.map((message): Finding => {
      return { path, level: 'error', name: 'OwnRules', line: null, details: { message } };
    }),
  );
  return { findings };
}

function summarise(documents: readonly Document[], reports: readonly Report[]): number {
  const findings = reports.flatMap((report) => ('findings' in report ? report.findings : []));
  const paths = documents.map(({ path }) => path);
  const limits = findings.filter((finding) => limitOf(finding, paths) !== undefined);
  const faults = findings.filter((finding) => limitOf(finding, paths) === undefined);
  for (const finding of limits) console.log(`${describe(finding)}\n  not counted: ${limitOf(finding, paths)}`);
  for (const finding of faults) console.log(describe(finding));
  const count = (level: Finding['level']) => faults.filter((finding) => finding.level === level).length;
  const notCounted = limits.length === 0 ? '' : `, ${limits.length} not counted`;
  console.log(`${documents.length} documents: ${count('error')} errors, ${count('warning')} warnings${notCounted}`);
  for (const report of reports) if ('skipped' in report) console.log(`NOT RUN: ${report.skipped}`);
  return faults.length === 0 ? 0 : 1;
}

function describe({ path, level, name, line, details }: Finding): string {
  return `${path}${line === null ? '' : `:${line}`}: ${level} ${name} ${JSON.stringify(details)}`;
}
