/** `pages` in site.yaml: the pages that people read, and how they look. */

import { publicAddress, STYLESHEET_PATH } from '../model/addresses.ts';
import type { MenuLink, PageSettings } from '../model/site.ts';
import { ADDRESS_CHARACTERS_MAX, MENU_LINKS_MAX, PAGE_PATTERNS_MAX } from '../model/site-limits.ts';
import { listOf, mapOf, type Reader, report, type SettingsTable, text, yesOrNo } from './setting.ts';
import { fileAddress, placeAddress } from './site-address.ts';

/** @see docs/site-yaml.md. The basis is the address of the site, for the files that the settings name. */
export const PAGE_SETTINGS: SettingsTable<PageSettings, string> = {
  articles: { read: () => yesOrNo, initial: true },
  accent: { read: () => colour, initial: null, said: 'a warm red' },
  stylesheet: { read: stylesheetAddress, initial: null },
  logo: { read: fileAddress, initial: null },
  files: { read: () => listOf(text(ADDRESS_CHARACTERS_MAX), PAGE_PATTERNS_MAX), initial: undefined },
  posts: { read: () => listOf(text(ADDRESS_CHARACTERS_MAX), PAGE_PATTERNS_MAX), initial: undefined },
  menu: { read: menuLinks, initial: undefined },
};

/** `About: /about/`, one a line. */
function menuLinks(url: string): Reader<readonly MenuLink[]> {
  return mapOf((title, node, place) => {
    const address = placeAddress(url)(node, place);
    return address === null ? null : { title, url: address };
  }, MENU_LINKS_MAX);
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
