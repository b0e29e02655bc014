/** What the SDK brings along for others: the S3 client does more than a hundred things, of which the publisher asks six. */

import { pathToFileURL } from 'node:url';
import { narrowEndpoints } from './endpoint-rules.ts';
import { exchange, leaveOut, type Rule } from './rule.ts';
import { trimSchemas } from './schema-rules.ts';

export const SDK_RULES: readonly Rule[] = [
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/].*[\\/]schemas_\d+\.js$/, loader: 'js', rewrite: trimSchemas },
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/].*[\\/]endpoint[\\/]bdd\.js$/, loader: 'js', rewrite: narrowEndpoints },
  { file: /[\\/]@aws-sdk[\\/]client-s3[\\/]package\.json$/, loader: 'json', rewrite: keepVersion },
  { file: /[\\/]util-endpoints[\\/].*[\\/]partitions\.js$/, loader: 'js', rewrite: tellPartitionsByPattern },
  { file: /[\\/]serde[\\/]date-utils\.js$/, loader: 'js', rewrite: readDatesOneWay },
  { file: /[\\/]client-s3[\\/].*[\\/]runtimeExtensions\.js$/, loader: 'js', rewrite: leaveOutExtensions },
  { file: /[\\/]signature-v4[\\/]dist-es[\\/]SignatureV4\.js$/, loader: 'js', rewrite: signRequestsOnly },
  { file: /[\\/]xml[\\/]XmlCodec\.js$/, loader: 'js', rewrite: readXmlOnly },
  { file: /[\\/]node-config-provider[\\/]configLoader\.js$/, loader: 'js', rewrite: readNoProfiles },
  // Hashes written in JavaScript, for when Node was built without its own.
  { file: /[\\/](?:Md5|Sha1|Sha256)Js\.js$/, loader: 'js', rewrite: leaveOut },
  // What Node's streams do is there beside it.
  {
    file: /[\\/](?:sdk-stream-mixin|createChecksumStream|stream-collector)\.browser\.js$/,
    loader: 'js',
    rewrite: leaveOut,
  },
  // Uploads whose length is not known beforehand; ours lie in memory.
  {
    file: /[\\/](?:createBufferedReadable|getAwsChunkedEncodingStream)(?:\.browser)?\.js$/,
    loader: 'js',
    rewrite: leaveOut,
  },
  // A mode of retrying that must be asked for.
  { file: /[\\/]util-retry[\\/]AdaptiveRetryStrategy\.js$/, loader: 'js', rewrite: leaveOut },
  // Directory buckets have sessions of their own.
  { file: /[\\/]S3ExpressIdentityProviderImpl\.js$/, loader: 'js', rewrite: keepNoSessions },
  // The machine's own region, asked for on EC2 only.
  { file: /[\\/]getInstanceMetadataRegion\.js$/, loader: 'js', rewrite: leaveOut },
];

/** A client tells S3 its version, and is given all that its package says of itself. */
function keepVersion(text: string): string {
  return JSON.stringify({ version: JSON.parse(text).version });
}

/** Whoever makes a client may give it extensions, each of which sees and changes what it is made of. */
function leaveOutExtensions(text: string): string {
  exchange(text, /^export const resolveRuntimeExtensions = \(runtimeConfig, extensions\) => \{$/gm, '');
  return 'export const resolveRuntimeExtensions = (runtimeConfig) => runtimeConfig;';
}

interface Partition {
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, { readonly description?: string }>>;
}

/** Every partition has a pattern for its regions, and a list that says what they are called. */
async function tellPartitionsByPattern(_: string, path: string): Promise<string> {
  const { partitionsInfo }: { partitionsInfo: { partitions: Partition[] } } = await import(pathToFileURL(path).href);
  const { partitions } = partitionsInfo;
  const byPattern = (region: string) => partitions.find(({ regionRegex }) => new RegExp(regionRegex).test(region));
  const shorter = partitions.map((partition) => {
    const others = Object.keys(partition.regions).filter((region) => byPattern(region) !== partition);
    return { ...partition, regions: Object.fromEntries(others.map((region) => [region, {}])) };
  });
  return `export const partitionsInfo = ${JSON.stringify({ ...partitionsInfo, partitions: shorter })};`;
}

/** The SDK reads dates of HTTP in two ways, an old one and a new one. */
function readDatesOneWay(text: string): string {
  const newWay =
    'export { _parseRfc7231DateTime as parseRfc7231DateTime } from "./schema-serde-lib/schema-date-utils";';
  const oneWay = exchange(text, /^export const parseRfc7231DateTime = [\s\S]*?^};$/gm, newWay);
  return exchange(oneWay, /^const \w+ = (?=new RegExp\()/gm, '$&/* @__PURE__ */ ');
}

/** The client makes one in any case; it is asked when there is a directory bucket. */
function keepNoSessions(text: string): string {
  exchange(text, /\basync getS3ExpressIdentity\(/g, '');
  return "export class S3ExpressIdentityProviderImpl { getS3ExpressIdentity() { throw new Error('S3 Express is not in the bundle.'); } }";
}

/** Of signing, what event streams need: their headers have a form of their own. */
function signRequestsOnly(text: string): string {
  const withoutImport = exchange(text, /^import \{ HeaderFormatter \} from "\.\/HeaderFormatter";$/gm, '');
  return exchange(withoutImport, /^ +headerFormatter = new HeaderFormatter\(\);$/gm, '');
}

/** None of the six calls sends XML. */
function readXmlOnly(text: string): string {
  const withoutImport = exchange(text, /^import \{ XmlShapeSerializer \} from "\.\/XmlShapeSerializer";$/gm, '');
  const failure = "throw new Error('XML is not written by the bundle.')";
  const serializer = `class XmlShapeSerializer { setSerdeContext() {} write() { ${failure}; } flush() { ${failure}; } }`;
  return `${withoutImport}\n${serializer}`;
}

/** Lambda has no home directory with profiles. */
function readNoProfiles(text: string): string {
  return exchange(text, /\bfromSharedConfigFiles\(configFileSelector, configuration\), /g, '');
}
