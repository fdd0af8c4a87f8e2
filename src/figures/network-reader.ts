import type { Figure } from '../contracts/figure.ts';
import { NETWORK_ICC2_DIFFERENCE } from '../measures/network-reader.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'A network as one more reader',
  order: 2.35,
  caption:
    'Agreement of the network with the readers less that of the readers with each other, in points of ICC(2,1) in per cent: below 0, the network agrees less with ' +
    'readers than they do among themselves. 95 % jackknife intervals over people. `truth` is of the true means inside what each of them marked.',
  draw(rows, _pictures, manifest) {
    const shown = rows.filter(({ metric }) => metric === NETWORK_ICC2_DIFFERENCE.name);
    const spec = intervalPanels(rows, shown, floorOf(manifest), {
      ...{ title: 'Difference of ICC (points)', scale: 100, unit: 'points', fromZero: false },
    });
    return spec && { ...spec, description: figure.title };
  },
};
export default figure;
