import { parquetWriteBuffer } from 'hyparquet-writer';
import type { TableContent, TableValue } from '../../contracts/table.ts';

/**
 * A table as Parquet, with the columns of its CSV: numbers as DOUBLE, all else as STRING, null where nothing is known. An interval is
 * three columns `name`, `name_ci_low`, `name_ci_high`.
 */
export function toParquet({ columns, lines }: TableContent): Uint8Array {
  const columnData = columns.flatMap(({ name }, i) => {
    const values = lines.map(({ values: cells }) => cells[i]);
    if (!values.some(isInterval)) return [column(name, values)];
    const part = (key: 'value' | 'low' | 'high') =>
      values.map((value) => (isInterval(value) ? value[key] : key === 'value' ? value : null));
    return [
      column(name, part('value')),
      column(`${name}_ci_low`, part('low')),
      column(`${name}_ci_high`, part('high')),
    ];
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const isInterval = (value: TableValue): value is Extract<TableValue, { readonly low: number }> =>
  typeof value === 'object' && value !== null && 'low' in value;

function column(name: string, values: readonly TableValue[]) {
  const known = values.map((value) => {
    if (value === null || Number.isNaN(value) || value === '') return null;
    return typeof value === 'object' ? ('raw' in value ? value.raw : value.value) : value;
  });
  const isNumeric = known.every((value) => value === null || typeof value === 'number');
  return isNumeric
    ? { name, data: known, type: 'DOUBLE' as const, nullable: true }
    : {
        name,
        data: known.map((value) => (value === null ? null : String(value))),
        type: 'STRING' as const,
        nullable: true,
      };
}
