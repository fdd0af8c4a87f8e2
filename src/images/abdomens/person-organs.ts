import type { Organs, OrganShape, Region, Tissue } from '../../data/volunteers/settings.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import type { DifficultySettings } from './settings.ts';

/** Where loops of bowel and lobes of fat may lie, mm from the middle of the body: right, front, head; from and to. */
const CAVITY = [
  [-75, 75],
  [-15, 65],
  [-24, 24],
] as const;

/** Content of bowel and its wall, between muscle and water. */
const BOWEL = { D: 0.0016, f: 0.15, Dp: 0.03 };
/** Fat hardly diffuses; its T2 stands for suppression. */
const FAT = { D: 0.0001, f: 0.01, Dp: 0.01 };
const FAT_T2 = 16;
const SMALL = 1e-6;

/**
 * The organs of one person: regions of the file made alike and of a brightness of their own, with bowel and fat behind them, which fill what the
 * regions leave. Regions keep their numbers; whatever is numbered beyond them is background.
 * @param field whose relaxation times count
 */
export function personOrgans(
  organs: Organs,
  { likeness, brightness, bowel, fat }: DifficultySettings,
  { field, seed, person }: { readonly field: string; readonly seed: number; readonly person: number },
): Organs {
  const random = (what: string) => new Mt19937(deriveSeed(seed, 'abdomens', what, person));
  const tissues = [...Object.values(organs.regions), organs.surroundings];
  const mean = (of: (tissue: Tissue) => number) =>
    Math.exp(
      tissues.reduce((sum, tissue) => sum + Math.log(Math.max(SMALL, of(tissue))), 0) / tissues.length,
    );
  const common = {
    D: mean(({ D }) => D),
    f: mean(({ f }) => f),
    Dp: mean(({ Dp }) => Dp),
    T1: mean(({ T1 }) => T1[field]),
    T2: mean(({ T2 }) => T2[field]),
  };
  const between = (own: number, shared: number) =>
    Math.max(SMALL, own) ** (1 - likeness) * shared ** likeness;
  const bright = random('brightness');
  const alike = <T extends Tissue>(tissue: T): T => ({
    ...tissue,
    D: between(tissue.D, common.D),
    f: between(tissue.f, common.f),
    Dp: between(tissue.Dp, common.Dp),
    T1: { [field]: between(tissue.T1[field], common.T1) },
    // The signal varies as T2 does, about as exp(-TE / T2) at TE near T2.
    T2: { [field]: between(tissue.T2[field], common.T2) * Math.exp(brightness * bright.gaussian()) },
  });
  const regions: [string, Region][] = Object.entries(organs.regions).map(([name, region]) => [
    name,
    alike(region),
  ]);
  const placing = random('bowel and fat');
  const tissueOf = (tissue: typeof BOWEL, T2: number): Omit<Region, 'shape'> => ({
    ...tissue,
    T1: { [field]: common.T1 },
    T2: { [field]: T2 },
  });
  for (let i = 1; i <= fat; i++) {
    regions.push([`fat ${i}`, { ...tissueOf(FAT, FAT_T2), shape: loop(placing, 8, 16) }]);
  }
  for (let i = 1; i <= bowel; i++) {
    const T2 = common.T2 * Math.exp(0.3 * placing.gaussian());
    regions.push([`bowel ${i}`, { ...tissueOf(BOWEL, T2), shape: loop(placing, 10, 20) }]);
  }
  return { ...organs, regions: Object.fromEntries(regions), surroundings: alike(organs.surroundings) };
}

/** A piece of bowel or fat of any direction in the cavity. @param least radius, mm @param most radius, mm */
function loop(random: Mt19937, least: number, most: number): OrganShape {
  const within = ([from, to]: readonly [number, number]) => from + (to - from) * random.uniform();
  const center = [within(CAVITY[0]), within(CAVITY[1]), within(CAVITY[2])] as const;
  const radius = () => within([least, most]);
  return { center, radii: [1.5 * radius(), radius(), radius()], exponent: 2, turn: within([-90, 90]) };
}
