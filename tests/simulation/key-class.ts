/** What a key is for, so that steps of one kind are counted together. */

export function keyClass(store: 'content' | 'state' | 'site', key: string): string {
  if (store === 'content')
    return key === 'site.yaml' ? 'settings' : /\.(?:md|json|txt)$/.test(key) ? 'article' : 'asset';
  if (store === 'site') {
    if (key.endsWith('.opml')) return 'opml';
    if (!/\.(?:xml|json)$/.test(key)) return 'asset';
    return key.includes('archive/') ? 'archive document' : 'subscription document';
  }
  const [folder = '', , third = ''] = key.split('/');
  return folder === 'feeds' ? `feed ${third.replace('.json', '')}` : folder.replace('.json', '');
}
