/**
 * What each call of the S3 client passes through on its way, without what the publisher never asks for: directory
 * buckets, buckets in other regions, keys of one's own for encryption, signatures for several regions, a log that goes
 * nowhere; and checksums, which the store itself makes and compares.
 */

import { readFileSync } from 'node:fs';
import { exchange, type Rule } from './rule.ts';

const CLIENT = new URL('../../lambda/store/s3-client.ts', import.meta.url);

export const CALL_RULES: readonly Rule[] = [
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/]dist-es[\\/]S3Client\.js$/, loader: 'js', rewrite: shortenTheWay },
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/]dist-es[\\/]commandBuilder\.js$/, loader: 'js', rewrite: shortenCommands },
  { file: /[\\/]smithy-client[\\/]command\.js$/, loader: 'js', rewrite: hideNothing },
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/]dist-es[\\/]runtimeConfig\.js$/, loader: 'js', rewrite: askForNoMore },
  { file: /[\\/]client-s3[\\/].*[\\/]runtimeConfig\.shared\.js$/, loader: 'js', rewrite: offerOneSignature },
  { file: /[\\/]client-s3[\\/].*[\\/]httpAuthSchemeProvider\.js$/, loader: 'js', rewrite: chooseOneSignature },
  { file: /[\\/]SignatureV4MultiRegion\.js$/, loader: 'js', rewrite: signForOneRegion },
];

/** Of what every call passes through. Endpoint rules lead no longer to S3 Express (`endpoint-rules.ts`). */
function shortenTheWay(text: string): string {
  let shorter = text;
  for (const plugin of [
    'S3Express',
    'S3ExpressHttpSigning',
    'RegionRedirectMiddleware',
    'ValidateBucketName',
    'Logger',
  ]) {
    const line = new RegExp(`^ +this\\.middlewareStack\\.use\\(get${plugin}Plugin\\(this\\.config\\)\\);$`, 'gm');
    shorter = exchange(shorter, line, '');
  }
  shorter = exchange(shorter, /\bresolveFlexibleChecksumsConfig\((\w+)\)/g, '$1');
  return exchange(shorter, /\[\(\) => this, CreateSessionCommand\]/g, '[() => this]');
}

/** Of what single commands pass through; also a warning about bodies of unknown length, which ours never are. */
function shortenCommands(text: string): string {
  assertOwnChecksums();
  const withoutChecksums = exchange(text, /^ {4}getFlexibleChecksumsPlugin\(config, \{$[\s\S]*?^ {4}\}\),$/gm, '');
  return exchange(withoutChecksums, /^ {4}get(?:Ssec|CheckContentLengthHeader)Plugin\(config\),$/gm, '');
}

/** The SDK would check what it reads, and say nothing when it has been left out. */
function assertOwnChecksums(): void {
  const text = readFileSync(CLIENT, 'utf8');
  for (const setting of ['requestChecksumCalculation', 'responseChecksumValidation']) {
    exchange(text, new RegExp(`^ +${setting}: 'WHEN_REQUIRED',$`, 'm'), '');
  }
}

/** What would be hidden from a log that is none. */
function hideNothing(text: string): string {
  return exchange(text, /\bschemaLogFilter\.bind\(null, \w+\)/g, '(_) => _');
}

/** Settings of these, which the environment might hold as well; and warnings for a Node older than Lambda's. */
function askForNoMore(text: string): string {
  const names = 'requestChecksumCalculation|responseChecksumValidation|sigv4aSigningRegionSet|useArnRegion';
  const setting = new RegExp(
    `^( +(?:${names}): config\\?\\.\\w+) \\?\\? loadNodeConfig\\(\\w+, loaderConfig\\),$`,
    'gm',
  );
  const withoutWarnings = exchange(text, /^ +(?:emitWarningIfUnsupportedVersion|awsCheckVersion)\(.*\);$/gm, '');
  return exchange(withoutWarnings, setting, '$1,');
}

function offerOneSignature(text: string): string {
  return exchange(text, /^ {12}\{\n +schemeId: "aws\.auth#sigv4a",\n[\s\S]*?^ {12}\},$/gm, '');
}

function chooseOneSignature(text: string): string {
  const unset = exchange(text, /\bresolveAwsSdkSigV4AConfig\((\w+)\)/g, '$1');
  const notDefault = exchange(unset, /^ +options\.push\(createAwsAuthSigv4aHttpAuthOption\(authParameters\)\);$/gm, '');
  return exchange(notDefault, /^ +"aws\.auth#sigv4a": createAwsAuthSigv4aHttpAuthOption,$/gm, '');
}

/** Multi-region access points are signed for in another way, with code of one's own. */
function signForOneRegion(text: string): string {
  exchange(text, /\bstatic sigv4aDependency\(\)/g, '');
  return `import { SignatureV4 } from "@smithy/signature-v4";
export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return "none"; } }`;
}
