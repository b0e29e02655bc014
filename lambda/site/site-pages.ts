/** `pages` in site.yaml: the pages that people read, and how they look. */

import { publicAddress, STYLESHEET_PATH } from '../model/addresses.ts';
import type { PageSettings } from '../model/site.ts';
import { type Reader, readSettings, report, yesOrNo } from './setting.ts';
import { fileAddress } from './site-address.ts';

export const PAGE_DEFAULTS: PageSettings = { articles: true, accent: null, stylesheet: null, logo: null };

/** @param url the address of the site, for the files that the settings name */
export function pageSettings(url: string): Reader<Partial<PageSettings>> {
  return (node, place) =>
    readSettings<PageSettings>(node, place, {
      articles: yesOrNo,
      accent: colour,
      stylesheet: stylesheetAddress(url),
      logo: fileAddress(url),
    });
}

/** `#0b6e4f`, or `#0a5` for `#00aa55`. */
const colour: Reader<string> = (node, place) => {
  const written = node.kind === 'text' ? node.text.trim().toLowerCase() : '';
  if (/^#[\da-f]{6}$/.test(written)) return written;
  if (/^#[\da-f]{3}$/.test(written)) return written.replace(/[\da-f]/g, '$&$&');
  return report(
    place,
    `“${place.name}” is not a colour.`,
    `Write red, green and blue in hexadecimal digits, in quotes because of the “#”: ${place.name}: "#0b6e4f"`,
  );
};

function stylesheetAddress(url: string): Reader<string> {
  return (node, place) => {
    const address = fileAddress(url)(node, place);
    if (address !== publicAddress(url, STYLESHEET_PATH)) return address;
    return report(
      place,
      `“${place.name}” names the stylesheet that the publisher writes itself.`,
      'Give your file another name: it is loaded after that one, and goes before it.',
    );
  };
}
