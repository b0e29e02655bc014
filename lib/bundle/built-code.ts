/** The code that a stack takes along, built from the sources by this project's esbuild while the stack is synthesised. */

import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { buildEdgeFunction, type EdgeFunctionName } from './edge-function-code.ts';
import { buildPublisher } from './publisher-bundle.ts';

/** The publisher; Docker is never asked. */
export function publisherCode(): Code {
  return Code.fromAsset(fileURLToPath(new URL('../../lambda', import.meta.url)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage,
      local: {
        tryBundle(outputFolder: string): boolean {
          buildPublisher(outputFolder);
          return true;
        },
      },
    },
  });
}

/** Of each script what it was built to: stacks of one process take the same. */
const scripts = new Map<EdgeFunctionName, string>();

/** The script of an edge function. */
export function edgeFunctionCode(name: EdgeFunctionName): string {
  const script = scripts.get(name) ?? buildEdgeFunction(name);
  scripts.set(name, script);
  return script;
}
