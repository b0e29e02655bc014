/** The settings of the small site. */
export default function configure(eleventy) {
  eleventy.addPassthroughCopy('img');
}
