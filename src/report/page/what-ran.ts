import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { fittersOf } from '../../tables/reading/fitters-of.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { significant } from '../../wording/significant.ts';

/** A line of the list: what, and how it was in this run. */
export type Fact = readonly [name: string, value: string];

type Mapping = { readonly [key: string]: Json };

/**
 * What an experiment was run on, as far as its config says so under the keys that the program's experiments share: b-values, tissue,
 * voxels, noise, people, training and fitters. Those of an experiment of one's own that are called otherwise are in the config alone.
 * @param manifest of one experiment
 */
export function whatRan(manifest: Pick<RunManifest, 'config' | 'fitterLabels'>): Fact[] {
  const config = mapping(manifest.config) ?? {};
  const data = mapping(config['data']) ?? {};
  const training = mapping(config['training']);
  return [
    ...protocolFacts(config),
    ...tissueFacts(data),
    ...voxelFacts(data),
    ...peopleFacts(data),
    ...caseFacts(config),
    ...subjectFacts(config),
    ...trainingFacts(training),
    ...repeatFacts(config),
    ...fitterFacts(manifest),
  ];
}

/** The protocol, or each of several. */
function protocolFacts({ protocol, protocols }: Mapping): Fact[] {
  const all = Array.isArray(protocols)
    ? (protocols as readonly Json[]).map((each) => mapping(each)?.['protocol'])
    : [protocol];
  return all.flatMap((each): Fact[] => {
    const bValues = mapping(each)?.['bValues'];
    if (!Array.isArray(bValues)) return [];
    const name = plain(mapping(each)?.['name']);
    const told = `${bValuesText(bValues as number[])} s/mm²`;
    return [
      [all.length > 1 ? `b-values of ${name}` : 'b-values', all.length > 1 ? told : `${told} (${name})`],
    ];
  });
}

/** `0 (3 times), 10, 20`: each b-value once, in the order of the protocol. */
function bValuesText(bValues: readonly number[]): string {
  return [...new Set(bValues)]
    .map((b) => {
      const times = bValues.filter((other) => other === b).length;
      return times > 1 ? `${b} (${times} times)` : String(b);
    })
    .join(', ');
}

function tissueFacts({ tissue, tissues }: Mapping): Fact[] {
  if (Array.isArray(tissues)) {
    const names = (tissues as readonly Json[]).map((each, i) => plain(mapping(each)?.['name'] ?? i + 1));
    return [['Tissue', `${names.length} tissues in turn: ${names.join(', ')}`]];
  }
  const ranges = rangesText(tissue);
  return ranges === '' ? [] : [['Tissue', ranges]];
}

/** `D 0.5 to 2 × 10⁻³ mm²/s, f 0.1 to 0.4, …`, uniform where nothing else is said. */
function rangesText(tissue: Json | undefined): string {
  return PARAMETERS.flatMap((name) => {
    const drawn = distributionText(mapping(tissue)?.[name], quantityOf(name).scale);
    if (drawn === '') return [];
    const { shownUnit } = quantityOf(name);
    return [`${name} ${drawn}${shownUnit === 'fraction' ? '' : ` × ${shownUnit}`}`];
  }).join('; ');
}

function distributionText(distribution: Json | undefined, scale: number): string {
  const text = (value: Json | undefined) => significant(Number(value) * scale, 4);
  const { uniform, logUniform, normal, logNormal, constant } = mapping(distribution) ?? {};
  const [from, to] = list(uniform) ?? list(logUniform) ?? [];
  if (list(uniform)) return `uniform from ${text(from)} to ${text(to)}`;
  if (list(logUniform)) return `log-uniform from ${text(from)} to ${text(to)}`;
  if (mapping(normal))
    return `normal, mean ${text(mapping(normal)!['mean'])}, SD ${text(mapping(normal)!['sd'])}`;
  if (mapping(logNormal)) {
    const { median, sd, within } = mapping(logNormal)!;
    const [least, most] = list(within) ?? [];
    const spread = significant(Number(sd), 4);
    return `log-normal, median ${text(median)}, SD of the logarithm ${spread}, from ${text(least)} to ${text(most)}`;
  }
  return typeof constant === 'number' ? text(constant) : '';
}

