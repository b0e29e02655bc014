/** The commands that docs/runbook.md has an operator type exist, and what they name is in the stack. */

import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../local/cli/arguments/command-line.ts';
import { createTemplate } from './template.ts';

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

let template: Template;
beforeAll(() => {
  template = createTemplate();
});

function found(pattern: RegExp): readonly (readonly string[])[] {
  return [...RUNBOOK.matchAll(pattern)].map(([, ...groups]) => groups);
}

describe('the runbook', () => {
  it('has the project’s own commands typed as they are', () => {
    const commands = found(/npm run -s feedwright -- ([^`\n]+)/g).map(([typed = '']) => typed.trim().split(' '));
    expect(commands.length).toBeGreaterThan(8);
    for (const args of commands) expect(parseCommandLine(args, {}).kind).toBe(args[0]);
  });

  it('finds each resource by a name that only one of its type begins with', () => {
    const names = found(/\$\(id (\w+) ([\w:]+)\)/g);
    expect(names.length).toBeGreaterThan(4);
    for (const [name = '', type = ''] of names) {
      const ids = Object.keys(template.findResources(type)).filter((id) => id.startsWith(name));
      expect(ids, `${name} ${type}`).toHaveLength(1);
    }
  });

  it('asks for outputs that there are', () => {
    for (const [name = ''] of found(/\$\(out (\w+)\)/g)) expect(template.findOutputs(name)).toHaveProperty(name);
  });

  it('deploys by the command that keeps the outputs, and puts back what was changed by hand', () => {
    const others = found(/(.*)cdk deploy/g).filter(([before = '']) => !before.includes('`npm run deploy` writes'));
    expect(others).toEqual([]);
    expect(RUNBOOK).toContain('npm run deploy -- --revert-drift');
  });
});
