import { onSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { statusShares } from '../../fit-results/status-shares.ts';
import { paintCodes } from '../look/paint.ts';
import { UNSEEN } from '../look/picture-panel.ts';
import { STATUS_COLORS } from '../look/status-colors.ts';
import { colorRow, topOfMap } from './map-rows.ts';
import type { SheetRow } from './sheet-panels.ts';

/** How well the decays explain the signals, voxel by voxel: residuals, R² and statuses. */
export function qualityRows(scan: FittedScan, sheet: ContactSheet): SheetRow[] {
  const { maps, sigma, status } = scan;
  const [residual, rSquared, S0] = ['residual', 'r_squared', 'S0'].map((name) => maps.get(name)!);
  const shown =
    sigma === undefined
      ? residual.map((value, i) => (100 * value) / S0[i])
      : residual.map((value) => value / sigma);
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
    const [low] = quantiles(rSquared, [0.02]);
    // A tenth below which hardly any voxel lies: most of the scale would show nothing otherwise.
    const bottom = Math.max(0, Math.min(0.9, Math.floor(10 * low) / 10));
    rows.push(
      colorRow(sheet, rSquared, {
        title: 'R²',
        subtitle: 'share of the variance over b that the fit explains',
        unit: '',
        scale: 1,
        range: [bottom, 1],
      }),
    );
  }
  return [...rows, statusRow(status, sheet)];
}

function statusRow(status: FittedScan['status'], sheet: ContactSheet): SheetRow {
  const occurring = statusShares(status);
  return {
    title: 'status',
    subtitle: 'outcome of the fit',
    address: paintCodes(onSheet(status, sheet), STATUS_COLORS),
    key: {
      data: { values: occurring.map(({ word }) => ({ word })) },
      mark: { ...UNSEEN, shape: 'square', filled: true },
      encoding: {
        color: {
          field: 'word',
          type: 'nominal',
          scale: {
            domain: occurring.map(({ word }) => word),
            range: occurring.map(({ code }) => STATUS_COLORS.get(code) ?? '#000000'),
          },
          legend: {
            title: null,
            orient: 'right',
            symbolType: 'square',
            symbolOpacity: 1,
            symbolSize: 60,
            labelFontSize: 10,
            offset: 8,
          },
        },
      },
    },
  };
}
