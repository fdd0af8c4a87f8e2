import { onSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { statusShares } from '../../fit-results/status-shares.ts';
import { paintCodes } from '../look/paint.ts';
import { STATUS_COLORS, statusSwatches } from '../look/status-colors.ts';
import { swatchKey } from '../look/swatch-key.ts';
import { bottomOfRSquared, colorRow, topOfMap } from './map-rows.ts';
import type { SheetRow } from './sheet-panels.ts';

/** How well the decays explain the signals, voxel by voxel: residuals, R² and statuses. */
export function qualityRows(scan: FittedScan, sheet: ContactSheet): SheetRow[] {
  const { maps, sigma, status } = scan;
  const [residual, rSquared, S0] = ['residual', 'r_squared', 'S0'].map((name) => maps.get(name)!);
  const shown =
    sigma === undefined
      ? residual.map((value, i) => (100 * value) / S0[i])
      : residual.map((value, i) => value / (maps.get('sigma')?.[i] ?? sigma));
  const rows: SheetRow[] = [];
  if (shown.some(Number.isFinite)) {
    rows.push(
      colorRow(sheet, shown, {
        title: 'residual',
        subtitle: 'root mean square of signal minus fit',
        unit: sigma === undefined ? '% of S0' : 'noise = 1',
        scale: 1,
        range: [0, topOfMap(shown, 1)],
      }),
    );
  }
  if (rSquared.some(Number.isFinite)) {
    rows.push(
      colorRow(sheet, rSquared, {
        title: 'R²',
        subtitle: 'share of the variance over b that the fit explains',
        unit: '',
        scale: 1,
        range: [bottomOfRSquared(rSquared), 1],
      }),
    );
  }
  return [...rows, statusRow(status, sheet)];
}

function statusRow(status: FittedScan['status'], sheet: ContactSheet): SheetRow {
  return {
    title: 'status',
    subtitle: 'outcome of the fit',
    address: paintCodes(onSheet(status, sheet), STATUS_COLORS),
    key: swatchKey(statusSwatches(statusShares(status)), { orient: 'right', symbolSize: 60, offset: 8 }),
  };
}
