import { describe, expect, it } from 'vitest';
import { type BillOfMaterials, narrowBill, readBundled } from '../../../tools/release/bill-of-materials.ts';

const component = (name: string, version: string) => ({
  ...{ 'bom-ref': `${name}@${version}`, name, version, purl: `pkg:npm/${name}@${version}` },
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
});

const BILL: BillOfMaterials = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { component: { 'bom-ref': 'feedwright@0.2.0', name: 'folder', version: '0.2.0' } },
  components: [component('feed', '6.0.0'), component('xml-js', '1.6.11'), component('vitest', '5.1.1')],
  dependencies: [
    { ref: 'feedwright@0.2.0', dependsOn: ['feed@6.0.0', 'vitest@5.1.1'] },
    { ref: 'feed@6.0.0', dependsOn: ['xml-js@1.6.11'] },
    { ref: 'vitest@5.1.1', dependsOn: [] },
  ],
};

describe('the bill of materials', () => {
  it('reads what is bundled from the file of licences', () => {
    const licences =
      'Feedwright holds code of these packages.\n\n@scope/a.b 1.2.3-rc.1 (Apache-2.0)\nfeed 6.0.0 (MIT)\n\nA text 1.0 (c)\n';
    expect([...readBundled(licences)]).toEqual(['@scope/a.b@1.2.3-rc.1', 'feed@6.0.0']);
  });

  it('lists what is in the package and nothing else, under the package’s own name', () => {
    const bill = narrowBill(BILL, new Set(['feed@6.0.0']), 'feedwright');
    expect(bill.metadata.component.name).toBe('feedwright');
    expect(bill.components).toEqual([
      { 'bom-ref': 'feed@6.0.0', name: 'feed', version: '6.0.0', purl: 'pkg:npm/feed@6.0.0' },
    ]);
    expect(bill.dependencies).toEqual([
      { ref: 'feedwright@0.2.0', dependsOn: ['feed@6.0.0'] },
      { ref: 'feed@6.0.0', dependsOn: [] },
    ]);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
  });

  it('is not made where something is bundled that npm does not list', () => {
    expect(() => narrowBill(BILL, new Set(['feed@6.0.1']), 'feedwright')).toThrow(
      'npm does not list what is bundled: feed@6.0.1.',
    );
  });
});
