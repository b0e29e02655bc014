/**
 * Files that a site has beside its articles, for machines that ask at a fixed address: who may sell advertisements, who
 * owns the site, where to report a hole. They are copied to the site as they are, and are never articles.
 */

/** At the top of the folder. None has a name that an article may have (article-key.ts). */
const AT_THE_TOP =
  /^(?:CNAME|(?:ads|app-ads|humans|llms|llms-full|security)\.txt|sellers\.json|BingSiteAuth\.xml|browserconfig\.xml|google[\da-f]{8,}\.html|yandex_[\da-f]+\.html|pinterest-[\da-f]+\.html|favicon\.ico|apple-touch-icon(?:-[\w-]+)?\.png|site\.webmanifest)$/;

/** RFC 8615. What in it has a name that begins with a dot stays hidden. */
const WELL_KNOWN = /^\.well-known\/[^.](?:[^/]|\/[^.])*$/;

/** The beginnings of all such names: those of other files may begin so too. */
export const STATIC_BEGINNINGS: readonly string[] =
  '.well-known/ CNAME ads. app humans. llms security. sellers. BingSiteAuth. browserconfig. google yandex_ pinterest- favicon. site.'.split(
    ' ',
  );

/** Whether a content key is of a file that is public although no article shows it. */
export function isStaticFile(key: string): boolean {
  return AT_THE_TOP.test(key) || WELL_KNOWN.test(key);
}

/** The content type of a file whose name has no ending; null for the one that its bytes or its ending tell. */
export function staticType(key: string): string | null {
  if (key === '.well-known/apple-app-site-association') return 'application/json';
  return isStaticFile(key) && !/\.[^/]+$/.test(key.slice(1)) ? 'text/plain; charset=utf-8' : null;
}
