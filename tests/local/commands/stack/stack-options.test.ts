/** Which options a template was made with, and in what two differ: on templates of the stack itself, of this version. */

import { beforeAll, describe, expect, it } from 'vitest';
import { planDeployment, refuseDrops } from '../../../../local/commands/stack/plan.ts';
import {
  describeChanges,
  findDropped,
  readGuardedOptions,
  type StackTemplate,
} from '../../../../local/commands/stack/stack-options.ts';
import { createTemplate, EVERYTHING } from '../../../lib/template.ts';

const PLACE = { account: '123456789012', region: 'eu-west-1' };
const NOTHING = {
  domainName: null,
  siteUrl: null,
  alarmEmail: null,
  contentBucket: null,
  stateBucket: null,
  siteBucket: null,
};
const SITE_URL = 'https://example.org/feeds/';
const BUCKETS = { contentBucket: 'my-articles', stateBucket: 'my-state', siteBucket: 'my-site' };

let plain: StackTemplate;
let full: StackTemplate;
let named: StackTemplate;
beforeAll(() => {
  plain = createTemplate().toJSON();
  full = createTemplate({ ...EVERYTHING, siteUrl: SITE_URL }).toJSON();
  named = createTemplate({
    ...BUCKETS,
    domainName: EVERYTHING.domainName,
    certificateArn: EVERYTHING.certificateArn,
  }).toJSON();
});

describe('the options of a template', () => {
  it('are read from what they lead to', () => {
    expect(readGuardedOptions(plain)).toEqual(NOTHING);
    expect(readGuardedOptions(full)).toEqual({
      ...NOTHING,
      domainName: EVERYTHING.domainName,
      siteUrl: SITE_URL,
      alarmEmail: EVERYTHING.alarmEmail,
    });
    // The domain's own address is no option.
    expect(readGuardedOptions(named)).toEqual({ ...NOTHING, ...BUCKETS, domainName: EVERYTHING.domainName });
  });

  it('are dropped where the next template has none, and not where it has another', () => {
    expect(findDropped(readGuardedOptions(full), readGuardedOptions(plain))).toEqual([
      'domainName',
      'siteUrl',
      'alarmEmail',
    ]);
    expect(findDropped(readGuardedOptions(plain), readGuardedOptions(full))).toEqual([]);
    expect(findDropped(readGuardedOptions(named), readGuardedOptions(full))).toEqual(Object.keys(BUCKETS));
  });
});

describe('a plan', () => {
  const next = (template: StackTemplate) => ({ name: 'Feedwright', template });
  const deployed = (template: StackTemplate) => ({ kind: 'deployed', template }) as const;

  it('names account, region, stack and all that changes', () => {
    const { lines } = planDeployment(PLACE, next(full), deployed(plain), undefined);
    expect(lines[0]).toBe('Account 123456789012, region eu-west-1, stack Feedwright: is there, and changes:');
    expect(lines).toContain('  domainName: none becomes feeds.example.org');
    expect(lines).toContain('  new: AWS::SNS::Topic AlarmsTopic3A2DFEBA');
    expect(lines).toContain('  changed: AWS::CloudFront::Distribution CdnDistribution149FA6C8');
    expect(describeChanges(plain, plain)).toEqual([]);
    expect(planDeployment(PLACE, next(plain), deployed(plain), undefined).lines[0]).toMatch(/: nothing changes\.$/);
    expect(planDeployment(PLACE, next(plain), { kind: 'none' }, undefined).lines[0]).toMatch(
      /is not there yet; \d+ resources/,
    );
  });

  it('refuses to drop what people rely on, but for what is named', () => {
    const plan = planDeployment(PLACE, next(plain), deployed(full), undefined);
    const refusals = refuseDrops(plan, ['alarmEmail', 'siteUrl']);
    expect(refusals).toEqual([
      'domainName is feeds.example.org as it is deployed, and no option says so any more: the domain leaves the CDN, and every subscription to it fails.',
      '  Put it back into deployment.yaml (domainName: feeds.example.org), or, if that is meant, add --drop domainName',
    ]);
    expect(refuseDrops(plan, ['alarmEmail', 'siteUrl', 'domainName'])).toEqual([]);
  });

  it('goes by the last address where it may not look', () => {
    const hidden = { kind: 'hidden', reason: 'not authorized' } as const;
    const own = planDeployment(PLACE, next(plain), hidden, { SiteUrl: 'https://feeds.example.org/' });
    expect(own.dropped).toEqual([{ name: 'siteUrl', value: 'https://feeds.example.org/' }]);
    const others = planDeployment(PLACE, next(plain), hidden, { SiteUrl: 'https://d111.cloudfront.net/' });
    expect(others.dropped).toEqual([]);
    expect(planDeployment(PLACE, next(full), hidden, { SiteUrl: 'https://feeds.example.org/' }).dropped).toEqual([]);
  });
});
