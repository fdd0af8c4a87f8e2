import { DRAG_MODE, NVImage, Niivue, SHOW_RENDER, SLICE_TYPE } from '@niivue/niivue';
import { COLORS } from './colors.ts';

/** The library's number, which it does not export, for maps whose values below the lowest shown are transparent. */
const TRANSPARENT_BELOW_LOWEST = 1;

/** What a viewer draws: the scan in grey, and a map over it in colours. */
export interface Overlay {
  readonly image: Uint8Array;
  readonly shown: readonly [number, number];
  readonly colors: keyof typeof COLORS;
}

/** Most scans are stacks of axial slices: these get the most room. */
const PLANES: Parameters<Niivue['setCustomLayout']>[0] = [
  { sliceType: SLICE_TYPE.AXIAL, position: [0, 0, 0.62, 1] },
  { sliceType: SLICE_TYPE.CORONAL, position: [0.63, 0, 0.37, 0.495] },
  { sliceType: SLICE_TYPE.SAGITTAL, position: [0.63, 0.505, 0.37, 0.495] },
];

/** Three planes of a scan, or of a map over it. Voxels are numbered as in the file, x fastest. */
export class Viewer {
  readonly #nv: Niivue;
  #quiet = false;
  readonly #onSelect: (voxel: number) => void;
  readonly #onDraw: (labels: Uint8Array) => void;

  constructor(onSelect: (voxel: number) => void, onDraw: (labels: Uint8Array) => void) {
    this.#onSelect = onSelect;
    this.#onDraw = onDraw;
    this.#nv = new Niivue({
      dragAndDropEnabled: false,
      loadingText: '',
      isColorbar: false,
      isResizeCanvas: true,
      backColor: [0.06, 0.07, 0.08, 1],
      crosshairColor: [1, 0.85, 0.3, 0.9],
      // Of the width of the scan: voxels may be large.
      crosshairWidth: 0.6,
      crosshairWidthUnit: 'percent',
      crosshairGap: 4,
      isNearestInterpolation: true,
      isForceMouseClickToVoxelCenters: true,
      isRadiologicalConvention: true,
      multiplanarShowRender: SHOW_RENDER.NEVER,
      multiplanarPadPixels: 6,
      dragMode: DRAG_MODE.pan,
      logLevel: 'silent',
      viewModeHotKey: '',
      clipPlaneHotKey: '',
      cycleClipPlaneHotKey: '',
      isAntiAlias: false,
      fontMinPx: 13,
      fontSizeScaling: 0.3,
      scrollRequiresFocus: true,
    });
    for (const [name, colors] of Object.entries(COLORS)) this.#nv.addColormap(name, colors);
    this.#nv.onLocationChange = () => {
      if (this.#quiet || !this.#nv.volumes[0]) return;
      this.#onSelect(this.#voxelAtCrosshair());
    };
    this.#nv.onMouseUp = () => {
      if (this.#nv.opts.drawingEnabled) this.#onDraw(this.drawn());
    };
  }

  async attach(canvas: HTMLCanvasElement): Promise<void> {
    await this.#nv.attachToCanvas(canvas, false);
    this.#nv.setSliceType(SLICE_TYPE.MULTIPLANAR);
  }

  /** Shows another volume of the scan, and perhaps a map over it. */
  async show(scan: Uint8Array, overlay?: Overlay): Promise<void> {
    const nv = this.#nv;
    const place = nv.volumes[0] ? Array.from(nv.scene.crosshairPos) : undefined;
    const images = [await imageOf(scan, 'scan', 'gray')];
    if (overlay) {
      const [low, high] = overlay.shown;
      images.push(await imageOf(overlay.image, 'map', overlay.colors, low, high));
    }
    this.#quiet = true;
    // All at once: each image that is added or removed by itself would have all of them prepared and drawn anew.
    nv.volumes = images;
    nv.setVolume(images[0], 0);
    if (place) nv.scene.crosshairPos = place;
    nv.drawScene();
    this.#quiet = false;
  }

  /** Moves the crosshair. */
  goTo(voxel: number): void {
    const image = this.#nv.volumes[0];
    if (!image || this.#voxelAtCrosshair() === voxel) return;
    this.#quiet = true;
    this.#nv.scene.crosshairPos = this.#nv.vox2frac(rasOf(image, voxel));
    this.#nv.drawScene();
    this.#quiet = false;
  }

  /** Moves the crosshair by voxels along right, front and top of the body. */
  move(x: number, y: number, z: number): void {
    this.#nv.moveCrosshairInVox(x, y, z);
  }

  planes(axial: boolean): void {
    if (axial) this.#nv.clearCustomLayout();
    else this.#nv.setCustomLayout(PLANES);
    this.#nv.setSliceType(axial ? SLICE_TYPE.AXIAL : SLICE_TYPE.MULTIPLANAR);
  }

  /** Starts or ends drawing; what is drawn is filled. `erase` removes instead. */
  draw(mode: 'off' | 'draw' | 'erase'): void {
    const nv = this.#nv;
    nv.setDrawingEnabled(mode !== 'off');
    if (mode !== 'off') nv.setPenValue(mode === 'draw' ? 1 : 0, true);
  }

  /** Removes everything that was drawn. */
  clearDrawing(): void {
    this.#nv.closeDrawing();
    this.#nv.drawScene();
  }

  undo(): void {
    this.#nv.drawUndo();
    this.#onDraw(this.drawn());
  }

  /** What was drawn: a number per voxel, in the order of the file. */
  drawn(): Uint8Array {
    const image = this.#nv.volumes[0];
    const drawn = this.#nv.drawBitmap;
    const [, nx, ny, nz] = image.dimsRAS!;
    const labels = new Uint8Array(nx * ny * nz);
    if (!drawn) return labels;
    let i = 0;
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++, i++) if (drawn[i] > 0) labels[inFile(image, [x, y, z])] = drawn[i];
    }
    return labels;
  }

  #voxelAtCrosshair(): number {
    const image = this.#nv.volumes[0];
    const [, nx, ny, nz] = image.dimsRAS!;
    const within = (fraction: number, n: number) => Math.min(n - 1, Math.max(0, Math.floor(fraction * n)));
    const [x, y, z] = this.#nv.scene.crosshairPos;
    return inFile(image, [within(x, nx), within(y, ny), within(z, nz)]);
  }
}

