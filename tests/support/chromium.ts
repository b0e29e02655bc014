/** Where a Chromium is on this machine; `CHROMIUM` names one elsewhere. Null where there is none. */

import { existsSync } from 'node:fs';

const PLACES = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const CHROMIUM_PATH: string | null = PLACES.find((place) => place !== '' && existsSync(place)) ?? null;
