/** What the stylesheet says for every site. Sizes follow the reader's own font size; nothing depends on a script. */

export const RULES = `:root {
  --reading: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", Georgia, serif;
  --plain: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
*,
::before,
::after {
  box-sizing: border-box;
}
html {
  -webkit-text-size-adjust: none;
  text-size-adjust: none;
  scroll-padding-block: 2rem;
}
body {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  grid-template-rows: auto 1fr auto;
  min-height: 100vh;
  margin: 0 auto;
  max-width: 68rem;
  padding-inline: clamp(1.125rem, 5vw, 3rem);
  background: var(--paper);
  color: var(--ink);
  font: 1rem / 1.55 var(--plain);
  overflow-wrap: break-word;
}
:where(h1, h2, h3, p, ul, ol, dl, dd, figure, blockquote) {
  margin: 0;
}
:where(.entries, .tags, .readers, .feeds, .ways) {
  padding: 0;
  list-style: none;
}
a {
  color: var(--accent);
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
a:hover {
  text-decoration-thickness: 2px;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 3px;
  border-radius: 2px;
}
main:focus {
  outline: none;
}
img,
video {
  max-width: 100%;
  height: auto;
}
audio {
  width: 100%;
}
code {
  font-family: var(--mono);
  font-size: 0.875em;
}
.sign {
  flex: none;
  color: var(--accent);
}
.skip {
  position: absolute;
  inset-inline-start: -100vw;
}
.skip:focus {
  inset-inline-start: 1rem;
  inset-block-start: 0.5rem;
  padding: 0.5rem 1rem;
  background: var(--paper);
  z-index: 1;
}

/* Top and foot */

.top {
  display: flex;
  justify-content: space-between;
  align-items: center;
  gap: 1rem;
  min-height: 4.5rem;
}
.top nav {
  margin-inline-start: auto;
}
.top a {
  color: inherit;
  text-decoration: none;
}
.top a:hover {
  text-decoration: underline;
}
.name {
  display: flex;
  align-items: center;
  gap: 0.625rem;
  min-width: 0;
  font: 600 1.1875rem / 1.2 var(--reading);
}
.name .icon {
  border-radius: 0.375rem;
}
.logo {
  display: block;
  width: auto;
  height: 2.5rem;
  max-width: 100%;
  object-fit: contain;
}
.feeds-link {
  display: flex;
  align-items: center;
  gap: 0.4rem;
  padding-block: 0.5rem;
  font-size: 0.9375rem;
}
.foot {
  margin-block-start: clamp(3rem, 8vw, 5rem);
  padding-block: 1.5rem 2.5rem;
  border-block-start: 1px solid var(--line);
  color: var(--quiet);
  font-size: 0.875rem;
}
.foot p + p {
  margin-block-start: 0.25rem;
}

/* The opening of a page */

h1,
h2,
h3 {
  line-height: 1.2;
  text-wrap: balance;
}
.intro {
  padding-block: clamp(1.5rem, 5vw, 3.5rem) clamp(1.25rem, 3vw, 2rem);
}
h1 {
  max-width: 24em;
  font: 600 clamp(1.875rem, 1.35rem + 2.4vw, 3rem) / 1.12 var(--reading);
  letter-spacing: -0.012em;
}
.home .top {
  min-height: 3.5rem;
}
.home .intro {
  padding-block-start: clamp(0.5rem, 2vw, 1.5rem);
}
.home h1 {
  display: flex;
  align-items: center;
  flex-wrap: wrap;
  gap: 0.35em;
  font-size: clamp(2.25rem, 1.5rem + 3.6vw, 3.75rem);
}
.home h1 .icon {
  width: 1.1em;
  height: 1.1em;
  border-radius: 0.18em;
}
.home h1 .logo {
  height: auto;
  max-height: 6rem;
}
.lede {
  max-width: 40em;
  margin-block-start: 0.75rem;
  color: var(--quiet);
  font: 1.1875rem / 1.5 var(--reading);
  text-wrap: pretty;
}
.kicker {
  margin-block-end: 0.625rem;
  font-size: 0.9375rem;
}
.kicker a {
  display: inline-block;
  text-decoration: none;
}
.kicker a::first-letter {
  text-transform: uppercase;
}
.kicker a:hover {
  text-decoration: underline;
}
.byline {
  color: var(--quiet);
  font-size: 0.9375rem;
}
.byline a {
  color: inherit;
}
time {
  white-space: nowrap;
}

/* A feed: entries, and beside them how to subscribe */

.h-feed {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
}
.subscribe {
  align-self: start;
  padding: 1.25rem;
  background: var(--soft);
  border-radius: 0.625rem;
  font-size: 0.9375rem;
}
.subscribe > * + * {
  margin-block-start: 0.75rem;
}
.subscribe h2 {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  font-size: 1.0625rem;
}
.addresses div + div {
  margin-block-start: 0.5rem;
}
.addresses dt {
  color: var(--quiet);
  font-size: 0.8125rem;
}
.addresses code {
  display: block;
  direction: ltr;
  overflow-wrap: anywhere;
  font-size: 0.8125rem;
  line-height: 1.4;
  -webkit-user-select: all;
  user-select: all;
}
[dir="rtl"] .addresses code {
  text-align: end;
}
.readers-title {
  color: var(--quiet);
  font-size: 0.8125rem;
}
.subscribe .readers {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1rem;
  margin-block-start: 0.25rem;
}
.latest {
  margin-block-start: 2.5rem;
}
.latest > h2 {
  padding-block-end: 0.75rem;
  border-block-end: 1px solid var(--line);
  color: var(--quiet);
  font-size: 0.9375rem;
  font-weight: 600;
}
.empty {
  margin-block-start: 1.5rem;
  color: var(--quiet);
}
.entries > li {
  padding-block: 1.5rem;
  border-block-end: 1px solid var(--line);
}
.entries article {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 0.4rem 1.5rem;
}
.entries h3 {
  font: 600 1.375rem / 1.25 var(--reading);
}
.entries h3 a {
  color: inherit;
  text-decoration: none;
}
.entries h3 a:hover {
  color: var(--accent);
  text-decoration: underline;
  text-decoration-thickness: 1px;
}
.entries .p-summary {
  font: 1.0625rem / 1.5 var(--reading);
  max-width: 40em;
}
.entries .pictured {
  grid-template-columns: minmax(0, 1fr) 5.5rem;
  grid-template-rows: auto auto 1fr;
  column-gap: 1rem;
}
.entries .pictured > * {
  grid-column: 1;
}
.entries .pictured > .u-photo {
  grid-column: 2;
  grid-row: 1 / span 3;
  width: 100%;
  aspect-ratio: 1;
  object-fit: cover;
  border-radius: 0.375rem;
  background: var(--soft);
}
@media (min-width: 34rem) {
  .entries .pictured {
    grid-template-columns: minmax(0, 1fr) 10rem;
    column-gap: 1.5rem;
  }
  .entries .pictured > .u-photo {
    aspect-ratio: 3 / 2;
  }
}
@media (min-width: 58rem) {
  .h-feed {
    grid-template-columns: minmax(0, 1fr) 19rem;
    column-gap: 4rem;
    grid-template-rows: auto auto 1fr;
  }
  .h-feed > * {
    grid-column: 1;
  }
  .h-feed > .subscribe {
    grid-column: 2;
    grid-row: 2 / span 2;
    position: sticky;
    inset-block-start: 1.5rem;
  }
  .latest {
    margin-block-start: 0;
  }
}
.turn {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  margin-block-start: 1.5rem;
}
.turn [rel="next"] {
  margin-inline-start: auto;
}

/* An article */

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
.content blockquote :is(em, i, cite) {
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
.content pre {
  padding: 1em 1.15em;
  overflow-x: auto;
  background: var(--soft);
  border-radius: 0.5rem;
  font: 0.875rem / 1.55 var(--mono);
  tab-size: 4;
  hyphens: none;
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

/* The list of feeds, and where there is nothing */

.group {
  padding-block: 1.25rem;
  border-block-start: 1px solid var(--line);
}
.group h2 {
  margin-block-end: 0.5rem;
  color: var(--quiet);
  font-size: 0.9375rem;
  font-weight: 600;
}
.group .feeds {
  columns: 15rem;
  column-gap: 2rem;
}
.group .feeds li {
  break-inside: avoid;
  padding-block: 0.3rem;
  font: 1.125rem / 1.4 var(--reading);
}
@media (min-width: 48rem) {
  .group {
    display: grid;
    grid-template-columns: 10rem minmax(0, 1fr);
  }
  .group h2 {
    padding-block-start: 0.5rem;
  }
}
.import {
  margin-block-start: 1.5rem;
}
.ways {
  display: flex;
  gap: 1.5rem;
  font-size: 1.0625rem;
}

@media (prefers-reduced-motion: no-preference) {
  html {
    scroll-behavior: smooth;
  }
}
@media print {
  :root {
    --paper: #fff;
    --soft: #fff;
    --ink: #000;
    --quiet: #444;
    --line: #bbb;
    --accent: #000;
  }
  body {
    display: block;
    max-width: none;
    padding: 0;
    font-size: 11pt;
  }
  .top nav,
  .skip,
  .subscribe,
  .turn,
  .foot p:first-child,
  audio,
  video {
    display: none;
  }
  .content pre {
    border: 1px solid var(--line);
    white-space: pre-wrap;
  }
  .content a[href^="http"]::after {
    content: " (" attr(href) ")";
    font-size: 0.8em;
    overflow-wrap: anywhere;
  }
  h1,
  h2,
  h3 {
    break-after: avoid;
  }
  figure,
  pre,
  blockquote,
  .entries > li {
    break-inside: avoid;
  }
}
`;
