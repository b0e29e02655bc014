/**
 * The bill of materials of the package, in CycloneDX (cyclonedx.org): npm's own of all that is installed here, narrowed to the
 * packages of which code is in the bundles. Nothing else comes to whoever installs the package.
 */

/** CycloneDX 1.5, as far as it is looked at; the rest goes through as npm wrote it. */
export interface BillOfMaterials {
  readonly metadata: { readonly component: Component; readonly [name: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [name: string]: unknown;
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly [name: string]: unknown;
}

/** The packages that a file of licences names: a line `<name> <version> (<SPDX id>)` each. */
export function readBundled(licences: string): ReadonlySet<string> {
  const lines = [...licences.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d[\w.+-]*) \([\w.-]+\)$/gm)];
  return new Set(lines.map(([, name, version]) => `${name}@${version}`));
}

/**
 * @param bundled names with versions, such as `feed@6.0.0`
 * @throws Error for a package that is bundled and that npm does not know
 */
export function narrowBill(bill: BillOfMaterials, bundled: ReadonlySet<string>, packageName: string): BillOfMaterials {
  const { component } = bill.metadata;
  const kept = bill.components.filter(({ name, version }) => bundled.has(`${name}@${version}`));
  const known = new Set(kept.map(({ name, version }) => `${name}@${version}`));
  const missing = [...bundled].filter((each) => !known.has(each));
  if (missing.length > 0) throw new Error(`npm does not list what is bundled: ${missing.join(', ')}.`);
  const refs = new Set([component['bom-ref'], ...kept.map((each) => each['bom-ref'])]);
  return {
    ...bill,
    // npm calls it by the name of the folder.
    metadata: { ...bill.metadata, component: { ...component, name: packageName } },
    components: kept.map(withoutDevelopment),
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map((each) => ({ ...each, dependsOn: (each.dependsOn ?? []).filter((ref) => refs.has(ref)) })),
  };
}

/** npm takes for development whatever is bundled and not installed; in the package it is no less there. */
function withoutDevelopment({ properties = [], ...component }: Component): Component {
  const others = properties.filter(({ name }) => name !== 'cdx:npm:package:development');
  return others.length === 0 ? (component as Component) : ({ ...component, properties: others } as Component);
}
