import type { RunManifest, StoredRun } from '../../contracts/stored-run.ts';
import { partOf } from '../../tables/reading/part-of.ts';
import { allFindings, answerOf, type PlacedFinding } from '../all-findings.ts';
import type { DrawnFigure } from '../write-figures.ts';
import type { BuiltTable } from '../write-tables.ts';

/** A figure with its tables, or a table alone. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly figure?: DrawnFigure;
  readonly tables: readonly BuiltTable[];
}

/** What a run shows about one experiment, or about all of them together. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly question?: string;
  readonly answer?: string;
  readonly method?: string;
  /** The record of this experiment alone; absent where the chapter is about several. */
  readonly manifest?: RunManifest;
  readonly topics: readonly Topic[];
  readonly findings: readonly PlacedFinding[];
  /** Tables that belong to the comparison with what is reported. */
  readonly compared: readonly BuiltTable[];
}

interface Parts {
  readonly run: StoredRun;
  readonly tables: readonly BuiltTable[];
  readonly figures: readonly DrawnFigure[];
}

/** Where tables name it as their place, they are shown with the comparison. */
export const COMPARISON = 'comparison';

/**
 * A chapter for each experiment of a run, in the order of its record, and at the end one for what is drawn from the rows of several.
 * A figure or table belongs to the experiment whose rows alone give it.
 */
export async function chaptersOf({ run, tables, figures }: Parts): Promise<Chapter[]> {
  const names = experimentsIn(run);
  const parts = new Map(names.map((name) => [name, partOf(run, name)]));
  const homeOf = (gives: (part: StoredRun) => unknown): string | undefined => {
    if (names.length === 1) return names[0];
    const homes = names.filter((name) => {
      const part = parts.get(name);
      return part !== undefined && givesSomething(() => gives(part));
    });
    return homes.length === 1 ? homes[0] : undefined;
  };
  const figureHomes = new Map(
    figures.map((each) => [
      each,
      homeOf(({ rows, pictures = [], manifest, history }) =>
        each.figure.draw(rows, pictures, manifest, history),
      ),
    ]),
  );
  const tableHomes = new Map(
    tables
      .filter(({ table, content }) => !table.csvOnly || content === undefined)
      .map((each) => [each, homeOf(({ rows, manifest }) => each.table.build(rows, manifest))]),
  );
  const findings = await allFindings(run);
  const at = <T>(homes: ReadonlyMap<T, string | undefined>, home: string | undefined): T[] =>
    [...homes].filter(([, own]) => own === home).map(([part]) => part);

  const chapters: Chapter[] = [];
  for (const name of names) {
    const about = run.manifest.about?.find((each) => each.name === name);
    const answer = await answerOf(run, name);
    const own = at(tableHomes, name);
    chapters.push({
      id: `experiment-${name}`,
      title: about?.label ?? (names.length === 1 ? 'Results' : name),
      ...(about ? { question: about.question } : {}),
      ...(answer === undefined ? {} : { answer }),
      ...(about?.method === undefined ? {} : { method: about.method }),
      manifest: parts.get(name)?.manifest ?? run.manifest,
      topics: topicsOf(
        at(figureHomes, name),
        own.filter(({ table }) => table.beside !== COMPARISON),
      ),
      findings: findings.filter(({ experiment }) => experiment === name),
      compared: own.filter(({ table }) => table.beside === COMPARISON),
    });
  }
  const across = topicsOf(at(figureHomes, undefined), at(tableHomes, undefined));
  if (across.length > 0)
    chapters.push({
      id: 'across',
      title: 'All experiments together',
      topics: across,
      findings: [],
      compared: [],
    });
  return chapters;
}

/** The experiments of a run: those of its record, and any others that its rows name. */
function experimentsIn({ manifest, rows }: StoredRun): string[] {
  const recorded = manifest.about?.map(({ name }) => name) ?? [];
  const found = new Set([...recorded, ...rows.map(({ experiment }) => experiment)]);
  return found.size > 0 ? [...found] : [manifest.experiment];
}

/** One that fails gives nothing: it is reported where the figure or table itself is. */
function givesSomething(give: () => unknown): boolean {
  try {
    return give() !== null;
  } catch {
    return false;
  }
}

/** Figures and tables in their order, tables with the figure that they name where it is there. */
function topicsOf(figures: readonly DrawnFigure[], tables: readonly BuiltTable[]): Topic[] {
  const beside = (name: string) => tables.filter(({ table }) => table.beside === name);
  const alone = tables.filter(({ table }) => !figures.some(({ name }) => name === table.beside));
  const topics = [
    ...figures.map((each) => ({
      order: each.figure.order ?? 100,
      topic: {
        id: `figure-${each.name}`,
        title: each.figure.title,
        figure: each,
        tables: inOrder(beside(each.name)),
      },
    })),
    ...alone.map((each) => ({
      order: each.table.order ?? 100,
      topic: { id: `table-of-${each.name}`, title: each.table.title, tables: [each] },
    })),
  ];
  return topics.sort((a, b) => a.order - b.order).map(({ topic }) => topic);
}

const inOrder = (tables: readonly BuiltTable[]): BuiltTable[] =>
  tables.toSorted((a, b) => (a.table.order ?? 100) - (b.table.order ?? 100));
