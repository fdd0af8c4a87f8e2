/** Copies `columns` rows of `width` numbers into [unit][column]. Columns after them keep what they had. */
export function readRows(from: usize, width: i32, to: usize, stride: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let n = 0; n < columns; n++) {
    let at = to + ((<usize>n) << 2);
    for (let i = 0; i < width; i++, from += 4, at += rowBytes) store<f32>(at, load<f32>(from));
  }
}

/** Copies [unit][column] out to `columns` rows of `width` numbers. */
export function writeRows(from: usize, width: i32, to: usize, stride: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let n = 0; n < columns; n++) {
    let at = from + ((<usize>n) << 2);
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
      const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
      v128.store(target + toBytes, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
      v128.store(target + 2 * toBytes, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
      v128.store(target + 3 * toBytes, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
      source += 16;
      target += toBytes << 2;
    }
  }
}
