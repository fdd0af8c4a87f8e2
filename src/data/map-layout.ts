import { InputError } from '../contracts/input-error.ts';
import type { Json } from '../contracts/experiment.ts';
import { bidsName } from './cohort/bids-name.ts';
import type { EstimateColumn } from './estimate-columns.ts';
import { statusLegend } from './status-words.ts';
import { PROPOSED_IMAGE, PROPOSED_TABLE } from './proposed-regions.ts';
import { derivativeDescription } from './volunteers/bids-texts.ts';

/** Names of the files of a fit, relative to its folder, and the texts that describe them. */
export interface MapLayout {
  /** The image of a map, by the name of its column, or of `status`. */
  image(name: string): string;
  /** A report or table, by its plain name. */
  beside(name: string): string;
  /** Names of the sidecars of these maps. */
  sidecarNames(columns: readonly EstimateColumn[]): readonly string[];
  /** Contents of the sidecars by name. @param facts of the fit */
  sidecars(
    columns: readonly EstimateColumn[],
    facts: Readonly<Record<string, Json>>,
    beside: readonly string[],
  ): ReadonlyMap<string, string>;
  /** Files of the folder as a whole, written only where they are not there yet. */
  readonly shared: ReadonlyMap<string, string>;
}

const text = (value: unknown): string => JSON.stringify(value, null, 2) + '\n';

/** `D.nii.gz`, and one sidecar for all maps, `status.json`. */
export const plainLayout: MapLayout = {
  image: (name) => `${name}.nii.gz`,
  beside: (name) => name,
  sidecarNames: () => ['status.json'],
  sidecars: (columns, facts, beside) =>
    new Map([
      [
        'status.json',
        text({
          ...{ ...facts, maps: mapMeanings(columns) },
          // Files of this list are removed by the next fit.
          files: beside.filter((name) => name !== PROPOSED_IMAGE && name !== PROPOSED_TABLE),
          status: statusLegend(),
        }),
      ],
    ]),
  shared: new Map(),
};

/** Returns the meanings of the maps by name. */
export function mapMeanings(columns: readonly EstimateColumn[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, meaning }) => [name, meaning]));
}

/**
 * Names as in a BIDS derivative: `sub-01/ses-a/dwi/sub-01_ses-a_model-ivim_param-D_dwimap.nii.gz` with a sidecar each. The suffix
 * `dwimap` and the entities `model` and `param` are those of BIDS Extension Proposal 16, which the validator does not know
 * yet: `.bidsignore` names them.
 * @param scan the file whose entities the names repeat
 * @throws InputError if it is not named as BIDS has it
 */
export function bidsLayout(scan: string): MapLayout {
  const entities = bidsName(scan)?.entities;
  const subject = entities?.get('sub');
  if (entities === undefined || subject === undefined) {
    throw new InputError(
      `--bids: the name of ${scan} does not say whose scan it is; allowed: a name as in BIDS, such as sub-01_ses-1_dwi.nii.gz`,
    );
  }
  const session = entities.get('ses');
  const folder = [`sub-${subject}`, ...(session === undefined ? [] : [`ses-${session}`]), 'dwi'].join('/');
  const stem = [...entities]
    .filter(([key]) => key !== 'desc')
    .map(([key, value]) => `${key}-${value}_`)
    .join('');
  const mapName = (name: string) => {
    const [, parameter, end] = /^(D|f|Dp)_(sd|low|high)$/.exec(name) ?? [];
    const label = parameter === undefined ? name.replaceAll('_', '') : `${parameter}_desc-${end}`;
    return `${folder}/${stem}model-ivim_param-${label}_dwimap`;
  };
  return {
    image: (name) => `${mapName(name)}.nii.gz`,
    beside: (name) =>
      name === PROPOSED_IMAGE || name === PROPOSED_TABLE
        ? `${folder}/${stem}desc-network_${name.replace('regions', 'dseg')}`
        : `${folder}/${stem}model-ivim_${name}`,
    sidecarNames: (columns) =>
      [...columns.map(({ name }) => name), 'status'].map((name) => `${mapName(name)}.json`),
    sidecars: (columns, facts) =>
      new Map([
        ...columns.map(({ name, meaning, unit }): [string, string] => [
          `${mapName(name)}.json`,
          text({ Description: meaning, Units: unit, ...modelKeys(facts) }),
        ]),
        [
          `${mapName('status')}.json`,
          text({
            Description: 'outcome of the fit, a code per voxel',
            Units: 'arbitrary',
            Levels: Object.fromEntries(
              Object.entries(statusLegend()).map(([code, { word, meaning }]) => [
                code,
                `${word}: ${meaning}`,
              ]),
            ),
            ...modelKeys(facts),
            VoxelsByStatus: facts['voxelsByStatus'],
            Notes: facts['notes'],
          }),
        ],
      ]),
    shared: new Map([
      [
        'dataset_description.json',
        derivativeDescription(
          'IVIM maps',
          'Maps of the bi-exponential IVIM model, fitted to diffusion-weighted scans.',
        ),
      ],
      ['.bidsignore', IGNORED],
      [
        'README',
        'Maps of the intravoxel incoherent motion (IVIM) model by ivim-bench. The sidecar of each map names fitter, settings and b-values.\n',
      ],
    ]),
  };
}

/** What the released specification has no rule for. */
export const IGNORED = '*_dwimap.*\n*.html\n*.csv\n';

/** Model and fitter, in the words of BIDS Extension Proposal 16 where it has any. */
function modelKeys(facts: Readonly<Record<string, Json>>): Record<string, Json | undefined> {
  return {
    Model: {
      Description: 'Bi-exponential intravoxel incoherent motion: S0 (f exp(-b Dp) + (1 - f) exp(-b D))',
      Parameters: {
        FitMethod: facts['fitter'],
        FitMethodDescription: `${facts['label'] as string}; ${facts['source'] as string}`,
        Settings: facts['settings'],
        ...(facts['sigma'] === undefined ? {} : { NoiseStandardDeviation: facts['sigma'] }),
      } as Json,
    },
    BValues: facts['bValues'],
    InputFiles: (facts['signals'] as string[]).map((file) => file.replace(/^.*[\\/]/, '')),
    SoftwareName: 'ivim-bench',
    SoftwareVersion: facts['version'],
  };
}
