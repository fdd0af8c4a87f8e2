import type { Cell, PlanContext } from '../../src/contracts/experiment.ts';
import { byProtocol, type PhantomConfig } from './config.ts';
import { planProtocol } from './plan-protocol.ts';

/** The cells of a study, and where it has several protocols, those of each: as they would be alone, but for the rows' `protocol`. */
export async function planPhantom(config: PhantomConfig, context: PlanContext): Promise<Cell[]> {
  const cells = [...byProtocol(config)].map(async ([protocol, own]) => {
    const planned = await planProtocol(own, context);
    return protocol === '' ? planned : planned.map((cell) => underProtocol(cell, protocol));
  });
  return (await Promise.all(cells)).flat();
}

function underProtocol(cell: Cell, protocol: string): Cell {
  const named = (id: string) => `${id} protocol=${protocol}`;
  return {
    ...cell,
    id: named(cell.id),
    input: { ...(cell.input as object), protocol },
    decides: { protocol, decides: cell.decides },
    needs: cell.needs.map(named),
  };
}
