import type { RegionTruth } from './region-truth.ts';
import type { Session, VolunteersSettings } from './settings.ts';

const BIDS_VERSION = '1.10.0';
const json = (value: unknown): string => JSON.stringify(value, null, 2) + '\n';

/** Formats a tab-separated table; missing values are n/a, as in BIDS. */
export function tsv(header: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'n/a' : String(value);
  return [header, ...lines].map((line) => line.map(cell).join('\t') + '\n').join('');
}

export const datasetDescription = (name: string): string =>
  json({
    Name: name,
    BIDSVersion: BIDS_VERSION,
    DatasetType: 'raw',
    GeneratedBy: [{ Name: 'ivim-bench', Description: 'Simulated: these volunteers are not people.' }],
  });

export const derivativeDescription = (name: string, description: string): string =>
  json({
    Name: name,
    BIDSVersion: BIDS_VERSION,
    DatasetType: 'derivative',
    GeneratedBy: [{ Name: 'ivim-bench', Description: description }],
    SourceDatasets: [{ URL: '../../' }],
  });

/** The sidecar of a series. BIDS has times in seconds; it has no key for the noise, so this one is our own. */
export const sidecar = ({ field, TE, TR }: Session, sigma: number): string =>
  json({
    Manufacturer: 'none (simulated by ivim-bench)',
    MagneticFieldStrength: parseFloat(field),
    EchoTime: TE / 1000,
    RepetitionTime: TR / 1000,
    BodyPart: 'ABDOMEN',
    NoiseStandardDeviation: sigma,
  });

/** Unit directions along x, y and z in turn, since the tissue is isotropic. One column per volume, three rows. */
export function bvec(bValues: readonly number[]): string {
  return (
    [0, 1, 2].map((axis) => bValues.map((b, k) => (b > 0 && k % 3 === axis ? 1 : 0)).join(' ')).join('\n') +
    '\n'
  );
}

export const segmentationTable = (regions: readonly string[]): string =>
  tsv(
    ['index', 'name'],
    regions.map((name, i) => [i + 1, name]),
  );

/** Formats one line per subject, session and region. */
export const regionMeansTable = (
  rows: readonly { subject: string; session: string; truth: RegionTruth }[],
): string =>
  tsv(
    ['participant_id', 'session_id', 'region', 'voxels', 'S0', 'D', 'f', 'Dp'],
    rows.map(({ subject, session, truth }) => {
      const { region, voxels, S0, D, f, Dp } = truth;
      return [subject, session, region, voxels, S0, D, f, Dp];
    }),
  );

export const readme = (title: string, { subjects, sessions, readers }: VolunteersSettings): string =>
  `${title}

Simulated by ivim-bench: ${subjects} virtual volunteers, not people. Sessions: ${Object.keys(sessions).join(', ')}.
derivatives/readers holds the regions that ${Object.keys(readers).join(' and ')} drew, simulated too.
derivatives/truth holds what is true: maps of D and Dp (mm²/s), f and S0 without noise, the organs, and
region_means.tsv, the means of those maps over the voxels of which an organ has at least half.
code/settings.json is everything that decided this data set.
`;
