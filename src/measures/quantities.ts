/** Something that is estimated or mapped, and how people read it. */
export interface Quantity {
  /** As the column `parameter` has it. */
  readonly name: string;
  readonly label: string;
  /** The name Barbieri et al. (2020) give it. */
  readonly study?: string;
  /** Unit of stored values; '' where there is none. */
  readonly unit: string;
  /** Unit for people: stored values times `scale` are in it. */
  readonly shownUnit: string;
  readonly scale: number;
}

const DIFFUSION = { unit: 'mm²/s', shownUnit: '10⁻³ mm²/s', scale: 1000 };

/** Every quantity the program reports, in the order of tables and figures. */
export const QUANTITIES: readonly Quantity[] = [
  { name: 'D', label: 'diffusion coefficient', study: 'Dt', ...DIFFUSION },
  { name: 'f', label: 'perfusion fraction', study: 'Fp', unit: '', shownUnit: 'fraction', scale: 1 },
  { name: 'Dp', label: 'pseudo-diffusion coefficient', study: 'Dp', ...DIFFUSION },
  { name: 'S0', label: 'signal at b = 0', unit: '', shownUnit: '', scale: 1 },
];

/** What pictures of classified cases show beside the images: how much the log-odds fall where a part is covered. */
export const OCCLUSION = 'occlusion';

/** What pictures of synthesised images show, beside the weighted images. */
export const PERFUSION = 'perfusion';

/** What pictures of reconstructed images show: the whole slice, and the part around its lesion. */
export const MAGNITUDE = 'magnitude';
export const ZOOM = 'zoom';

const byName = new Map(QUANTITIES.map((quantity) => [quantity.name, quantity]));

/** The quantity of that name. One that is not listed is shown as it is stored, under its own name. */
export const quantityOf = (name: string): Quantity =>
  byName.get(name) ?? { name, label: name, unit: '', shownUnit: '', scale: 1 };

/** Unit of a quantity, of its errors and of their spread. */
export const quantityUnit = (name: string): string => quantityOf(name).unit;

/** A quantity with the unit it is shown in: `D (10⁻³ mm²/s)`, `f`. */
export function quantityHeading(name: string): string {
  const { shownUnit } = quantityOf(name);
  return shownUnit === '' || shownUnit === 'fraction' ? name : `${name} (${shownUnit})`;
}
