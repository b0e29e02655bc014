/** Style of an article: made for reading, about 66 characters a line. */

export const ARTICLE_RULES = `/* An article */

.article {
  max-width: 44rem;
}
.article h1 {
  font-size: clamp(1.875rem, 1.35rem + 2.2vw, 2.75rem);
}
.article .intro .byline {
  margin-block-start: 1rem;
}
.content {
  font: 1.125rem / 1.65 var(--reading);
  hanging-punctuation: first allow-end last;
}
@media (min-width: 40rem) {
  .content {
    font-size: 1.1875rem;
  }
}
.content :where(p, ul, ol, dl, pre, blockquote, figure, table, details, hr, .wide, audio, video) {
  margin-block: 0 1.25em;
}
.content :where(li, dd, figure, blockquote, td) > :last-child,
.content > :last-child {
  margin-block-end: 0;
}
.content :where(h2, h3, h4, h5, h6) {
  margin-block: 1.9em 0.6em;
  font-weight: 600;
  line-height: 1.25;
  text-wrap: balance;
}
.content > :is(h2, h3):first-child {
  margin-block-start: 0;
}
.content h2 {
  font-size: 1.4em;
}
.content h3 {
  font-size: 1.15em;
}
.content :where(h4, h5, h6) {
  font-size: 1em;
}
.content p {
  text-wrap: pretty;
  hyphens: auto;
  hyphenate-limit-chars: 8 4 4;
}
.content :where(ul, ol) {
  padding-inline-start: 1.4em;
}
.content li + li {
  margin-block-start: 0.4em;
}
.content li::marker {
  color: var(--quiet);
}
.content :where(dd) {
  margin-inline-start: 1.4em;
}
.content dt {
  font-weight: 600;
}
.content blockquote {
  margin-inline: 0;
  padding-inline-start: 1.25em;
  border-inline-start: 3px solid var(--accent);
  font-style: italic;
}
.content blockquote :is(em, i, cite),
.content blockquote:is(:lang(ar), :lang(fa), :lang(ur), :lang(he), :lang(ja), :lang(zh), :lang(ko)) {
  font-style: normal;
}
.content figure {
  margin-inline: 0;
}
.content figure :is(img, video),
.content > p > img:only-child {
  display: block;
  margin-inline: auto;
  border-radius: 0.375rem;
}
.content figcaption,
.content caption {
  margin-block-start: 0.6em;
  color: var(--quiet);
  font: 0.875rem / 1.5 var(--plain);
}
.content figcaption cite {
  font-style: normal;
}
.content figcaption cite::before {
  content: "(";
}
.content figcaption cite::after {
  content: ")";
}
[dir="rtl"] .content a {
  unicode-bidi: plaintext;
}
.content pre {
  padding: 1em 1.15em;
  overflow-x: auto;
  background: var(--soft);
  border-radius: 0.5rem;
  font: 0.875rem / 1.55 var(--mono);
  tab-size: 4;
  hyphens: none;
  direction: ltr;
  text-align: left;
}
.content pre code {
  font: inherit;
}
.content :not(pre) > code,
.content :where(kbd, samp) {
  padding: 0.1em 0.3em;
  background: var(--soft);
  border-radius: 0.25rem;
  font-family: var(--mono);
  font-size: 0.84em;
  direction: ltr;
  unicode-bidi: isolate;
}
.content .wide {
  overflow-x: auto;
}
.content table {
  min-width: 100%;
  border-collapse: collapse;
  font: 0.9375rem / 1.45 var(--plain);
  font-variant-numeric: tabular-nums;
}
.content :where(th, td) {
  padding: 0.5em 0.75em;
  border-block-end: 1px solid var(--line);
  text-align: start;
  vertical-align: baseline;
}
.content :where(th, td):first-child {
  padding-inline-start: 0;
}
.content thead th {
  border-block-end: 2px solid var(--line);
}
.content [align="center"] {
  text-align: center;
}
.content [align="right"] {
  text-align: right;
}
.content hr {
  width: 4rem;
  margin-inline: auto;
  border: 0;
  border-block-start: 2px solid var(--line);
}
.content :where(sup, sub) {
  font-size: 0.72em;
  line-height: 0;
}
.content mark {
  padding-inline: 0.15em;
  background: #fce9a9;
  color: #1d1c1a;
}
.content summary {
  cursor: pointer;
}
.content .footnotes,
.content section:last-child > ol {
  font-size: 0.875em;
}
.source a,
.open {
  display: inline-block;
  padding: 0.5rem 1rem;
  border: 1px solid currentcolor;
  border-radius: 2rem;
  font-weight: 550;
  text-decoration: none;
}
.source {
  margin-block-start: 1.75rem;
}
.players {
  margin-block-end: 1.75rem;
}
.attachments {
  margin-block-start: 2.5rem;
}
.attachments h2 {
  margin-block-end: 0.75rem;
  font-size: 1.0625rem;
}
.attachments > * + *,
.players > * + * {
  margin-block-start: 1rem;
}
.players figcaption {
  font-size: 0.9375rem;
}
.size {
  color: var(--quiet);
  font-variant-numeric: tabular-nums;
}
.about {
  margin-block-start: 2.5rem;
  color: var(--quiet);
  font-size: 0.9375rem;
}
.tags {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem;
}
.tags li {
  min-width: 0;
}
.tags a,
.tags span {
  display: block;
  padding: 0.2rem 0.75rem;
  background: var(--soft);
  border-radius: 2rem;
  text-decoration: none;
}
.tags a:hover {
  text-decoration: underline;
}
.rights {
  margin-block-start: 1rem;
}
`;
