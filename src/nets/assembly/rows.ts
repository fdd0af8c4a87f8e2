/** Writes the 4 x 4 numbers of four rows, transposed, to four rows `bytes` apart. */
@inline
function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, bytes: usize): void {
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
  v128.store(to + bytes, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  v128.store(to + 2 * bytes, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
  v128.store(to + 3 * bytes, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
}

/**
 * Copies `columns` rows of `width` numbers into [unit][column], units padded to a multiple of 4 with zeros. Later columns
 * are unchanged. Reads up to three numbers past the last row.
 */
export function readRows(from: usize, width: i32, to: usize, stride: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  const fromBytes = (<usize>width) << 2;
  const fours = columns & ~3;
  for (let i = 0; i < width; i += 4) {
    const inside = i32x4.lt_s(i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3)), i32x4.splat(width));
    let at = to + <usize>i * rowBytes;
    let row = from + ((<usize>i) << 2);
    for (let n = 0; n < fours; n += 4, at += 16, row += fromBytes << 2) {
      const r0 = v128.and(v128.load(row), inside);
      const r1 = v128.and(v128.load(row + fromBytes), inside);
      const r2 = v128.and(v128.load(row + 2 * fromBytes), inside);
      const r3 = v128.and(v128.load(row + 3 * fromBytes), inside);
      storeTransposed(r0, r1, r2, r3, at, rowBytes);
    }
  }
  from += <usize>fours * fromBytes;
  for (let n = fours; n < columns; n++) {
    let at = to + ((<usize>n) << 2);
    for (let i = 0; i < width; i++, from += 4, at += rowBytes) store<f32>(at, load<f32>(from));
  }
}

/**
 * Copies [unit][column] out to `columns` rows of `width` numbers. Up to 4 units are written four columns at a time; each row
 * overwrites the excess of the previous one, so up to three numbers past the last row are written.
 */
export function writeRows(from: usize, width: i32, to: usize, stride: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  const toBytes = (<usize>width) << 2;
  const fours = width <= 4 ? columns & ~3 : 0;
  for (let n = 0; n < fours; n += 4, from += 16, to += toBytes << 2) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + rowBytes);
    const r2 = v128.load(from + 2 * rowBytes);
    const r3 = v128.load(from + 3 * rowBytes);
    storeTransposed(r0, r1, r2, r3, to, toBytes);
  }
  for (let n = fours; n < columns; n++, from += 4) {
    let at = from;
    for (let i = 0; i < width; i++, to += 4, at += rowBytes) store<f32>(to, load<f32>(at));
  }
}

/** to[i][o] = from[o][i], both with multiples of 4 rows and columns. */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  const fromBytes = (<usize>columns) << 2;
  const toBytes = (<usize>rows) << 2;
  for (let o = 0; o < rows; o += 4) {
    let source = from + <usize>o * fromBytes;
    let target = to + ((<usize>o) << 2);
    for (let i = 0; i < columns; i += 4) {
      const r0 = v128.load(source);
      const r1 = v128.load(source + fromBytes);
      const r2 = v128.load(source + 2 * fromBytes);
      const r3 = v128.load(source + 3 * fromBytes);
      storeTransposed(r0, r1, r2, r3, target, toBytes);
      source += 16;
      target += toBytes << 2;
    }
  }
}
