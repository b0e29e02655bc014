/** What the CDK, cdk-nag's AwsSolutions pack have to say about the stack: nothing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { createStack, EVERYTHING } from './template.ts';

describe('the rules of the house of AWS', () => {
  it.each([
    ['as it is', {}],
    ['with everything that it can have', EVERYTHING],
  ])('are kept by the stack %s', (_, options) => {
    const folder = Stage.of(createStack(options))?.synth().directory ?? '';
    const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });
});
