/** Horizontal advances of a TrueType font, in em. */
export interface FontAdvances {
  /** Width of `text` set at 1 px. Characters the font lacks count as its missing-character box. */
  width(text: string): number;
  /** Whether the font has every character of `text`. */
  covers(text: string): boolean;
}

/**
 * Reads what is needed to measure text from the bytes of a TrueType file: units per em (`head`), the map from characters to glyphs
 * (`cmap`, format 4) and the advance of each glyph (`hmtx`), as the OpenType specification lays them out. Kerning is
 * left out: it moves a label by less than a pixel.
 */
export function readAdvances(bytes: Uint8Array): FontAdvances {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i;
    table.set(String.fromCharCode(...bytes.subarray(entry, entry + 4)), view.getUint32(entry + 8));
  }
  const at = (name: string): number => {
    const offset = table.get(name);
    if (offset === undefined) throw new Error(`the font has no table ${name}`);
    return offset;
  };
  const unitsPerEm = view.getUint16(at('head') + 18);
  const metrics = view.getUint16(at('hhea') + 34);
  const hmtx = at('hmtx');
  const advanceOf = (glyph: number) => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
  const glyphOf = characterMap(view, at('cmap'));
  return {
    width(text) {
      let sum = 0;
      for (const character of text) sum += advanceOf(glyphOf(character.codePointAt(0)!));
      return sum;
    },
    covers: (text) =>
      [...text].every((character) => character < ' ' || glyphOf(character.codePointAt(0)!) !== 0),
  };
}

/** The glyph of a character in the basic plane; 0 is the missing-character box. */
function characterMap(view: DataView, cmap: number): (code: number) => number {
  const subtables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, i) => cmap + view.getUint32(cmap + 8 + 8 * i),
  );
  const start = subtables.find((offset) => view.getUint16(offset) === 4);
  if (start === undefined) throw new Error('the font has no character map of format 4');
  const segments = view.getUint16(start + 6) / 2;
  const ends = start + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const offsets = deltas + 2 * segments;
  return (code) => {
    for (let i = 0; i < segments; i++) {
      if (code > view.getUint16(ends + 2 * i)) continue;
      const first = view.getUint16(starts + 2 * i);
      if (code < first) return 0;
      const delta = view.getUint16(deltas + 2 * i);
      const offset = view.getUint16(offsets + 2 * i);
      if (offset === 0) return (code + delta) & 0xffff;
      const glyph = view.getUint16(offsets + 2 * i + offset + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
