import { cellOf, fitVoxels, loadFitter, prepareFitter, simulatePhantom } from 'ivim-bench';
import type { Experiment, Task } from 'ivim-bench';
import { z } from 'zod';

const schema = z.strictObject({
  seed: z.int().nonnegative().default(1).describe('seed of the voxels'),
  fitter: z.string().default('segmented').describe('the name of a fitter, or its path'),
  highest: z.array(z.number().min(400)).min(1).describe('the highest of eight b-values, s/mm²'),
});
type Config = z.infer<typeof schema>;

interface Input {
  readonly name: string;
  /** `module` makes the key cover the fitter's code. */
  readonly fitter: { readonly module: string; readonly settings: unknown };
  readonly highest: number;
  readonly seed: number;
}

/** The median of D over 500 simulated voxels at SNR 50. */
export const fit: Task<Input> = {
  module: import.meta.url,
  name: 'fit',
  async run({ name, fitter: { module, settings }, highest, seed }) {
    const bValues = Float64Array.of(0, 10, 30, 60, 120, 200, 300, highest);
    const { signals } = simulatePhantom({
      bValues,
      voxels: 500,
      S0: 1,
      tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.03 } },
      sigma: { constant: 0.02 },
      seeds: { parameters: seed, noise: seed + 1 },
    });
    const { value: fitter } = await loadFitter(module);
    const { ready } = await prepareFitter({ name, fitter, settings, bValues: signals.bValues, seed });
    const { D } = await fitVoxels(ready, signals);
    ready.dispose?.();
    const found = D.filter((value) => !Number.isNaN(value)).sort(); // NaN where it failed
    return {
      rows: [
        {
          experiment: 'fitter-experiment',
          method: name,
          factors: { highest },
          parameter: 'D',
          metric: 'median',
          value: found[found.length >> 1],
          ciLow: NaN,
          ciHigh: NaN,
          unit: 'mm²/s',
          n: found.length,
        },
      ],
    };
  },
};

export default {
  label: 'The highest b-value',
  question: 'How does D depend on the highest b-value?',
  schema,
  async plan({ seed, fitter: name, highest }) {
    const { value, module } = await loadFitter(name);
    const fitter = { module: module.href, settings: value.settings?.parse({}) };
    return highest.map((each) =>
      cellOf(fit, { id: `fit ${name} b=${each}`, input: { name, fitter, highest: each, seed } }),
    );
  },
} satisfies Experiment<Config>;
