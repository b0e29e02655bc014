/** Players that articles embed, and the pages where one can watch the same thing. */

const VIDEO_PAGES: readonly (readonly [RegExp, (id: string) => string])[] = [
  [/^(?:https?:)?\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/videoseries\?(?:[^#]*&)?list=([\w-]+)/i, youtubeList],
  [/^(?:https?:)?\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{6,})/i, youtube],
  [/^(?:https?:)?\/\/player\.vimeo\.com\/video\/(\d+)/i, vimeo],
  [/^(?:https?:)?\/\/(?:www\.)?dailymotion\.com\/embed\/video\/(\w+)/i, dailymotion],
  [/^(?:https?:)?\/\/(?:www\.)?ted\.com\/talks\/([\w-]+)/i, ted],
  [/^(?:https?:)?\/\/embed\.ted\.com\/talks\/([\w-]+)/i, ted],
];

/** The page of the video that this player shows, or `null` if it is no video site that is known here. */
export function findVideo(playerAddress: string): string | null {
  for (const [pattern, pageOf] of VIDEO_PAGES) {
    const id = pattern.exec(playerAddress.trim())?.[1];
    if (id !== undefined) return pageOf(id);
  }
  return null;
}

export function youtube(id: string): string {
  return `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`;
}

export function vimeo(id: string): string {
  return `https://vimeo.com/${encodeURIComponent(id)}`;
}

function youtubeList(id: string): string {
  return `https://www.youtube.com/playlist?list=${id}`;
}

function dailymotion(id: string): string {
  return `https://www.dailymotion.com/video/${id}`;
}

function ted(id: string): string {
  return `https://www.ted.com/talks/${id}`;
}
