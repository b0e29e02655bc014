/**
 * Where S3 is. The client brings a decision diagram for every kind of bucket: half of its start's time to read, most of
 * it for buckets that the publisher never has. Those questions are answered here, once, and what they led to goes; the
 * others (partition, region, dual stack, FIPS, an endpoint of one's own, path style) stay as the SDK has them.
 */

import { pathToFileURL } from 'node:url';

export interface EndpointRules {
  /** Triples: a condition, and where to go on if it holds and if it doesn't; a negative reference turns the two. */
  readonly nodes: Int32Array;
  readonly root: number;
  readonly conditions: readonly unknown[];
  readonly results: readonly unknown[];
}

/** From here on a reference is a result's. */
const RESULT = 100_000_000;

/** What is known of the publisher's buckets, by text that only the condition in question holds. */
const ANSWERS: Readonly<Record<string, boolean>> = {
  '["isSet",[{"ref":"Bucket"}]]': true,
  '"aws.parseArn"': false,
  '"arn:"': false,
  '"--x-s3"': false,
  '"--xa-s3"': false,
  '"--op-s3"': false,
  '"Accelerate"': false,
  '"UseObjectLambdaEndpoint"': false,
  '"UseS3ExpressControlEndpoint"': false,
  '"UseGlobalEndpoint"': false,
  '"aws-global"': false,
};

/** The text of a module with the rules of another, without what the publisher's buckets never need. */
export async function narrowEndpoints(_: string, path: string): Promise<string> {
  const { bdd }: { bdd: EndpointRules } = await import(pathToFileURL(path).href);
  const { nodes, root, conditions, results } = narrow(bdd);
  const written = JSON.stringify({ conditions, results });
  // All that is left is signed in the same way, and says so each time.
  const [properties] = /\{"authSchemes":\[\{.*?\}\]\}/.exec(written) ?? [];
  if (properties === undefined) throw new Error("S3's endpoint rules no longer say how requests are signed.");
  return `import { BinaryDecisionDiagram } from "@smithy/core/endpoints";
const signing = ${properties};
const { conditions, results } = ${written.replaceAll(properties, 'signing')};
export const bdd = BinaryDecisionDiagram.from(new Int32Array([${nodes.join(',')}]), ${root}, conditions, results);`;
}

/** The same decisions wherever the answers are right. */
export function narrow(rules: EndpointRules): EndpointRules {
  const answers = new Map(
    Object.entries(ANSWERS).map(([text, answer]) => {
      const texts = rules.conditions.map((condition) => JSON.stringify(condition));
      const [index, another] = texts.flatMap((each, index) => (each.includes(text) ? [index] : []));
      if (index === undefined || another !== undefined) {
        throw new Error(`Not one of S3's endpoint rules holds ${text}: look at lib/bundle/endpoint-rules.ts again.`);
      }
      return [index, answer];
    }),
  );
  // The first node stands for "nothing matches" and is never looked at.
  const nodes: number[] = [-1, 1, -1];
  const references = new Map<number, number>();
  const conditions: unknown[] = [];
  const results: unknown[] = [];
  const place = (list: unknown[], item: unknown) => (list.includes(item) ? list.indexOf(item) : list.push(item) - 1);

  const copy = (from: number): number => {
    let reference = from;
    for (;;) {
      if (reference >= RESULT) return RESULT + place(results, rules.results[reference - RESULT]);
      if (Math.abs(reference) === 1) return reference;
      const [condition, high, low] = nodeAt(rules, reference);
      const answer = answers.get(condition);
      if (answer === undefined) break;
      reference = reference >= 0 === answer ? high : low;
    }
    const known = references.get(Math.abs(reference));
    if (known !== undefined) return Math.sign(reference) * known;
    const [condition, high, low] = nodeAt(rules, reference);
    const copied = nodes.length / 3 + 1;
    references.set(Math.abs(reference), copied);
    nodes.push(place(conditions, rules.conditions[condition]), 0, 0);
    nodes[3 * (copied - 1) + 1] = copy(high);
    nodes[3 * (copied - 1) + 2] = copy(low);
    return Math.sign(reference) * copied;
  };
  const root = copy(rules.root);
  return { nodes: Int32Array.from(nodes), root, conditions, results };
}

function nodeAt({ nodes }: EndpointRules, reference: number): readonly [number, number, number] {
  const [condition = 0, high = 0, low = 0] = nodes.subarray(3 * (Math.abs(reference) - 1));
  return [condition, high, low];
}