async function imageOf(
  bytes: Uint8Array,
  name: string,
  colormap: string,
  low = NaN,
  high = NaN,
): Promise<NVImage> {
  // Its own copy, since the library keeps it.
  const buffer = bytes.slice().buffer;
  const image = await NVImage.loadFromUrl({
    url: `${name}.nii`,
    name: `${name}.nii`,
    buffer,
    colormap,
    ...(Number.isFinite(low) ? { cal_min: low, cal_max: high } : {}),
  });
  // The scan shows where there is no estimate.
  if (Number.isFinite(low)) image.colormapType = TRANSPARENT_BELOW_LOWEST;
  return image;
}

/** The place in the file of a voxel that is counted from left, back and bottom of the body. */
function inFile({ img2RASstart, img2RASstep }: NVImage, ras: readonly number[]): number {
  return ras.reduce((at, index, axis) => at + img2RASstart![axis] + index * img2RASstep![axis], 0);
}

function rasOf(image: NVImage, voxel: number): [number, number, number] {
  const { img2RASstep } = image;
  const [, ...sizes] = image.dimsRAS!;
  let left = voxel;
  const ras: [number, number, number] = [0, 0, 0];
  // The largest steps first: each index is what the smaller ones leave over.
  const axes = [0, 1, 2].sort((a, b) => Math.abs(img2RASstep![b]) - Math.abs(img2RASstep![a]));
  // Flipped axes run backwards.
  for (const axis of axes) {
    const step = Math.abs(img2RASstep![axis]);
    const index = Math.floor(left / step);
    left -= index * step;
    ras[axis] = img2RASstep![axis] < 0 ? sizes[axis] - 1 - index : index;
  }
  return ras;
}
