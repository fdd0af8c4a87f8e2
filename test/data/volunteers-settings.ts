import { fileURLToPath } from 'node:url';
import { check } from '../../src/config/check.ts';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { plainValue, readYaml } from '../../src/config/yaml-text.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';

export const bValues = [0, 10, 20, 60, 150, 300, 500, 1000];

type Virtual = Record<string, unknown> & { ideal: { readers: unknown } };

/** The settings of `configs/volunteers.yaml`. */
export async function clinicSettings(change: (virtual: Virtual) => unknown = (virtual) => virtual) {
  const yaml = await readYaml(fileURLToPath(new URL('../../configs/volunteers.yaml', import.meta.url)));
  const { data } = plainValue(yaml) as { data: { virtual: Virtual } };
  const { virtual } = await check(CohortData, { virtual: change(data.virtual) }, () => 'data');
  return { seed: 2020, bValues, ...virtual! } satisfies VolunteersSettings;
}

/** The same without motion, with the readers of `ideal` alone, and tissue that varies less. */
export const shippedSettings = (): Promise<VolunteersSettings> =>
  clinicSettings(({ ideal: { readers }, ...virtual }) => {
    return { ...virtual, motion: [0, 0, 0], readers, organs: 'abdomen' };
  });

/** Two people on a coarse grid, quickly made. */
export async function smallSettings(): Promise<VolunteersSettings> {
  const settings = await shippedSettings();
  return { ...settings, subjects: 2, image: { shape: [32, 24, 6], voxel: [8, 8, 8], tilt: 5 } };
}
