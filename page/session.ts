import type { DroppedFiles } from '../src/browser/dropped-files.ts';
import type { FitAnswer, FitRequest } from '../src/browser/fit-worker.ts';
import type { FitterFacts } from '../src/browser/fitter-facts.ts';
import type { FitComparison } from '../src/browser/fit-comparison.ts';
import type { MapFacts, RegionFacts, ScanFacts, VoxelFacts } from '../src/browser/open-scan.ts';
import { counted } from '../src/wording/counted.ts';
import type { DicomSeries } from '../src/dicom/convert-dicom.ts';
import { divided, filesOfSeries, seriesOf } from './converted-scan.ts';
import { Fault, INCOMPLETE, openScanWorker, startWorker } from './worker-calls.ts';

/** A finished fit. */
export interface Fit {
  readonly id: number;
  readonly fitter: FitterFacts;
  readonly facts: FitJson;
  readonly notes: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly maps: readonly MapFacts[];
  /** What it was asked for. */
  readonly request: FitRequest;
}

/** What `ivim-bench fit --json` prints, as far as the page shows it. */
export interface FitJson {
  readonly voxels: number;
  readonly fitted: number;
  readonly voxelsByStatus: Readonly<Record<string, number>>;
  readonly sigma?: number;
  readonly threads: number;
  readonly prepareSeconds: number;
  readonly fitSeconds: number;
}

export interface Running {
  readonly fitter: FitterFacts;
  readonly line: string;
  readonly notes: readonly string[];
}

export type NoiseChoice = 'estimate' | 'sigma' | 'snr';
export type MaskChoice = 'none' | 'auto' | 'file';

/** A scan that came as DICOM. */
export interface Converted {
  /** The name of its image in `files`. */
  readonly image: string;
  readonly series: string;
  /** What dcm2niix said of it. */
  readonly warnings: readonly string[];
}

/** What the form says. */
export interface Form {
  readonly fitter: string;
  /** Settings that differ from their defaults, by fitter. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly noise: NoiseChoice;
  readonly level: string;
  readonly mask: MaskChoice;
  readonly tissue: string;
}

export interface State {
  readonly fitters: readonly FitterFacts[];
  readonly form: Form;
  /** What the page waits for. */
  readonly busy?: string;
  /** What went wrong last. */
  readonly fault?: { readonly title: string; readonly lines: readonly string[] };
  /** Files that wait for others, such as a series without b-values. */
  readonly pending?: DroppedFiles;
  readonly files?: DroppedFiles;
  /** Series of DICOM, of which one is to be chosen. */
  readonly choice?: readonly DicomSeries[];
  /** What the scan was converted from. */
  readonly converted?: Converted;
  readonly scan?: ScanFacts;
  readonly running?: Running;
  readonly fits: readonly Fit[];
  /** The fit and its map that are shown. */
  readonly fit?: number;
  readonly map: string;
  /** The volume of the series that is shown. */
  readonly volume: number;
  readonly voxel?: VoxelFacts;
  readonly drawing: boolean;
  readonly regions?: RegionFacts;
  /** The fit that the shown one is compared with, and how they differ. */
  readonly comparison?: Comparison;
}

/** Two fits beside each other: the other one, and the one that is shown. */
export interface Comparison extends FitComparison {
  readonly first: number;
  readonly second: number;
}

const BVAL = /\.bvals?$/i;

const DEFAULT_FITTER = 'any-protocol-net';
const BODY =
  '{D: {uniform: [0.0001, 0.003]}, f: {normal: {mean: 0, sd: 0.4}}, Dp: {logNormal: {median: 0.02, sd: 1, within: [0.005, 0.5]}}}';

const START: State = {
  fitters: [],
  form: { fitter: DEFAULT_FITTER, settings: {}, noise: 'estimate', level: '', mask: 'none', tissue: BODY },
  fits: [],
  map: 'D',
  volume: 0,
  drawing: false,
};

/** The scan that is open, its fits, and what is shown of them. */
export class Session {
  readonly #ask = openScanWorker();
  readonly #listeners = new Set<() => void>();
  readonly #contents = new Map<string, Blob>();
  #fitting: Worker | undefined;
  /** Has loaded the program before a fit is asked for. */
  #ready: Worker | undefined;
  #lastFit = 0;
  #voxel = 0;
  state: State = START;

