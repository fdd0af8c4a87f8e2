/** At most `most` characters of a text: its beginning and, longer, its end, where the reason of a failure stands. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = Math.floor((most - 3) / 3);
  return `${text.slice(0, start).trimEnd()} … ${text.slice(-(most - 3 - start)).trimStart()}`;
}
