import { cellOf, type Cell } from '../../src/contracts/cell.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { metricsInUse } from '../../src/simulated/metrics-in-use.ts';
import { planPreparation } from '../../src/simulated/preparation.ts';
import { atLevel, testDataOf } from '../../src/simulated/voxels.ts';
import { bound, correlate, fit, prepare, time } from './cells.ts';
import { byProtocol, type PhantomConfig, type PhantomStudy } from './config.ts';

/** Plans the cells of a study, for each of its protocols. */
export async function planPhantom(config: PhantomConfig): Promise<Cell[]> {
  const cells = [...byProtocol(config)].map(([protocol, own]) => planProtocol(own, protocol));
  return (await Promise.all(cells)).flat();
}

/** Plans a preparation, a fit per noise level and a timing for each fitter, and the bound of each noise level. */
async function planProtocol(config: PhantomStudy, name: string): Promise<Cell[]> {
  const factors: Readonly<Record<string, string>> = name === '' ? {} : { protocol: name };
  const id = (text: string) => (name === '' ? text : `${text} protocol=${name}`);
  const protocol = { bValues: config.protocol.bValues };
  const data = testDataOf(config);
  const metrics = await metricsInUse(config.metrics);
  // The same resamples at every noise level and for every fitter, so that they do not add differences between rows.
  const statistics = { ...config.statistics, seed: deriveSeed(config.seed, 'bootstrap') };

  const planFitter = async (entry: FitterEntry): Promise<Cell[]> => {
    const preparation = await planPreparation(config, entry);
    const prepareId = id(`prepare ${entry.name}`);
    const needs = { preparation: prepareId };
    const fits = config.data.noise.map(({ sigma, snr }) =>
      cellOf(fit, {
        id: id(`fit ${entry.name} snr=${snr}`),
        input: { factors, preparation, protocol, data: atLevel(data, sigma), statistics, metrics },
        needs,
      }),
    );
    const timing = cellOf(time, {
      id: id(`time ${entry.name}`),
      input: { factors, preparation, protocol, data, ...(config.timing ? { timing: config.timing } : {}) },
      needs,
      timing: true,
    });
    return [
      cellOf(prepare, { id: prepareId, input: { factors, preparation } }),
      ...fits,
      // Repeats differ only in their weights, so timing one is enough.
      ...(entry.repeat === undefined || entry.repeat.number === 1 ? [timing] : []),
    ];
  };

  const bounds = config.data.noise.map(({ sigma, snr }) =>
    cellOf(bound, { id: id(`bound snr=${snr}`), input: { factors, protocol, data: atLevel(data, sigma) } }),
  );
  const methods = config.fitters.map(({ name }) => name);
  const correlations = config.data.noise.map(({ sigma, snr }) =>
    cellOf(correlate, {
      id: id(`correlate snr=${snr}`),
      input: { factors, protocol, data: atLevel(data, sigma), methods },
      needs: Object.fromEntries(methods.map((name) => [name, id(`fit ${name} snr=${snr}`)])),
    }),
  );
  return [
    ...(await Promise.all(config.fitters.map(planFitter))).flat(),
    ...bounds,
    ...(config.correlations ? correlations : []),
  ];
}
