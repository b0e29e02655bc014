/**
 * From a manuscript, which is fields and a body whatever the source format was, to an article. The order matters: the
 * address needs the date and the title, and everything that refers to something needs the address.
 */

import { readFileName, titleFromSlug } from '../address/file-name.ts';
import { articlesBase, publicAddress } from '../model/addresses.ts';
import type { Article } from '../model/article.ts';
import { RIGHTS_CHARACTERS_MAX, SUMMARY_CHARACTERS_MAX, TITLE_CHARACTERS_MAX } from '../model/article-limits.ts';
import { type Field, type Fields, findField, isMap, textIn, toBoolean } from '../model/fields.ts';
import type { Report } from '../model/report.ts';
import type { Site } from '../model/site.ts';
import { type Content, renderContent } from './content.ts';
import { type AddressFacts, isCovered, readAddress, readAliases, reportReserved } from './fields/address.ts';
import { readDateAsOthers, readDates } from './fields/dates/date-fields.ts';
import { readEpisode } from './fields/episode-fields.ts';
import { readCanonicalUrl, readExternalUrl, readId } from './fields/identity.ts';
import { readLanguage, readTranslation } from './fields/language.ts';
import { isPlayable, readAttachments, readImage } from './fields/media-fields.ts';
import { readPageSign } from './fields/page-sign.ts';
import { readAuthors, readContributors } from './fields/people/people.ts';
import { saysEpisode } from './fields/sound-fields.ts';
import { readCategorySlugs, readSection, readTags } from './fields/tags.ts';
import { findTitle, TEXT_NAMES } from './fields/title.ts';
import { readVisibility } from './fields/visibility/visibility.ts';
import type { ContentContext } from './html/context.ts';
import { phraseText } from './phrase.ts';
import { fingerprintWording, type Manuscript } from './source/manuscript.ts';

const SUMMARY_NAMES = [
  'summary',
  'description',
  'excerpt',
  'deck',
  'teaser',
  'spoiler',
  'lead',
  'abstract',
  'standfirst',
];

/** The article, or null when the file says nothing that could be published; the report then tells. */
export function composeArticle(manuscript: Manuscript, site: Site, report: Report): Article | null {
  const { key, fields } = manuscript;
  const title = readTitle(manuscript, site, report);
  const dates = readDates(fields, key, site, report);
  const place: AddressFacts = {
    key,
    site,
    title,
    published: dates.published,
    formerlyPublished: readDateAsOthers(fields, site),
    categories: readCategorySlugs(fields),
    defaultPath: manuscript.defaultPath,
  };
  const address = readAddress(fields, place, report);
  const context: ContentContext = { key, site, articleUrl: articleUrl(site, address.path), fields };
  const content = renderContent(manuscript.body, context);
  report.include(content.problems);
  const image = readImage(fields, context, report);
  const attachments = readAttachments(fields, context, report);
  const isAudible = attachments.some(isPlayable);
  const episode = isAudible ? readEpisode(fields, context, report) : null;
  if (!isAudible && saysEpisode(fields)) reportSilent(report);

  const visibility = readVisibility(fields, { key, published: dates.published, statuses: site.statuses ?? {} }, report);
  const isDated = dates.published !== null;
  const pageSign = readPageSign(fields, { key, isDated, isBare: content.html === '' });
  const isPage = pageSign === 'likely' || pageSign === 'stated' || (!isDated && address.path === '/');
  const isLeftOut = isPage && isCovered(address.path);
  if (!isLeftOut || visibility.visibility !== 'draft') reportReserved(fields, address.path, site, isLeftOut, report);
  const identity = readId(fields, site.id, report);
  const article: Article = {
    wording: fingerprintWording(manuscript),
    item: readItem(manuscript, identity?.word ?? identity?.id ?? null, address.path),
    id: null,
    ...identity,
    canonicalUrl: readCanonicalUrl(fields, address.elsewhere, context, report),
    path: address.path,
    aliases: readAliases(fields, address.path, place, report),
    externalUrl: readExternalUrl(fields, context, report),
    title,
    ...dates,
    ...visibility,
    ...(isLeftOut && { visibility: 'draft' as const }),
    ...(pageSign !== null && { pageSign }),
    ...(manuscript.doubt !== undefined && { doubt: manuscript.doubt }),
    authors: readAuthors(fields, context, report),
    contributors: readContributors(fields, context, report),
    tags: readTags(fields, site.tagLabels ?? {}, report),
    section: readSection(fields, key),
    language: readLanguage(fields, key, site, report),
    ...(readTranslation(fields, key, site) !== null && { isTranslation: true }),
    summary: readSummary(manuscript, content, site, report),
    contentHtml: content.html,
    image,
    attachments,
    ...(episode !== null && { episode }),
    rights: readRights(manuscript, site, report),
    assetKeys: distinctKeys([
      image?.key,
      ...content.assetKeys,
      ...attachments.map((one) => one.key),
      ...episodeKeys(episode),
    ]),
    ...(content.links.length > 0 && { links: content.links }),
    ...(findTitle(fields) === null && dates.published === null && { isFragment: true }),
    ...(content.vaultFiles.size > 0 && { vaultFiles: Object.fromEntries(content.vaultFiles) }),
    ...readStatedSlug(fields),
  };
  const mayBeShown = article.visibility !== 'draft' && manuscript.doubt === undefined;
  return mayBeShown && isEmpty(article, manuscript) ? reportEmpty(report) : article;
}