function voxelFacts({ voxels, noise, S0 }: Mapping): Fact[] {
  const snrs = (Array.isArray(noise) ? (noise as readonly Json[]) : []).flatMap((level) => {
    const snr = mapping(level)?.['snr'];
    return typeof snr === 'number' ? [snr] : [];
  });
  const list = snrs
    .toSorted((a, b) => b - a)
    .map((snr) => numberText(snr, 3))
    .join(', ');
  const range = Array.isArray(noise) ? mapping(mapping((noise as readonly Json[])[0])?.['sigma']) : undefined;
  const ofSignal = typeof S0 === 'number' ? ` (S0 ${numberText(S0, 4)})` : '';
  return [
    ...(typeof voxels === 'number'
      ? [['Test voxels', `${count(voxels)}${range ? '' : ' at each SNR'}`] as const]
      : []),
    ...(list === '' ? [] : [['SNR', `${list}${ofSignal}`] as const]),
    ...(range ? [['Sigma', `of each voxel, ${distributionText(range, 1)}${ofSignal}`] as const] : []),
  ];
}

/** Virtual volunteers, or a data set on disk. */
function peopleFacts(data: Mapping): Fact[] {
  const virtual = mapping(data['virtual']);
  if (!virtual) return typeof data['bids'] === 'string' ? [['Data set', data['bids']]] : [];
  if (virtual['subjects'] === undefined) return [];
  const organs = mapping(virtual['organs']);
  const snr = mapping(organs?.['snr']) ?? {};
  const fields = Object.values(mapping(virtual['sessions']) ?? {}).flatMap((session) => {
    const field = mapping(session)?.['field'];
    if (typeof field !== 'string') return [];
    const level = snr[field];
    return [typeof level === 'number' ? `${field} (SNR ${level})` : field];
  });
  const image = mapping(virtual['image']);
  const times = (value: Json | undefined) => (list(value) ?? []).map(plain).join(' × ');
  return [
    ['People', `${plain(virtual['subjects'])}, virtual`],
    ...(fields.length > 0 ? [['Fields', fields.join(', ')] as const] : []),
    ...(image ? [['Images', `${times(image['shape'])} voxels of ${times(image['voxel'])} mm`] as const] : []),
    [
      'Regions',
      Object.keys(mapping(organs?.['regions']) ?? {})
        .join(', ')
        .replaceAll('_', ' '),
    ],
    ['Readers', Object.keys(mapping(virtual['readers']) ?? {}).join(', ')],
  ];
}

