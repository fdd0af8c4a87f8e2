import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PARAMETERS, type Parameters, type Signals } from '../../src/contracts/voxels.ts';
import { fitterNames, loadFitter } from '../../src/plugins/discover.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { osipiTissues } from './osipi-tissues.ts';

const test = suite("fitters on OSIPI's tissues without noise");
const { truth, signals: measured, noise } = osipiTissues();
const { bValues } = measured;
const n = truth.length;

/** OSIPI's tissues as they are without noise; fitters that ask for the noise level get that of OSIPI's signals. */
const signals: Signals = {
  bValues,
  n,
  values: Float64Array.from(
    truth.flatMap(({ D, f, Dp }) => Array.from(bValues, (b) => biexponential(b, D, f, Dp))),
  ),
  scale: new Float64Array(n).fill(1),
  sigma: new Float64Array(n).fill(noise),
};

/** f within 10 % and 0.01, D within 10 %, Dp within 20 %. */
const RULES = {
  D: (off: number, D: number) => off <= 0.1 * D,
  f: (off: number, f: number) => off <= 0.1 * f + 0.01,
  Dp: (off: number, Dp: number) => off <= 0.2 * Dp,
};

/** A prior for those that need one, wide enough for every tissue. */
const TISSUE = {
  D: { uniform: [0.0002, 0.004] },
  f: { uniform: [0, 0.6] },
  Dp: { uniform: [0.004, 0.2] },
} as const;

/** Passed tissues of n, by parameter; null for one that the fitter does not estimate. */
async function passes(name: string): Promise<(number | null)[]> {
  const { value: fitter } = await loadFitter(name);
  const settings = fitter.settings?.parse(name === 'sivim' ? { low: 250 } : {});
  const { ready } = await prepare({
    ...{ name, fitter, settings, bValues, seed: 1, tissue: TISSUE },
    ...(needsOf(fitter, settings).includes('allVoxels') ? { allVoxels: () => signals } : {}),
  });
  const found: Parameters = await fitVoxels(ready, signals);
  ready.dispose?.();
  return PARAMETERS.map((parameter) =>
    fitter.estimates && !fitter.estimates.includes(parameter)
      ? null
      : truth.filter((tissue, i) =>
          RULES[parameter](Math.abs(found[parameter][i] - tissue[parameter]), tissue[parameter]),
        ).length,
  );
}

/** The table of the documentation: fitter, and passes of D, f and Dp. */
function documented(): Map<string, (number | null)[]> {
  const text = readFileSync(new URL('../../docs/estimators.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf("## OSIPI's tissues"));
  const lines = [...table.matchAll(/^\| `([\w-]+)` *\|([^|]*)\|([^|]*)\|([^|]*)\|/gm)];
  return new Map(
    lines.map(([, name, ...cells]) => [
      name,
      cells.map((cell) => (cell.trim() === '' ? null : Number(cell))),
    ]),
  );
}

const table = documented();
/** Networks know one distribution of tissue, which is not that of these; `any-protocol-net` is shipped trained for all. */
const trained: string[] = [];
for (const name of fitterNames()) {
  const { value: fitter } = await loadFitter(name);
  if (fitter.trains && !fitter.forAnyProtocol) trained.push(name);
  else {
    test(`${name} passes as many of ${n} tissues as documented`, async () => {
      assert.equal(await passes(name), table.get(name), `docs/estimators.md: ${name}`);
    });
  }
}

test('the table has every fitter that does not train, and no other', () => {
  const untrained = fitterNames().filter((name) => !trained.includes(name));
  assert.equal([...table.keys()].sort(), untrained.sort());
});

test.run();