/** The address of one of several items is its own: the settings' pattern is for files. */
function readItem(
  { itemText, sharedText = '', defaultPath }: Manuscript,
  id: string | null,
  path: string,
): Article['item'] {
  const isAlone = defaultPath === null;
  return itemText === null ? null : { name: id ?? (isAlone ? '' : path), isAlone, text: itemText, shared: sharedText };
}

function episodeKeys(episode: Article['episode'] | null): readonly (string | null | undefined)[] {
  return [episode?.image?.key, episode?.chapters?.key, ...(episode?.transcripts ?? []).map(({ file }) => file.key)];
}

/** Other articles may link to this one by it (Nikola's `link://slug/name`). */
function readStatedSlug(fields: Fields): Pick<Article, 'slug'> {
  const value = findField(fields, ['slug'])?.value;
  return typeof value === 'string' && value.trim() !== '' ? { slug: value.trim() } : {};
}

function articleUrl(site: Site, path: string): string {
  return publicAddress(articlesBase(site), decodeURIComponent(path.slice(1)));
}

function readTitle(manuscript: Manuscript, site: Site, report: Report): string {
  const field = findTitle(manuscript.fields);
  const stated =
    field === null ? '' : readText(field, manuscript, { site, charactersMax: TITLE_CHARACTERS_MAX }, report);
  if (stated !== '') return stated;
  const heading = headingText(manuscript, site, report);
  if (heading !== '') return heading;
  // A title that is written and left empty, and a JSON item without one, are meant so: notes have no titles.
  const isBlank = field === null && manuscript.fields.has('title');
  const isMeant = isBlank || manuscript.key.toLowerCase().endsWith('.json');
  return isMeant ? '' : titleFromSlug(readFileName(manuscript.key).slug);
}

function headingText(manuscript: Manuscript, site: Site, report: Report): string {
  const { key, fields, heading, headingMarkup = heading, plainFields } = manuscript;
  return heading === null || plainFields
    ? (heading ?? '')
    : phraseText(headingMarkup ?? '', null, { key, fields, site }, report);
}

function readSummary(manuscript: Manuscript, content: Content, site: Site, report: Report): string {
  for (const name of SUMMARY_NAMES) {
    const field = findField(manuscript.fields, [name]);
    if (field === null || typeof field.value !== 'string' || toBoolean(field.value) !== null) continue;
    const text = readText(field, manuscript, { site, charactersMax: SUMMARY_CHARACTERS_MAX }, report);
    if (text !== '') return text;
  }
  return content.teaser ?? manuscript.lead ?? content.lead;
}

function readRights(manuscript: Manuscript, site: Site, report: Report): string | null {
  const field = findField(manuscript.fields, ['rights', 'copyright', 'license', 'licence']);
  if (field === null || toBoolean(field.value) !== null) return null;
  return readText(field, manuscript, { site, charactersMax: RIGHTS_CHARACTERS_MAX }, report) || null;
}

/** Plain text of a field; '' with a report when it is no text, or too long. */
function readText(
  field: Field,
  { key, fields, plainFields }: Manuscript,
  { site, charactersMax }: { readonly site: Site; readonly charactersMax: number },
  report: Report,
): string {
  const value = field.value !== null && isMap(field.value) ? textIn(field.value, TEXT_NAMES) : field.value;
  if (typeof value !== 'string') {
    const message = `The field “${field.name}” should be a single text.`;
    report.add('field-unreadable', field.line, message, 'Write it on one line, in quotes if it holds “: ” or “[”.');
    return '';
  }
  const text = plainFields
    ? value.replace(/\s+/g, ' ').trim()
    : phraseText(value, field.line, { key, fields, site }, report);
  if (text.length <= charactersMax) return text;
  const message = `The field “${field.name}” has more than ${charactersMax} characters.`;
  report.add('limit-exceeded', field.line, message, 'Shorten it; the text itself belongs below the front matter.');
  return '';
}

function isEmpty(article: Article, { fields, heading }: Manuscript): boolean {
  if (article.contentHtml !== '' || article.image !== null || article.attachments.length > 0) return false;
  if (article.externalUrl !== null || heading !== null) return false;
  return findField(fields, ['title', 'headline', ...SUMMARY_NAMES]) === null;
}

function reportEmpty(report: Report): null {
  report.add('article-empty', null, 'The file holds no title and no text.', 'Write the article, or delete the file.');
  return null;
}

function reportSilent(report: Report): void {
  const message = 'The article has fields that only podcast episodes have, but names no audio file that is understood.';
  const fix = 'Write the address of the sound, or the path of its file: “audio: https://…/episode.mp3”.';
  report.add('sound-missing', null, message, fix);
}

function distinctKeys(keys: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(keys.filter((key) => key !== null && key !== undefined))];
}
