/** Style of every page: type, top and foot, and how a page opens. Sizes follow the reader's own font size. */

export const BASE_RULES = `:root {
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
  flex: none;
  margin-inline-start: auto;
}
.top .menu {
  display: flex;
  flex: 1 1 auto;
  flex-wrap: wrap;
  justify-content: flex-end;
  gap: 0 1.25rem;
  font-size: 0.9375rem;
}
.top .menu a {
  padding-block: 0.5rem;
}
.top .menu [aria-current] {
  text-decoration: underline;
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
.name bdi,
.home h1 bdi {
  min-width: 0;
}
.name .icon {
  flex: none;
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
[dir="rtl"] h1 {
  line-height: 1.35;
  letter-spacing: 0;
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
`;
