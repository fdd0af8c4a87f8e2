import { loadConfig } from '../config/load-config.ts';

export interface ValidateWords {
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** Says that a config is right, or prints it complete. */
export async function validate(config: string, { set, json }: ValidateWords): Promise<number> {
  const study = await loadConfig(config, { set });
  const fitters = (study.config.fitters ?? []).map(({ name }) => name);
  const summary = [`${config}: valid`, `experiment ${study.experiment}`, `fitters ${fitters.join(', ')}`];
  process.stdout.write((json ? JSON.stringify(study, null, 2) : summary.join('; ')) + '\n');
  return 0;
}
