/** Style of the pages that list: a feed with the ways to subscribe to it, all feeds, and what is said where nothing is. */

export const LIST_RULES = `/* A feed: entries, and beside them how to subscribe */

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
[dir="rtl"] .subscribe:not([dir]) .addresses code {
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
`;
