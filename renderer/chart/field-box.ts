import type { UnitSpans } from '../../shared/receptive-field.ts';

/** What a unit sees of a picture, in pixels. */
export interface FieldBox {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** @returns null where it sees only padding */
export function fieldBox(
  { rows, columns }: UnitSpans,
  { row, column }: { row: number; column: number },
): FieldBox | null {
  const [down, across] = [rows[row] ?? null, columns[column] ?? null];
  if (down === null || across === null) return null;
  return {
    ...{ top: down[0], left: across[0] },
    ...{ height: down[1] - down[0] + 1, width: across[1] - across[0] + 1 },
  };
}
