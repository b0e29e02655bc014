/** All dialects, in the order in which they are expanded. */

import { criticMarks } from './critic/critic-marks.ts';
import { directives } from './directives/directives.ts';
import { myst } from './directives/myst.ts';
import { mdx } from './mdx/mdx.ts';
import { mdxComments } from './mdx/mdx-comments.ts';
import { obsidianRemarks } from './obsidian/remarks.ts';
import { pelicanPlaces } from './pelican/places.ts';
import type { Dialect } from './shape/dialect.ts';
import { template } from './template/template-code.ts';
import { pageBuilders } from './wordpress/page-builders.ts';
import { shortcodes } from './wordpress/shortcodes.ts';

/** What authors write for nobody. It goes before anything else is read, so that no title and no summary holds it. */
export const PRIVATE_DIALECTS: readonly Dialect<unknown>[] = [obsidianRemarks, mdxComments, criticMarks];

/** Braces of directives are no expressions; components hold template code, and that holds what Markdown is to read. */
export const DIALECTS: readonly Dialect[] = [myst, directives, mdx, shortcodes, pageBuilders, pelicanPlaces, template];
