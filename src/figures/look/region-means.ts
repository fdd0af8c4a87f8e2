import type { Row } from '../../contracts/metric.ts';
import { ROI_MEAN } from '../../measures/regions.ts';

/** The mean of a region of one subject, readers averaged. */
export interface SubjectMean {
  readonly method: string;
  readonly parameter: Row['parameter'];
  readonly session: string;
  readonly region: string;
  readonly subject: string;
  readonly value: number;
  /** By reader. */
  readonly readers: ReadonlyMap<string, number>;
}

/** Rows of region means, one entry per subject in place of one per reader. Without a value are those no reader has one for. */
export function subjectMeans(rows: readonly Row[]): SubjectMean[] {
  const found = new Map<string, Omit<SubjectMean, 'value'> & { readonly readers: Map<string, number> }>();
  for (const { method, parameter, factors, metric, value } of rows) {
    if (metric !== ROI_MEAN.name || !Number.isFinite(value)) continue;
    const [session, region, subject, reader] = ['session', 'region', 'subject', 'reader'].map((name) =>
      String(factors[name] ?? ''),
    );
    const key = JSON.stringify([method, parameter, session, region, subject]);
    const known = found.get(key) ?? {
      method,
      parameter,
      session,
      region,
      subject,
      readers: new Map<string, number>(),
    };
    known.readers.set(reader, value);
    found.set(key, known);
  }
  return [...found.values()].map((entry) => {
    const values = [...entry.readers.values()];
    return { ...entry, value: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
}
