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

/** The protocol that represents a run with several. */
export interface ChosenProtocol {
  readonly name: string;
  /** Whether it has the b-values of the study. */
  readonly isStudys: boolean;
}

/**
 * Returns the part of a run at one of its protocols: the study's, so that it can be compared with published values, otherwise the
 * first. A run with a single protocol is returned unchanged.
 */
export function atOneProtocol<M extends Pick<RunManifest, 'config'>>(
  run: Part<M>,
): Part<M> & { readonly chosen?: ChosenProtocol } {
  const { protocols, ...shared } = run.manifest.config as Mapping;
  if (protocols === undefined) return run;
  // Data and training of a protocol override those of the study.
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
