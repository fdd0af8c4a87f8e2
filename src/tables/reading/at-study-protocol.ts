import type { Json } from '../../contracts/experiment.ts';
import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { protocolOf } from './protocols.ts';

const B_VALUES = JSON.stringify([0, 10, 20, 60, 150, 300, 500, 1000]);

interface Part<M> {
  readonly rows: readonly Row[];
  readonly manifest: M;
}

/**
 * Of a run with several protocols the part at the study's, as if it were the only one: what can be held against published figures.
 * Without rows where that is not among them; a run with one protocol as it is, whichever that is.
 */
export function atStudyProtocol<M extends Pick<RunManifest, 'config'>>(run: Part<M>): Part<M> {
  const { protocols, ...shared } = run.manifest.config as { protocols?: readonly Json[] };
  if (protocols === undefined) return run;
  const protocol = protocols.find((each) => JSON.stringify((each as { bValues: Json }).bValues) === B_VALUES);
  const name = (protocol as { name: string } | undefined)?.name;
  const rows = run.rows
    .filter((row) => protocolOf(row) === name)
    .map((row) => ({ ...row, factors: withoutProtocol(row.factors) }));
  return { rows, manifest: { ...run.manifest, config: { ...shared, ...(protocol ? { protocol } : {}) } } };
}

const withoutProtocol = (factors: Row['factors']): Row['factors'] =>
  Object.fromEntries(Object.entries(factors).filter(([name]) => name !== 'protocol'));
