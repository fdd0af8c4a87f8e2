import { join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import type { EstimateSink } from './estimate-sink.ts';
import type { NiftiHeader } from './nifti-header.ts';
import { encodeNiftiGz } from './nifti-write.ts';
import { stageFiles } from '../files/staged-files.ts';
import { statusLegend } from './status-words.ts';

/** Maps in the order they are written, with what the header's description says. */
export const MAPS = {
  S0: 'signal at b=0, unit of the scan',
  D: 'diffusion coefficient, mm2/s',
  f: 'perfusion fraction, 0..1',
  Dp: 'pseudo-diffusion coefficient D*, mm2/s',
} as const;

/** The files a fit of a scan writes into `folder`. */
export function mapFiles(folder: string): Record<keyof typeof MAPS | 'status' | 'sidecar', string> {
  const map = (name: string) => join(folder, `${name}.nii.gz`);
  return {
    S0: map('S0'),
    D: map('D'),
    f: map('f'),
    Dp: map('Dp'),
    status: map('status'),
    sidecar: join(folder, 'status.json'),
  };
}

/**
 * Writes one float32 map per parameter and a uint8 map of statuses in the space of the scan, and a JSON sidecar with the
 * legend of the statuses.
 * @param describe facts for the sidecar, asked once the fit is done
 * @throws InputError where `folder` can't be written to
 */
export function niftiSink(
  folder: string,
  header: NiftiHeader,
  describe: () => Readonly<Record<string, Json>>,
): EstimateSink {
  const files = mapFiles(folder);
  const staged = stageFiles(Object.values(files));
  const n = header.shape[0] * header.shape[1] * header.shape[2];
  const maps = {
    S0: new Float32Array(n),
    D: new Float32Array(n),
    f: new Float32Array(n),
    Dp: new Float32Array(n),
  };
  const status = new Uint8Array(n);
  const encode = (name: string, data: Float32Array | Uint8Array, meaning: string) =>
    encodeNiftiGz(header, { data, shape: header.shape, name, description: `${name}: ${meaning}` });
  return {
    async write(first, estimates) {
      for (const name of ['S0', 'D', 'f', 'Dp'] as const) maps[name].set(estimates[name], first);
      status.set(estimates.status, first);
    },
    async finish() {
      for (const name of ['S0', 'D', 'f', 'Dp'] as const) {
        await (await staged.handle(files[name])).writeFile(await encode(name, maps[name], MAPS[name]));
      }
      await (await staged.handle(files.status)).writeFile(await encode('status', status, 'see status.json'));
      const sidecar = { ...describe(), maps: MAPS, status: statusLegend() };
      await (await staged.handle(files.sidecar)).writeFile(JSON.stringify(sidecar, null, 2) + '\n');
      await staged.commit();
      return Object.values(files);
    },
    discard: () => staged.discard(),
  };
}
