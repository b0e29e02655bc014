/** The zone that the settings of a site name for its dates. */

import type { FieldValue } from '../../../model/fields.ts';
import { isTimeZone } from '../../../time/time-zone.ts';
import type { FolderRule, FolderSettings } from '../folder-rules.ts';

/** One rule for the whole folder of the site; none where nothing of it can be used. */
export function zoneRules(zone: FieldValue, others: FolderSettings = {}): readonly FolderRule[] {
  const name = typeof zone === 'string' ? zone.trim() : '';
  const site = { ...(/^[a-z]/i.test(name) && isTimeZone(name) && { timeZone: name }), ...others };
  return Object.keys(site).length === 0 ? [] : [{ under: '', site }];
}
