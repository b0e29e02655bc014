/**
 * `_config.yml`: what Jekyll gives all articles of a path or kind (`defaults`), what it leaves out (`exclude`), and the
 * collections that it has for itself; and what Hexo leaves as it is (`skip_render`), leaves out (`ignore`),
 * or has as files of a post (`post_asset_folder`).
 */

import { OUTSIDE_POSTS_FIELD } from '../../../article/fields/folder-fields.ts';
import { type FieldMap, type Fields, isMap, toBoolean } from '../../../model/fields.ts';
import { throughFolders } from '../../../text/path-pattern.ts';
import { fieldsIn, readFolderFields, rulesOf, textsIn } from '../folder-fields.ts';
import type { Doubt, FolderRule } from '../folder-rules.ts';
import type { Said } from '../folder-source.ts';
import { peopleOfSettings } from './people-file.ts';
import { programFolderRules } from './program-folders.ts';
import { zoneRules } from './zone-rules.ts';

/** What of the settings is about articles. */
export const JEKYLL_NAMES = /\b(?:exclude|defaults|collections|ignore|skip_?render|post_?asset_?folder)\b/i;

/** Both have posts in `_posts` alone, and documents in folders with an underscore. What lies elsewhere is a page. */
const OUTSIDE_POSTS: FolderRule = {
  under: '',
  only: ['**', '!**/_*/**'],
  fields: { [OUTSIDE_POSTS_FIELD]: 'true' },
};

export function readJekyllConfig(fields: Fields): Said {
  const parts = [readDefaults(fields), readCollections(fields)];
  return {
    rules: [
      OUTSIDE_POSTS,
      ...readLists(fields),
      ...readAssetFolders(fields),
      ...programFolderRules(isHexo(fields) ? 'hexo' : 'jekyll'),
      ...parts.flatMap(({ rules }) => rules),
      ...peopleOfSettings(fields),
      ...zoneRules(fields.get('timezone')?.value ?? null, isHexo(fields) ? {} : { dates: 'jekyll' }),
    ],
    doubt: parts.find(({ doubt }) => doubt !== null)?.doubt ?? null,
  };
}

/** Settings that Hexo's file has from its beginning, and Jekyll's never. */
const HEXO_NAMES = ['newpostname', 'postassetfolder', 'skiprender', 'sourcedir', 'publicdir', 'tagdir', 'archivedir'];

function isHexo(fields: Fields): boolean {
  return HEXO_NAMES.some((name) => fields.has(name));
}

/** Hexo's paths are those below its folder of sources, which may be the one that is published. */
const SOURCE = 'source/';

function readLists(fields: Fields): readonly FolderRule[] {
  const list = (name: string) => textsIn(fields.get(name)?.value ?? null);
  const excluded = list('exclude');
  const skipped = [...list('skiprender'), ...list('ignore'), ...excluded]
    .flatMap((each) => [each, `${SOURCE}${each}`])
    .flatMap(throughFolders);
  const included = list('include').map((each) => `!${each}`);
  return skipped.length === 0 ? [] : [{ under: '', only: [...skipped, ...included], hold: 'always' }];
}

/** With `post_asset_folder` Hexo has posts of one ending only: all else below `_posts/` are files of a post. */
function readAssetFolders(fields: Fields): readonly FolderRule[] {
  if (toBoolean(fields.get('postassetfolder')?.value ?? null) !== true) return [];
  const [name = ''] = textsIn(fields.get('newpostname')?.value ?? null);
  const ending = /\.\w+$/.exec(name)?.[0] ?? '.md';
  const only = ['_posts/', `${SOURCE}_posts/`].flatMap((posts) => [`${posts}**`, `!${posts}**/*${ending}`]);
  return [{ under: '', only, hold: 'always' }];
}

/** Values for a scope: a path or pattern, and a type (posts, drafts, pages, a collection). Narrower scopes come later. */
function readDefaults(fields: Fields): Said {
  const defaults = fields.get('defaults')?.value ?? null;
  const maps = (Array.isArray(defaults) ? defaults : []).filter((each): each is FieldMap => isMap(each));
  const scoped = maps
    .map((map) => ({ ...scopeOf(map), read: readFolderFields(fieldsIn(map.get('values') ?? null)) }))
    .toSorted((a, b) => a.path.length - b.path.length);
  return {
    rules: scoped.flatMap(({ path, type, read }) => rulesOf('', read, patternsOfScope(path, type))),
    doubt: scoped.find(({ read }) => read.doubt !== null)?.read.doubt ?? null,
  };
}

function scopeOf(map: FieldMap): { readonly path: string; readonly type: string } {
  const scope = map.get('scope') ?? null;
  const text = (name: string) => (isMap(scope) ? (textsIn(scope.get(name) ?? null)[0]?.trim() ?? '') : '');
  return { path: text('path').replace(/^\/+|\/+$/g, ''), type: text('type') };
}

function patternsOfScope(path: string, type: string): readonly string[] {
  const within = path === '' ? '**' : path;
  if (type === '') return [within];
  const folder = path === '' ? '' : `${path}/`;
  if (type === 'pages') return [within, '!**/_posts/**', '!**/_drafts/**'];
  // A scope may name the collection's folder itself, or one that it lies in.
  const own = `_${type.replace(/^post$/, 'posts')}`;
  return path.split('/').includes(own) ? [within] : [`${folder}${own}`, `${folder}**/${own}/**`];
}

/** Collections have no pages but where the file says so; where it says nothing, what is public stays. */
function readCollections(fields: Fields): Said {
  const collections = fields.get('collections')?.value ?? null;
  const [parent = ''] = textsIn(fields.get('collectionsdir')?.value ?? null);
  const rules: FolderRule[] = [];
  let doubt: Doubt | null = null;
  const names = isMap(collections) ? [...collections] : textsIn(collections).map((name) => [name, null] as const);
  for (const [name, about] of names) {
    if (name === 'posts' || name === 'drafts') continue;
    const output = about !== null && isMap(about) ? (about.get('output') ?? null) : null;
    if (toBoolean(output) === true) continue;
    const under = `${parent === '' ? '' : `${parent.replace(/^\/+|\/+$/g, '')}/`}_${name}/`;
    const isSaid = toBoolean(output) === false;
    rules.push({ under, hold: isSaid ? 'always' : 'new' });
    if (!isSaid)
      doubt ??= {
        line: fields.get('collections')?.line ?? null,
        message: `it names the collection “${name}” and not whether its articles have pages`,
        fix: `Write “output: true” under “${name}” to publish them, or “output: false”.`,
      };
  }
  return { rules, doubt };
}
