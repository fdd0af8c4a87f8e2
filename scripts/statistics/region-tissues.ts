/** The tissues of regions whose means are compared with the truth: OSIPI's, and the organs of the virtual volunteers. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Distribution, TissuePrior } from '../../src/contracts/fitter.ts';

const root = new URL('../../', import.meta.url);

export interface RegionTissue {
  readonly name: string;
  readonly tissue: TissuePrior;
}

type Values = Readonly<Record<'D' | 'f' | 'Dp', number>>;

/** OSIPI's names that are abbreviated or misspelt. */
const NAMES: Readonly<Record<string, string>> = {
  'Myocardium LV': 'myocardium, left ventricle',
  'myocardium ra': 'myocardium, right atrium',
  'st wall': 'stomach wall',
  'Right kydney cortex': 'right kidney cortex',
  'asc lower intestine': 'ascending lower intestine',
};

/** One value of each parameter, as OSIPI's tissues have. */
export function constantTissues(): RegionTissue[] {
  const file = new URL('test/fixtures/osipi-generic.json', root);
  const { tissues } = JSON.parse(readFileSync(file, 'utf8')) as { tissues: Record<string, Values> };
  const constant = (value: number): Distribution => ({ constant: value });
  return Object.entries(tissues).map(([name, { D, f, Dp }]) => ({
    name: NAMES[name] ?? name.toLowerCase(),
    tissue: { D: constant(D), f: constant(f), Dp: constant(Dp) },
  }));
}

/** Organs whose voxels differ as those of the virtual volunteers do. */
export function organs(): RegionTissue[] {
  const { regions, spread } = parse(readFileSync(new URL('configs/organs/abdomen.yaml', root), 'utf8')) as {
    regions: Record<string, Values>;
    spread: { withinRegion: Values };
  };
  const around = (mean: number, cv: number): Distribution => ({ normal: { mean, sd: cv * mean } });
  const { withinRegion: cv } = spread;
  return Object.entries(regions).map(([name, { D, f, Dp }]) => ({
    name: name.replaceAll('_', ' '),
    tissue: { D: around(D, cv.D), f: around(f, cv.f), Dp: around(Dp, cv.Dp) },
  }));
}
