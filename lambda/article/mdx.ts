export function unwrapComponents(text: string): string {
  return text;
}
