/**
 * The readers and parsers of the table, with the versions that were measured, where each comes from, and how it is run. A
 * group is installed together and answers all jobs of its readers.
 */

import { hash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedFormat } from '../../../lambda/model/document.ts';

export type GroupName =
  | 'npm'
  | 'pypi'
  | 'go'
  | 'crates'
  | 'maven'
  | 'ruby'
  | 'perl'
  | 'libmrss'
  | 'syndication'
  | 'elfeed'
  | 'miniflux';

export interface Consumer {
  readonly name: string;
  readonly version: string;
  readonly group: GroupName;
  readonly formats: readonly FeedFormat[];
  /** Whether it reads podcasts alone. */
  readonly isOfPodcasts?: boolean;
}

export interface Group {
  /** Shell commands that install it, run in a folder of its own; each is done once. */
  readonly install: readonly string[];
  /** The command that answers a line of JSON for each line; a text in place of it needs the files as arguments. */
  readonly run: (folder: string) => readonly string[];
  readonly takesFiles?: boolean;
  /** Whether some of it is there, and can be asked. */
  readonly isThere: (folder: string) => boolean;
  /** Whether all of it is. @default `isThere` */
  readonly isComplete?: (folder: string) => boolean;
}

const XML: readonly FeedFormat[] = ['rss', 'atom'];
const EVERY: readonly FeedFormat[] = ['rss', 'atom', 'json'];
const RSS: readonly FeedFormat[] = ['rss'];

export const CONSUMERS: readonly Consumer[] = [
  { name: 'feedsmith', version: '3.0.1', group: 'npm', formats: EVERY },
  { name: 'rss-parser', version: '3.13.0', group: 'npm', formats: XML },
  { name: '@rowanmanning/feed-parser', version: '2.1.5', group: 'npm', formats: XML },
  { name: 'htmlparser2', version: '12.0.0', group: 'npm', formats: XML },
  { name: 'feedparser', version: '2.6.0', group: 'npm', formats: XML },
  { name: 'podcast-partytime', version: '5.0.0', group: 'npm', formats: RSS, isOfPodcasts: true },
  { name: '@extractus/feed-extractor', version: '8.0.3', group: 'npm', formats: EVERY },
  { name: 'feedme', version: '2.0.2', group: 'npm', formats: EVERY },
  { name: 'react-native-rss-parser', version: '1.5.1', group: 'npm', formats: XML },
  { name: 'podparse', version: '1.6.0', group: 'npm', formats: RSS, isOfPodcasts: true },
  { name: 'node-podcast-parser', version: '2.3.0', group: 'npm', formats: RSS, isOfPodcasts: true },
  { name: 'feedparser', version: '6.0.14', group: 'pypi', formats: XML },
  { name: 'fastfeedparser', version: '0.6.5', group: 'pypi', formats: XML },
  { name: 'atoma', version: '0.0.17', group: 'pypi', formats: EVERY },
  { name: 'podcastparser', version: '0.6.11', group: 'pypi', formats: RSS },
  { name: 'reader', version: '3.26', group: 'pypi', formats: EVERY },
  { name: 'rss2email', version: '3.14', group: 'pypi', formats: XML },
  { name: 'feedparser-rs', version: '0.7.1', group: 'pypi', formats: EVERY },
  { name: 'rss-parser', version: '4.4.1', group: 'pypi', formats: XML },
  { name: 'gofeed', version: '1.4.2', group: 'go', formats: EVERY },
  { name: 'feed-rs', version: '3.0.0', group: 'crates', formats: EVERY },
  { name: 'rss', version: '2.1.2', group: 'crates', formats: RSS },
  { name: 'atom_syndication', version: '0.12.10', group: 'crates', formats: ['atom'] },
  { name: 'rome', version: '2.1.0', group: 'maven', formats: XML },
  { name: 'rssreader', version: '3.12.0', group: 'maven', formats: XML },
  { name: 'abdera-parser', version: '1.1.3', group: 'maven', formats: ['atom'] },
  { name: 'ruby-rss', version: '0.2.9', group: 'ruby', formats: XML },
  { name: 'ruby-feedparser', version: '0.11.2', group: 'ruby', formats: XML },
  { name: 'XML::Feed', version: '0.63', group: 'perl', formats: XML },
  { name: 'XML::FeedPP', version: '0.95', group: 'perl', formats: XML },
  { name: 'libmrss', version: '0.19.2', group: 'libmrss', formats: XML },
  { name: 'KF5 Syndication (Akregator)', version: '5.103.0', group: 'syndication', formats: XML },
  { name: 'elfeed', version: '3.4.1', group: 'elfeed', formats: XML },
];

/** Abdera brings another reader of XML, which rssreader can't use. */
const XML_READER = '-Djavax.xml.stream.XMLInputFactory=com.sun.xml.internal.stream.XMLInputFactoryImpl';
const REPOSITORY = join(import.meta.dirname, '../../..');
const SOURCES = join(import.meta.dirname, '../consumers');
const hasAllOfNpm = (folder: string) => existsSync(join(folder, 'node_modules/node-podcast-parser'));
const hasOfPypi = (folder: string, module: string) =>
  globSync(join(folder, `venv/lib/python3*/site-packages/${module}`)).length > 0;
