/** A DICOM writer of its own for tests: one file per slice, explicit VR little endian (PS3.5), as scanners export them. */

/** Where the b-value is: the standard's attribute, or the private ones of a vendor. */
export type BValueAs = 'standard' | 'siemens' | 'ge' | 'philips';

export interface DicomSeries {
  readonly as: BValueAs;
  /** Columns, rows, slices. */
  readonly shape: readonly [number, number, number];
  /** In mm. */
  readonly sizes: readonly [number, number, number];
  /** One per volume, in s/mm². */
  readonly bValues: readonly number[];
  /** Whole numbers 0..65,535, x fastest, then y, z and volume, with y from front to back reversed: as NIfTI has them. */
  readonly values: ArrayLike<number>;
  readonly number?: number;
  readonly description?: string;
  /** Tells series and studies apart. */
  readonly uid?: string;
  /** Scalar images have no direction: what scanners make of three directions. */
  readonly trace?: boolean;
}

type Element = readonly [group: number, element: number, vr: string, value: Uint8Array];

const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const numbers = (bytes: number, put: (view: DataView, i: number) => void, n: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(bytes * n));
  for (let i = 0; i < n; i++) put(view, i);
  return new Uint8Array(view.buffer);
};
const us = (...all: number[]) => numbers(2, (view, i) => view.setUint16(2 * i, all[i], true), all.length);
const fl = (...all: number[]) => numbers(4, (view, i) => view.setFloat32(4 * i, all[i], true), all.length);
const fd = (...all: number[]) => numbers(8, (view, i) => view.setFloat64(8 * i, all[i], true), all.length);

/** VRs whose length takes four bytes after two reserved ones (PS3.5, 7.1.2). */
const LONG = ['OB', 'OW', 'UN', 'SQ'];

function encode(elements: readonly Element[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [group, element, vr, value] of elements) {
    const odd = value.length % 2;
    const long = LONG.includes(vr);
    const head = new DataView(new ArrayBuffer(long ? 12 : 8));
    head.setUint16(0, group, true);
    head.setUint16(2, element, true);
    for (let i = 0; i < 2; i++) head.setUint8(4 + i, vr.charCodeAt(i));
    if (long) head.setUint32(8, value.length + odd, true);
    else head.setUint16(6, value.length + odd, true);
    parts.push(new Uint8Array(head.buffer), value);
    // Texts are padded with a space, identifiers and bytes with 0.
    if (odd) parts.push(Uint8Array.of(['UI', 'OB', 'UN'].includes(vr) ? 0 : 0x20));
  }
  return Buffer.concat(parts);
}

const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

const MANUFACTURERS: Readonly<Record<BValueAs, string>> = {
  standard: 'CANON_MEC',
  siemens: 'SIEMENS',
  ge: 'GE MEDICAL SYSTEMS',
  philips: 'Philips Medical Systems',
};

/** The attributes that say the b-value and its direction, in the order of their tags. */
function diffusion(
  as: BValueAs,
  b: number,
  direction: readonly [number, number, number],
): readonly Element[] {
  const [x, y, z] = direction;
  const scalar = direction.every((part) => part === 0);
  switch (as) {
    case 'standard':
      // PS3.3, C.8.13.5.9, MR Diffusion Macro.
      return [
        ...(scalar ? [] : [[0x0018, 0x9089, 'FD', fd(x, y, z)] as const]),
        [0x0018, 0x9087, 'FD', fd(b)] as const,
      ];
    case 'siemens':
      return [
        [0x0019, 0x0010, 'LO', latin('SIEMENS MR HEADER')],
        [0x0019, 0x100c, 'IS', latin(String(b))],
        ...(scalar ? [] : [[0x0019, 0x100e, 'FD', fd(x, y, z)] as const]),
      ];
    case 'ge':
      return [
        [0x0019, 0x0010, 'LO', latin('GEMS_ACQU_01')],
        ...[x, y, z].map((part, i): Element => [0x0019, 0x10bb + i, 'DS', latin(part.toFixed(6))]),
        [0x0043, 0x0010, 'LO', latin('GEMS_PARM_01')],
        // Newer software adds 1e9 to the b-value.
        [0x0043, 0x1039, 'IS', latin(`${b === 0 ? 0 : 1e9 + b}\\8\\0\\0`)],
      ];
    case 'philips':
      return [
        [0x2001, 0x0010, 'LO', latin('Philips Imaging DD 001')],
        [0x2001, 0x1003, 'FL', fl(b)],
        [0x2001, 0x1004, 'CS', latin(b === 0 ? 'N' : scalar ? 'I' : 'O')],
        [0x2005, 0x0010, 'LO', latin('Philips MR Imaging DD 001')],
        ...[x, y, z].map((part, i): Element => [0x2005, 0x10b0 + i, 'FL', fl(part)]),
      ];
  }
}

const DIRECTIONS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;

