import type { Json } from '../../contracts/experiment.ts';
import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { hasStudyProtocol } from '../published/study-setting.ts';
import { protocolOf } from './protocols.ts';

interface Part<M> {
  readonly rows: readonly Row[];
  readonly manifest: M;
}

type Mapping = { readonly [key: string]: Json };

/** The protocol that stands for a run with several. */
export interface ChosenProtocol {
  readonly name: string;
  /** Whether it has the b-values of the study. */
  readonly isStudys: boolean;
}

/**
 * Of a run with several protocols the part at one, as if it were the only one: at the study's where that is among them, so that published
 * figures can be held against it, else at the first. A run with one protocol is left as it is, whichever that is, and nothing is chosen.
 */
export function atOneProtocol<M extends Pick<RunManifest, 'config'>>(
  run: Part<M>,
): Part<M> & { readonly chosen?: ChosenProtocol } {
  const { protocols, ...shared } = run.manifest.config as Mapping;
  if (protocols === undefined) return run;
  // A protocol's own data and training go before those of the study.
  const configs = (protocols as readonly Mapping[]).map((own): Mapping => ({ ...shared, ...own }));
  const config = configs.find(hasStudyProtocol) ?? configs[0];
  const { name } = config['protocol'] as { readonly name: string };
  const rows = run.rows
    .filter((row) => protocolOf(row) === name)
    .map((row) => ({ ...row, factors: withoutProtocol(row.factors) }));
  return {
    rows,
    manifest: { ...run.manifest, config },
    chosen: { name, isStudys: hasStudyProtocol(config) },
  };
}

const withoutProtocol = (factors: Row['factors']): Row['factors'] =>
  Object.fromEntries(Object.entries(factors).filter(([name]) => name !== 'protocol'));