  constructor() {
    void this.#ask('fitters').then(
      (fitters) => this.#set({ fitters }),
      this.#report('The page could not start'),
    );
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #report =
    (title: string) =>
    (error: unknown): void =>
      this.#set({
        busy: undefined,
        fault: { title, lines: error instanceof Fault ? error.lines : [String(error)] },
      });

  dismiss = (): void => this.#set({ fault: undefined });
  show = (change: Partial<Pick<State, 'fit' | 'map' | 'volume' | 'drawing' | 'choice'>>): void =>
    this.#set(change);
  fill = (change: Partial<Form>): void => this.#set({ form: { ...this.state.form, ...change } });

  get fitter(): FitterFacts | undefined {
    return this.state.fitters.find(({ name }) => name === this.state.form.fitter);
  }

  /** Takes dropped files: a scan, or what belongs to the one that is open. */
  async take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#set({ busy: 'Reading', fault: undefined, choice: undefined });
    try {
      const { dicom, others } = await divided(files);
      if (dicom.length === 0) await this.#takeImages(files);
      else await this.#takeDicom(dicom, others);
    } catch (error) {
      this.#report(
        files.length === 1 ? `${files[0].name} could not be read` : 'These files could not be read',
      )(error);
    }
  }

  async #takeImages(files: readonly File[], converted?: Converted): Promise<void> {
    const named = new Map(files.map((file) => [file.name, file]));
    const found = await this.#ask('sort', named);
    for (const [name, file] of named) this.#contents.set(name, file);
    await this.#open(found, converted);
  }

  /** What was dropped beside DICOM: b-values, a mask. */
  #besideDicom: readonly File[] = [];

  async #takeDicom(dicom: readonly File[], others: readonly File[]): Promise<void> {
    this.#set({ busy: 'Converting DICOM' });
    // Discs and archives have much beside it: viewers, indexes, texts.
    this.#besideDicom = others.filter(({ name }) => /\.(bvals?|nii|nii\.gz|tsv)$/i.test(name));
    const series = await seriesOf({
      files: dicom,
      where: counted(dicom.length, 'file'),
      hasBValues: this.#besideDicom.some(({ name }) => BVAL.test(name)),
    });
    if (series.length === 1) await this.#openSeries(series[0]);
    else this.#set({ choice: series, busy: undefined });
  }

  async #openSeries(series: DicomSeries): Promise<void> {
    const own = this.#besideDicom.some(({ name }) => BVAL.test(name));
    const files = filesOfSeries(series).filter(({ name }) => !own || !BVAL.test(name));
    await this.#takeImages([...files, ...this.#besideDicom], {
      image: files[0].name,
      series: series.name,
      warnings: series.warnings,
    });
  }

  /** Opens one of the series among which a choice was given. */
  async choose(series: DicomSeries): Promise<void> {
    this.#set({ busy: 'Reading', fault: undefined, choice: undefined });
    try {
      await this.#openSeries(series);
    } catch (error) {
      this.#report(`${series.name} could not be read`)(error);
    }
  }

  async #open(found: DroppedFiles, converted?: Converted): Promise<void> {
    const { files, pending, scan } = this.state;
    const isNew = found.signals.length > 0;
    const next = isNew
      ? { ...(pending && !pending.signals.length ? pending : {}), ...found }
      : { ...(pending ?? files ?? found), ...defined(found) };
    if (next.signals.length === 0 || next.bval === undefined) {
      this.#set({ pending: next, busy: undefined });
      return;
    }
    const same = !isNew && scan !== undefined && !pending;
    const facts = await this.#ask('open', next, same).catch((error: unknown) => {
      // The images can be read: other b-values or another mask may suit them.
      if (!scan) this.#set({ pending: { signals: next.signals, ignored: [] } });
      throw error;
    });
    this.#set({
      files: next,
      pending: undefined,
      scan: facts,
      busy: undefined,
      ...(same
        ? {}
        : {
            fits: [],
            fit: undefined,
            voxel: undefined,
            regions: undefined,
            comparison: undefined,
            drawing: false,
            volume: facts.lowest,
            converted,
          }),
      form: { ...this.state.form, mask: next.mask ? 'file' : 'none' },
    });
    this.#getReady();
    if (!same) this.cancel();
    if (next.labels) await this.measure(next.labels);
  }

  /** Opens files that come with the page, or those named on the command line. */
  async takeFrom(addresses: readonly string[]): Promise<void> {
    this.#set({ busy: 'Loading', fault: undefined });
    try {
      const files = await Promise.all(
        addresses.map(async (address) => {
          const response = await fetch(new URL(address, document.baseURI));
          if (!response.ok) throw new Fault([`${address} is not here (${response.status})`]);
          return new File(
            [await response.blob()],
            decodeURIComponent(address.slice(address.lastIndexOf('/') + 1)),
          );
        }),
      );
      await this.take(files);
    } catch (error) {
      this.#report('The scan could not be loaded')(error);
    }
  }

  /** Closes the scan. */
  close = (): void => {
    this.cancel();
    this.#contents.clear();
    this.#set({
      ...START,
      fitters: this.state.fitters,
      files: undefined,
      scan: undefined,
      pending: undefined,
      fault: undefined,
      voxel: undefined,
      fit: undefined,
      regions: undefined,
      comparison: undefined,
      choice: undefined,
      converted: undefined,
    });
  };

  /** Fits the scan as the form says. */
  fitScan(): void {
    const { files, form, converted } = this.state;
    const { fitter } = this;
    if (!files || !fitter) return;
    this.cancel();
    const level = Number(form.level);
    const wanted = [
      ...files.signals,
      files.bval!,
      ...(form.mask === 'file' && files.mask ? [files.mask] : []),
      ...(files.labels ? [files.labels] : []),
      ...(files.labels && files.labelNames ? [files.labelNames] : []),
    ];
    const request: FitRequest = {
      files: new Map(wanted.map((name) => [name, this.#contents.get(name)!])),
      options: {
        signals: files.signals,
        bval: files.bval!,
        fitter: fitter.name,
        out: 'maps',
        // Made when somebody asks for it.
        report: false,
        ...(converted
          ? {
              scan: {
                ...{ signals: files.signals, bval: files.bval!, title: `DICOM series ${converted.series}` },
                notes: [
                  `fitted is the DICOM series ${converted.series}, converted by dcm2niix`,
                  ...converted.warnings.map((warning) => `dcm2niix: ${warning}`),
                ],
              },
            }
          : {}),
        set: Object.entries(form.settings[fitter.name] ?? {}).map(([key, value]) => `${key}=${value}`),
        ...(form.mask === 'auto' ? { mask: 'auto' } : {}),
        ...(form.mask === 'file' && files.mask ? { mask: files.mask } : {}),
        ...(files.labels ? { regions: files.labels } : {}),
        ...(files.labels && files.labelNames ? { labels: files.labelNames } : {}),
        ...(form.noise === 'estimate' ? {} : { [form.noise]: level }),
        ...(fitter.needs.includes('tissue') || form.settings[fitter.name]?.['prior'] === 'tissue'
          ? { tissue: form.tissue }
          : {}),
      },
    };
    const worker = this.#ready ?? startWorker('fit-worker');
    this.#ready = undefined;
    this.#fitting = worker;
    this.#set({ running: { fitter, line: 'preparing', notes: [] }, fault: undefined });
    worker.onmessage = ({ data }: MessageEvent<FitAnswer>) => void this.#hear(fitter, request, data);
    worker.onerror = ({ message }) => {
      this.cancel();
      this.#report('The fit failed')(new Fault([message || INCOMPLETE]));
    };
    worker.postMessage(request);
  }

  async #hear(fitter: FitterFacts, request: FitRequest, answer: FitAnswer): Promise<void> {
    const { running } = this.state;
    if (!running) return;
    if (answer.kind === 'note')
      this.#set({ running: { ...running, notes: [...running.notes, answer.text.replace(/^note: /, '')] } });
    else if (answer.kind === 'progress') this.#set({ running: { ...running, line: answer.line } });
    else if (answer.kind === 'failed') {
      this.cancel();
      this.#report(`${fitter.label} could not fit this scan`)(new Fault(answer.faults));
    } else {
      const id = ++this.#lastFit;
      const maps = await this.#ask('keep', id, answer.facts, answer.files);
      const fit: Fit = {
        ...{ id, fitter, request, maps, files: answer.files },
        facts: answer.facts as unknown as FitJson,
        notes: running.notes.filter((note) => !/^wrote /.test(note)),
      };
      this.#fitting?.terminate();
      this.#fitting = undefined;
      const { map } = this.state;
      this.#set({
        running: undefined,
        fits: [...this.state.fits, fit],
        fit: id,
        map: maps.some(({ name }) => name === map) ? map : 'D',
      });
      this.#getReady();
      if (this.state.voxel) await this.select(this.#voxel);
      await this.#measureAgain();
    }
  }

  /** Loads the program for the next fit. One that fails to load is left to that fit, which says so. */
  #getReady(): void {
    if (this.#ready) return;
    const worker = startWorker('fit-worker');
    worker.onerror = () => (this.#ready = undefined);
    this.#ready = worker;
  }

  /** Ends the fit that runs, if any. */
  cancel = (): void => {
    this.#fitting?.terminate();
    this.#fitting = undefined;
    if (this.state.running) this.#set({ running: undefined });
  };

  /** Makes the report of a fit, by fitting again: the same fit gives the same numbers. */
  async report({ request }: Fit): Promise<Uint8Array | undefined> {
    this.#set({ busy: 'Writing the report', fault: undefined });
    const worker = startWorker('fit-worker');
    try {
      const done = await new Promise<FitAnswer>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<FitAnswer>) => {
          if (data.kind === 'failed') reject(new Fault(data.faults));
          else if (data.kind === 'done') resolve(data);
        };
        worker.onerror = ({ message }) => reject(new Fault([message || INCOMPLETE]));
        worker.postMessage({
          ...request,
          options: { ...request.options, report: true },
        } satisfies FitRequest);
      });
      this.#set({ busy: undefined });
      return done.kind === 'done' ? done.files.get('report.html') : undefined;
    } catch (error) {
      this.#report('The report could not be written')(error);
      return undefined;
    } finally {
      worker.terminate();
    }
  }

  /** Compares two fits; nothing ends the comparison that is shown. */
  async compare(first?: number, second?: number): Promise<void> {
    if (first === undefined || second === undefined) {
      this.#set({ comparison: undefined });
      return;
    }
    this.#set({ busy: 'Comparing', fault: undefined });
    const { files, converted } = this.state;
    const title = converted ? `DICOM series ${converted.series}` : (files?.signals.join(', ') ?? '');
    try {
      const found = await this.#ask('compare', first, second, title);
      this.#set({ busy: undefined, comparison: { ...found, first, second } });
    } catch (error) {
      this.#report('The fits could not be compared')(error);
    }
  }

  /** Forgets a fit. */
  async drop(id: number): Promise<void> {
    await this.#ask('drop', id);
    const fits = this.state.fits.filter((fit) => fit.id !== id);
    const { comparison } = this.state;
    const gone = comparison?.first === id || comparison?.second === id;
    this.#set({
      fits,
      fit: this.state.fit === id ? fits.at(-1)?.id : this.state.fit,
      ...(gone ? { comparison: undefined } : {}),
    });
    if (this.state.voxel) await this.select(this.#voxel);
    await this.#measureAgain();
  }

  /** Selects a voxel by its number in the file, x fastest. */
  async select(voxel: number): Promise<void> {
    this.#voxel = voxel;
    const facts = await this.#ask('voxel', voxel);
    if (voxel === this.#voxel) this.#set({ voxel: facts });
  }

  #measured: string | Uint8Array | undefined;

  /** Computes statistics of the regions of a label image: a file, or what was drawn, one number per voxel. */
  async measure(labels: string | Uint8Array | undefined): Promise<void> {
    this.#measured = labels;
    await this.#measureAgain();
  }

  async #measureAgain(): Promise<void> {
    const labels = this.#measured;
    if (labels === undefined || !this.state.scan) {
      this.#set({ regions: undefined });
      return;
    }
    try {
      this.#set({ regions: await this.#ask('regions', labels, this.state.files?.labelNames) });
    } catch (error) {
      this.#measured = undefined;
      this.#report('The regions could not be read')(error);
    }
  }

  /** Returns the drawn region as an image; undefined if nothing is drawn. */
  async regionImage(): Promise<Uint8Array | undefined> {
    return this.#measured instanceof Uint8Array ? this.#ask('encodeRegion', this.#measured) : undefined;
  }

  volume = (index: number): Promise<Uint8Array> => this.#ask('volume', index);
  map = (fit: number, name: string): Promise<Uint8Array> => this.#ask('map', fit, name);
}

/** Leaves out what is undefined or empty. */
function defined(files: DroppedFiles): Partial<DroppedFiles> {
  return Object.fromEntries(
    Object.entries(files).filter(
      ([, value]) =>
        value !== undefined && (typeof value === 'string' || (value as readonly string[]).length > 0),
    ),
  );
}
