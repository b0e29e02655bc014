/** What every source format is read into: fields and a body. compose.ts makes an article of it. */

import type { Doubt } from '../../model/article.ts';
import type { Fields } from '../../model/fields.ts';
import type { ContentSource } from '../html/context.ts';

export interface Manuscript {
  readonly key: string;
  readonly fields: Fields;
  readonly body: ContentSource;
  /** A heading at the top of the body, already taken out of it: the title, if the fields have none. */
  readonly heading: string | null;
  /** Fields hold plain text, in which `<` and `&` mean themselves, instead of text with markup. */
  readonly plainFields: boolean;
  /** The lead, where the source format tells it better than the rendered body. */
  readonly lead: string | null;
  /** Instead of the key's own path, for one of several articles in a file. */
  readonly defaultPath: string | null;
  /** The item as it stands in a JSON file; null where the whole file is the article. */
  readonly itemText: string | null;
  /** Why nobody knows whether it may be published. */
  readonly doubt?: Doubt;
  /** What the file says for all of its items, as far as it is this one's too. */
  readonly sharedText?: string;
}
