/** Cards as Ghost's editors keep them, fields and no HTML, in the elements that every reader knows. */

import { renderMarkdown } from '../../../lambda/article/markdown/markdown.ts';
import { escapeAttribute, escapeText } from '../../../lambda/text/characters.ts';
import type { ExportReport } from '../model/export-report.ts';

type Payload = Readonly<Record<string, unknown>>;

interface Context {
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

/** HTML of a card by its type; null for a type that is none. */
export function renderCard(type: string, card: Payload, { place, report }: Context): string | null {
  const text = (name: string) => (typeof card[name] === 'string' ? (card[name] as string) : '');
  const attribute = (name: string, value: string) => (value === '' ? '' : ` ${name}="${escapeAttribute(value)}"`);
  const caption = text('caption') === '' ? '' : `<figcaption>${text('caption')}</figcaption>`;
  const source = text('src') || text('url');
  const heading = (title: string) => (title === '' ? '' : `<h4>${title}</h4>`);
  const button = () =>
    text('buttonUrl') === ''
      ? ''
      : `<p><a href="${escapeAttribute(text('buttonUrl'))}">${escapeText(text('buttonText') || text('buttonUrl'))}</a></p>`;
  switch (type) {
    case 'image':
      return `<figure><img${attribute('src', source)} alt="${escapeAttribute(text('alt'))}">${caption}</figure>`;
    case 'gallery':
      return `<figure>${picturesOf(card)}${caption}</figure>`;
    case 'html':
      return isForMembers(card)
        ? leave(report, 'parts for members in public posts: they are not imported', place)
        : text('html');
    case 'markdown':
    case 'card-markdown':
      return renderMarkdown(text('markdown'), { docId: 'note', unused: [] }, false);
    case 'code':
    case 'codeblock': {
      const marked = /^[\w+#-]+$/.test(text('language')) ? ` class="language-${text('language')}"` : '';
      return `<pre><code${marked}>${escapeText(text('code'))}</code></pre>`;
    }
    case 'embed':
      return text('html') === '' ? link(source, source) : `<figure>${text('html')}${caption}</figure>`;
    case 'bookmark': {
      const metadata = typeof card.metadata === 'object' && card.metadata !== null ? (card.metadata as Payload) : {};
      const title = String(metadata.title ?? '') || text('title') || text('url');
      const about = String(metadata.description ?? '') || text('description');
      return `<figure>${link(text('url'), title)}${about === '' ? '' : `<p>${escapeText(about)}</p>`}${caption}</figure>`;
    }
    case 'audio':
      return `<figure><audio controls${attribute('src', source)}></audio>${text('title') === '' ? '' : `<figcaption>${escapeText(text('title'))}</figcaption>`}</figure>`;
    case 'video':
      return `<figure><video controls${attribute('src', source)}${attribute('poster', text('customThumbnailSrc') || text('thumbnailSrc'))}></video>${caption}</figure>`;
    case 'file':
      return link(source, text('fileTitle') || text('title') || text('fileName') || source);
    case 'callout':
      return `<aside><p>${escapeText(text('calloutEmoji'))}${text('calloutEmoji') === '' ? '' : ' '}${text('calloutText')}</p></aside>`;
    case 'toggle':
      return `<details><summary>${text('heading')}</summary>${text('content')}</details>`;
    case 'button':
      return button();
    case 'header':
      return `${heading(text('header'))}${text('subheader') === '' ? '' : `<p>${text('subheader')}</p>`}${button()}`;
    case 'product': {
      const image =
        text('productImageSrc') === ''
          ? ''
          : `<figure><img src="${escapeAttribute(text('productImageSrc'))}" alt=""></figure>`;
      const shop =
        text('productUrl') === '' ? '' : link(text('productUrl'), text('productButton') || text('productUrl'));
      return `<section>${image}${heading(text('productTitle'))}${text('productDescription')}${shop}</section>`;
    }
    case 'call-to-action':
      return `<aside>${text('textValue')}${button()}</aside>`;
    case 'hr':
    case 'horizontalrule':
      return '<hr>';
    case 'paywall':
      return '';
    case 'email':
    case 'email-cta':
      return leave(report, 'parts that were for mails only: they are not imported', place);
    case 'signup':
      return leave(report, 'forms to subscribe: they need Ghost', place);
  }
  if (type !== '') report.leave('cards that are not known here', `${type} in ${place}`);
  return null;
}

/** An html card may say whom it is for. */
function isForMembers({ visibility }: Payload): boolean {
  if (typeof visibility !== 'object' || visibility === null) return false;
  const web = 'web' in visibility ? visibility.web : null;
  return typeof web === 'object' && web !== null && 'nonMember' in web && web.nonMember === false;
}

function picturesOf({ images }: Payload): string {
  if (!Array.isArray(images)) return '';
  return images
    .map(
      (image: Payload) =>
        `<img src="${escapeAttribute(String(image.src ?? ''))}" alt="${escapeAttribute(String(image.alt ?? ''))}">`,
    )
    .join('');
}

function link(address: string, text: string): string {
  return `<p><a href="${escapeAttribute(address)}">${escapeText(text)}</a></p>`;
}

function leave(report: Pick<ExportReport, 'leave'>, what: string, place: string): string {
  report.leave(what, place);
  return '';
}
