import { readFileSync } from 'node:fs';
import type { Signals } from '../../src/contracts/voxels.ts';

/** OSIPI's body tissues: one simulated voxel each, with its truth. */
export interface OsipiTissues {
  readonly names: readonly string[];
  /** Each row divided by its own signal at b=0. */
  readonly signals: Signals & { readonly sigma: Float64Array };
  readonly truth: readonly { readonly D: number; readonly f: number; readonly Dp: number }[];
  /** Standard deviation of the noise, S0 being 1. */
  readonly noise: number;
}

interface Fixture {
  readonly bValues: readonly number[];
  readonly noise: number;
  readonly tissues: Readonly<Record<string, { D: number; f: number; Dp: number; data: readonly number[] }>>;
}

export function osipiTissues(): OsipiTissues {
  const file = new URL('../fixtures/osipi-generic.json', import.meta.url);
  const { bValues, noise, tissues } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const truth = Object.values(tissues);
  const n = truth.length;
  return {
    names: Object.keys(tissues),
    truth,
    noise,
    signals: {
      bValues: Float64Array.from(bValues),
      n,
      values: Float64Array.from(truth.flatMap(({ data }) => data.map((x) => x / data[0]))),
      scale: Float64Array.from(truth, ({ data }) => data[0]),
      sigma: Float64Array.from(truth, ({ data }) => noise / data[0]),
    },
  };
}
