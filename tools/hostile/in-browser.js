/** What the browser does with what it is given; put into a page by browser-trial.ts, behind the second sanitiser. */

/* global DOMPurify, document, DOMParser */

/** For each content, what the sanitiser takes out of it, and which of its links lead to something else than a page. */
globalThis.lookAt = (htmls) =>
  htmls.map((html) => {
    DOMPurify.sanitize(html);
    const removed = DOMPurify.removed.map(describeRemoval);
    const article = document.createElement('article');
    article.innerHTML = html;
    document.body.append(article);
    const links = [...article.querySelectorAll('a[href]')].filter(({ href }) => !/^(?:https?|mailto):/.test(href));
    return [...removed, ...links.map(({ href }) => `link ${href}`)];
  });

globalThis.isWellFormed = (xml) =>
  new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror') === null;

function describeRemoval({ element, attribute }) {
  if (attribute) return `attribute ${attribute.name}`;
  return `${element.nodeName.toLowerCase()} ${element.textContent.slice(0, 40)}`;
}
