/** Style for those who want less motion or more, and for paper. */

export const MEDIA_RULES = `@media (prefers-reduced-motion: no-preference) {
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