/** Cases that are classified, virtual or of a folder, and the networks that classify them. */
function caseFacts(config: Mapping): Fact[] {
  const { models, modalities, splits, seeds, population, training } = config;
  if (list(models) === undefined || mapping(splits) === undefined) return [];
  const data = mapping(config['data']) ?? {};
  const virtual = mapping(data['virtual']);
  const image = mapping(virtual?.['image']);
  const times = (value: Json | undefined) => (list(value) ?? []).map(plain).join(' × ');
  const names = (list(models) ?? []).map((model) => plain(mapping(model)?.['name'])).join(', ');
  const percent = (share: Json | undefined) => `${numberText(100 * Number(share), 3)} %`;
  const { count: divisions, test, validation } = mapping(splits) ?? {};
  const facts: Fact[] = [
    virtual ? ['Cases', `${plain(virtual['cases'])}, virtual`] : ['Cases', `of ${plain(data['folder'])}`],
    ['Ideal AUC', virtual ? plain(virtual['auc']) : ''],
    ['Images', (list(modalities) ?? []).map(plain).join(', ')],
    ['Voxels', image ? `${times(image['shape'])} of ${times(image['voxel'])} mm` : ''],
    [
      'Divisions',
      `${plain(divisions)}, ${percent(validation)} of the subjects for validation and ${percent(test)} for testing`,
    ],
    [
      'Population',
      Number(population) > 0 ? `${count(Number(population))} virtual cases that no training sees` : '',
    ],
    ['Networks', names],
    ['Trainings', `${plain(seeds)} per division, ${plain(mapping(training)?.['epochs'])} epochs`],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** Subjects whose images are made from others, and the networks that make them. */
function subjectFacts(config: Mapping): Fact[] {
  const { models, seeds, training, inputAmongSix } = config;
  if (list(models) === undefined || inputAmongSix === undefined) return [];
  const virtual = mapping(mapping(config['data'])?.['virtual']) ?? {};
  const image = mapping(virtual['image']) ?? {};
  const [trained, validation, test, other] = ['training', 'validation', 'test', 'other'].map((set) =>
    plain(virtual[set]),
  );
  const names = (list(models) ?? []).map((model) => plain(mapping(model)?.['name'])).join(', ');
  const { target, epochs } = mapping(training) ?? {};
  return [
    [
      'Subjects',
      `${trained} for training, ${validation} for validation, ${test} for testing and ${other} of another head, virtual`,
    ],
    [
      'Images',
      `${plain(image['slices'])} slices of ${plain(image['size'])} × ${plain(image['size'])} pixels of ${plain(image['pixel'])} mm`,
    ],
    [
      'Noise of one repetition',
      `${plain(mapping(virtual['noise'])?.['perfusion'])} ml/100 g/min; it is ${inputAmongSix === true ? '' : 'not '}among the six`,
    ],
    ['Networks', names],
    [
      'Trainings',
      `${plain(seeds)} of each, ${plain(epochs)} epochs, on ${target === 'truth' ? 'the truth' : 'the mean of six repetitions'}`,
    ],
  ];
}

function trainingFacts(training: Mapping | undefined): Fact[] {
  if (!training || typeof training['voxels'] !== 'number') return [];
  const { voxels, noise, tissue } = training;
  const sigma = distributionText(mapping(noise)?.['sigma'], 1);
  const ranges = rangesText(tissue);
  return [
    [
      'Training voxels',
      [
        count(voxels),
        ...(sigma === '' ? [] : [`noise sigma ${sigma}`]),
        ...(ranges === '' ? [] : [ranges]),
      ].join('; '),
    ],
  ];
}

/** The conditions of experiments that train a network repeatedly. */
function repeatFacts({ runs, depths, sizes, Dp_up_to: ends, conditions }: Mapping): Fact[] {
  const joined = (value: Json | undefined, text: (value: number) => string = String) =>
    (list(value) ?? []).map((each) => text(Number(each))).join(', ');
  const names = (list(conditions) ?? []).map((each) => plain(mapping(each)?.['name']));
  const facts: Fact[] = [
    ['Hidden layers', joined(depths)],
    ['Sizes of the training set', joined(sizes, count)],
    ['Dp up to', joined(ends, (end) => `${numberText(1000 * end, 3)} × 10⁻³ mm²/s`)],
    ['Conditions', names.join(', ')],
    ['Trainings per condition', typeof runs === 'number' ? String(runs) : ''],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** Repeats of one fitter are counted. */
function fitterFacts({ config, fitterLabels = {} }: Pick<RunManifest, 'config' | 'fitterLabels'>): Fact[] {
  const repeats = new Map<string, { first: string; times: number }>();
  for (const { name, repeat } of fittersOf({ config }) as { name: string; repeat?: { of: string } }[]) {
    const of = repeat?.of ?? name;
    const known = repeats.get(of) ?? { first: name, times: 0 };
    repeats.set(of, { ...known, times: known.times + 1 });
  }
  const told = [...repeats].map(([name, { first, times }]) => {
    const about = [fitterLabels[first] ?? '', times > 1 ? `${times} trainings` : ''].filter(
      (text) => text !== '' && text !== name,
    );
    return about.length > 0 ? `${name} (${about.join(', ')})` : name;
  });
  return told.length === 0 ? [] : [['Fitters', told.join('; ')]];
}

const count = (voxels: number): string => voxels.toLocaleString('en-US');

const list = (value: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(value) ? (value as readonly Json[]) : undefined;

/** A name or a number as text; '' for what is neither. */
const plain = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const mapping = (value: Json | undefined): Mapping | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : undefined;