/** Returns the files of a series by name. */
export function dicomSeries(series: DicomSeries): Map<string, Uint8Array> {
  const { as, shape, sizes, bValues, values, number = 5, description = 'IVIM liver', trace = false } = series;
  const [nx, ny, nz] = shape;
  const root = `1.2.826.0.1.3680043.8.498.${series.uid ?? '1'}`;
  const files = new Map<string, Uint8Array>();
  for (const [v, b] of bValues.entries()) {
    for (let z = 0; z < nz; z++) {
      const instance = v * nz + z + 1;
      const uid = `${root}.${number}.${instance}`;
      const pixels = new Uint8Array(2 * nx * ny);
      const view = new DataView(pixels.buffer);
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++)
          view.setUint16(2 * (x + nx * (ny - 1 - y)), values[x + nx * (y + ny * (z + nz * v))], true);
      const direction = trace || b === 0 ? ([0, 0, 0] as const) : DIRECTIONS[v % 3];
      const marks = diffusion(as, b, direction);
      const second = String(v).padStart(2, '0');
      const elements: Element[] = [
        [0x0008, 0x0008, 'CS', latin(`ORIGINAL\\PRIMARY\\DIFFUSION\\${trace ? 'TRACEW' : 'NONE'}`)],
        [0x0008, 0x0016, 'UI', latin(MR_IMAGE_STORAGE)],
        [0x0008, 0x0018, 'UI', latin(uid)],
        [0x0008, 0x0020, 'DA', latin('20260102')],
        [0x0008, 0x0022, 'DA', latin('20260102')],
        [0x0008, 0x0030, 'TM', latin('101500')],
        [0x0008, 0x0032, 'TM', latin(`1015${second}`)],
        [0x0008, 0x0060, 'CS', latin('MR')],
        [0x0008, 0x0070, 'LO', latin(MANUFACTURERS[as])],
        [0x0008, 0x103e, 'LO', latin(description)],
        [0x0010, 0x0010, 'PN', latin('Volunteer^Virtual')],
        [0x0010, 0x0020, 'LO', latin('V1')],
        [0x0018, 0x0020, 'CS', latin('EP')],
        [0x0018, 0x0021, 'CS', latin('SK')],
        [0x0018, 0x0023, 'CS', latin('2D')],
        [0x0018, 0x0050, 'DS', latin(String(sizes[2]))],
        [0x0018, 0x0080, 'DS', latin('2500')],
        [0x0018, 0x0081, 'DS', latin('60')],
        [0x0018, 0x0087, 'DS', latin('3')],
        [0x0018, 0x0088, 'DS', latin(String(sizes[2]))],
        [0x0018, 0x1030, 'LO', latin(description)],
        [0x0018, 0x5100, 'CS', latin('HFS')],
        ...marks.filter(([group]) => group <= 0x0019),
        [0x0020, 0x000d, 'UI', latin(root)],
        [0x0020, 0x000e, 'UI', latin(`${root}.${number}`)],
        [0x0020, 0x0010, 'SH', latin('1')],
        [0x0020, 0x0011, 'IS', latin(String(number))],
        [0x0020, 0x0012, 'IS', latin(String(as === 'siemens' ? v + 1 : 1))],
        [0x0020, 0x0013, 'IS', latin(String(instance))],
        [0x0020, 0x0032, 'DS', latin(`0\\0\\${z * sizes[2]}`)],
        [0x0020, 0x0037, 'DS', latin('1\\0\\0\\0\\1\\0')],
        [0x0020, 0x1041, 'DS', latin(String(z * sizes[2]))],
        [0x0028, 0x0002, 'US', us(1)],
        [0x0028, 0x0004, 'CS', latin('MONOCHROME2')],
        [0x0028, 0x0010, 'US', us(ny)],
        [0x0028, 0x0011, 'US', us(nx)],
        [0x0028, 0x0030, 'DS', latin(`${sizes[1]}\\${sizes[0]}`)],
        [0x0028, 0x0100, 'US', us(16)],
        [0x0028, 0x0101, 'US', us(16)],
        [0x0028, 0x0102, 'US', us(15)],
        [0x0028, 0x0103, 'US', us(0)],
        ...marks.filter(([group]) => group > 0x0019),
        [0x7fe0, 0x0010, 'OW', pixels],
      ];
      elements.sort(([g, e], [h, f]) => g - h || e - f);
      const meta: Element[] = [
        [0x0002, 0x0001, 'OB', Uint8Array.of(0, 1)],
        [0x0002, 0x0002, 'UI', latin(MR_IMAGE_STORAGE)],
        [0x0002, 0x0003, 'UI', latin(uid)],
        [0x0002, 0x0010, 'UI', latin(EXPLICIT_LITTLE_ENDIAN)],
        [0x0002, 0x0012, 'UI', latin('1.2.826.0.1.3680043.8.498')],
      ];
      const group = encode(meta);
      const length = numbers(4, (view) => view.setUint32(0, group.length, true), 1);
      files.set(
        `IM_${String(instance).padStart(4, '0')}`,
        Buffer.concat([
          new Uint8Array(128),
          latin('DICM'),
          encode([[0x0002, 0x0000, 'UL', length]]),
          group,
          encode(elements),
        ]),
      );
    }
  }
  return files;
}
