/**
 * Forms, and the rows, columns and boxes of which WordPress' programs build pages: `[vc_row]`, `[et_pb_text
 * admin_label="Text"]`. What they enclose stays.
 */

import type { Dialect } from '../shape/dialect.ts';

const BUILDER =
  /\\?\[\/?(?:(?:vc|et\\?_pb|fusion|su)\\?_[a-z_\\]{1,40}|contact-form-7|wpforms|gravityform)(?:[ \t][^[\]\n]{0,1000}?)?\\?\](?![(:])/g;
const BUILDERS = new RegExp(BUILDER, '');

export const pageBuilders: Dialect = {
  name: 'page builders of WordPress',
  applies: (text) => BUILDERS.test(text),
  expand: (body) => body.replace(BUILDER, () => ''),
};