const versionsOf = (group: GroupName, sign: string): string =>
  CONSUMERS.filter((consumer) => consumer.group === group)
    .map(({ name, version }) => name + sign + version)
    .join(' ');
/** A command that copies files of ours: another one when they are others. */
function copy(...names: readonly string[]): string {
  const texts = names.map((name) => readFileSync(join(SOURCES, name)));
  const files = names.map((name) => join(SOURCES, name)).join(' ');
  return `cp ${files} . # ${hash('sha256', Buffer.concat(texts), 'hex').slice(0, 8)}`;
}
const debian = (...packages: readonly string[]) =>
  `DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${packages.join(' ')}`;

export const GROUPS: Readonly<Record<GroupName, Group>> = {
  npm: {
    install: [`npm install --prefix . --no-audit --no-fund --ignore-scripts ${versionsOf('npm', '@')}`],
    // Some of them are there for the tests.
    run: (folder) => [process.execPath, join(SOURCES, 'npm.mjs'), hasAllOfNpm(folder) ? folder : REPOSITORY],
    isThere: () => true,
    isComplete: hasAllOfNpm,
  },
  pypi: {
    install: [
      'python3 -m venv venv',
      `venv/bin/pip install -q ${versionsOf('pypi', '==')}`,
      // reader needs it, and feedparser brings it no more.
      'venv/bin/pip install -q sgmllib3k==1.0.0',
    ],
    run: (folder) => [join(folder, 'venv/bin/python'), join(SOURCES, 'python.py')],
    isThere: (folder) => existsSync(join(folder, 'venv/bin/r2e')) && hasOfPypi(folder, 'rss_parser'),
  },
  go: {
    install: [
      'go mod init readers',
      `go get github.com/mmcdole/gofeed@v1.4.2`,
      copy('go/main.go'),
      'go mod tidy',
      'go build -o readers .',
    ],
    run: (folder) => [join(folder, 'readers')],
    isThere: (folder) => existsSync(join(folder, 'readers')),
  },
  crates: {
    install: [copy('crates/Cargo.toml', 'crates/main.rs'), 'cargo build --release'],
    run: (folder) => [join(folder, 'target/release/readers')],
    isThere: (folder) => existsSync(join(folder, 'target/release/readers')),
  },
  maven: {
    install: [
      'mkdir -p src/main/java',
      copy('maven/pom.xml', 'maven/Readers.java'),
      'mv Readers.java src/main/java',
      'mvn -q -B package dependency:copy-dependencies -DoutputDirectory=lib',
    ],
    run: (folder) => ['java', XML_READER, '-cp', `${folder}/target/classes:${folder}/lib/*`, 'Readers'],
    isThere: (folder) => existsSync(join(folder, 'target/classes/Readers.class')),
  },
  ruby: {
    install: [debian('ruby', 'ruby-feedparser')],
    run: () => ['ruby', join(SOURCES, 'ruby.rb')],
    isThere: () => existsSync('/usr/share/doc/ruby-feedparser'),
  },
  perl: {
    install: [debian('libxml-feed-perl', 'libxml-feedpp-perl')],
    run: () => ['perl', join(SOURCES, 'perl.pl')],
    isThere: () => existsSync('/usr/share/perl5/XML/Feed.pm'),
  },
  libmrss: {
    install: [debian('libmrss0-dev', 'gcc'), copy('mrss.c'), 'cc -o readers mrss.c -lmrss'],
    run: (folder) => [join(folder, 'readers')],
    takesFiles: true,
    isThere: (folder) => existsSync(join(folder, 'readers')),
  },
  syndication: {
    install: [
      debian('libkf5syndication-dev', 'g++'),
      copy('syndication.cpp'),
      'H=/usr/include; Q=$(echo $H/*/qt5); S=$H/KF5/Syndication; g++ -fPIC -o readers syndication.cpp ' +
        '-I$S -I$S/syndication -I$S/Syndication -I$H/KF5 -I$Q -I$Q/QtCore -I$Q/QtXml -lKF5Syndication -lQt5Core',
    ],
    run: (folder) => [join(folder, 'readers')],
    takesFiles: true,
    isThere: (folder) => existsSync(join(folder, 'readers')),
  },
  elfeed: {
    install: [debian('emacs-nox', 'elpa-elfeed')],
    run: () => ['emacs', '--batch', '-l', join(SOURCES, 'elfeed.el')],
    takesFiles: true,
    isThere: () => existsSync('/usr/share/doc/elpa-elfeed'),
  },
  // Readers that are programs of their own ask it (servers/miniflux.ts).
  miniflux: {
    install: [debian('postgresql'), 'GOBIN="$PWD" GOFLAGS=-mod=mod go install miniflux.app/v2@v2.3.5'],
    run: () => ['true'],
    isThere: (folder) => existsSync(join(folder, 'miniflux.app')),
  },
};
