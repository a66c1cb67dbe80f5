import { colorAt, type Scale } from '../../shared/diverging-scale.ts';
import type { UnitPlace } from '../../shared/unit-arithmetic.ts';
import { stripOf, thinningOf, type LayerValues } from './activation-maps.ts';

/** A layer's channels as one picture: maps side by side in rows, or units in the rows of a strip. */
export interface MapSheet {
  /** Of maps beside one another, and below one another. */
  columns: number;
  rows: number;
  /** How many maps there are; places after them are empty. */
  maps: number;
  /** Of each map, in places of the layer's output, of which every `stride`-th is shown. */
  height: number;
  width: number;
  stride: number;
}

/** Maps beside one another. */
const COLUMNS = 12;

/** @param most how many maps are shown; a row of units is shown whole */
export function sheetOf({ shape, values }: LayerValues, most: number): MapSheet {
  if (shape.length === 1) {
    const { height, width } = stripOf(values);
    return { columns: width, rows: height, maps: shape[0], height: 1, width: 1, stride: 1 };
  }
  const [height, width, channels] = shape;
  const maps = Math.min(channels, most);
  const rows = Math.ceil(maps / COLUMNS);
  return { columns: COLUMNS, rows, maps, height, width, stride: thinningOf(shape) };
}

/** Pixels of one map in the picture. */
const pixelsOf = ({ height, width, stride }: MapSheet): [rows: number, columns: number] => [
  Math.ceil(height / stride),
  Math.ceil(width / stride),
];

/** [height, width] of the whole picture, in pixels. */
export function sheetSize(sheet: MapSheet): [number, number] {
  const [rows, columns] = pixelsOf(sheet);
  return [sheet.rows * rows, sheet.columns * columns];
}

/** Steps of a scale from −1 to 1: more than can be told apart. */
const STEPS = 255;

/** A scale's colours in equal steps, RGBA as one number each. */
export function coloursOf(scale: Scale): Uint32Array {
  const bytes = new Uint8ClampedArray((2 * STEPS + 1) * 4);
  for (let k = 0; k <= 2 * STEPS; k++)
    bytes.set([...colorAt(scale, (k - STEPS) / STEPS), 255], k * 4);
  return new Uint32Array(bytes.buffer);
}

/**
 * RGBA bytes of a sheet, row by row. Maps that are empty stay clear.
 * @param limit the value at the ends of the scale
 * @param colours from `coloursOf`
 */
export function paintSheet(
  { shape, values }: LayerValues,
  sheet: MapSheet,
  limit: number,
  colours: Uint32Array,
): Uint8ClampedArray<ArrayBuffer> {
  const [height, width] = sheetSize(sheet);
  const [mapRows, mapColumns] = pixelsOf(sheet);
  const channels = shape.at(-1) ?? 1;
  const pixels = new Uint32Array(height * width);
  const factor = limit > 0 ? STEPS / limit : 0;
  for (let map = 0; map < sheet.maps; map++) {
    const top = Math.floor(map / sheet.columns) * mapRows;
    const left = (map % sheet.columns) * mapColumns;
    for (let row = 0; row < mapRows; row++)
      for (let column = 0; column < mapColumns; column++) {
        const place = row * sheet.stride * sheet.width + column * sheet.stride;
        const step = Math.round((values[place * channels + map] ?? 0) * factor);
        pixels[(top + row) * width + left + column] =
          colours[Math.min(Math.max(step, -STEPS), STEPS) + STEPS] ?? 0;
      }
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/**
 * The unit at a point of the picture.
 * @param x 0 at the left, 1 at the right
 * @param y 0 at the top, 1 at the bottom
 * @returns null where there is none
 */
export function unitAtPoint(sheet: MapSheet, x: number, y: number): UnitPlace | null {
  const [across, down] = [x * sheet.columns, y * sheet.rows];
  const [mapColumn, mapRow] = [Math.floor(across), Math.floor(down)];
  const channel = mapRow * sheet.columns + mapColumn;
  if (x < 0 || x >= 1 || y < 0 || y >= 1 || channel >= sheet.maps) return null;
  return {
    row: Math.floor((down - mapRow) * sheet.height),
    column: Math.floor((across - mapColumn) * sheet.width),
    channel,
  };
}

/** Where a unit, or with `whole` its map, lies in the picture, in shares of it. */
export function boxOfUnit(
  sheet: MapSheet,
  { row, column, channel }: UnitPlace,
  whole: boolean,
): { top: number; left: number; height: number; width: number } {
  const [high, wide] = [1 / sheet.rows, 1 / sheet.columns];
  const top = Math.floor(channel / sheet.columns) * high;
  const left = (channel % sheet.columns) * wide;
  if (whole) return { top, left, height: high, width: wide };
  const [cellHigh, cellWide] = [high / sheet.height, wide / sheet.width];
  return {
    ...{ top: top + row * cellHigh, left: left + column * cellWide },
    ...{ height: cellHigh, width: cellWide },
  };
}

/**
 * The unit that a key goes to: arrows by place, over a map's edge into the next map; Page Up and Page Down by channel.
 * @returns null: the key goes nowhere
 */
export function unitByKey(sheet: MapSheet, unit: UnitPlace, key: string): UnitPlace | null {
  const { row, column, channel } = unit;
  const moved = ((): UnitPlace | null => {
    switch (key) {
      case 'ArrowRight':
        return column + 1 < sheet.width
          ? { ...unit, column: column + 1 }
          : { row, column: 0, channel: channel + 1 };
      case 'ArrowLeft':
        return column > 0
          ? { ...unit, column: column - 1 }
          : { row, column: sheet.width - 1, channel: channel - 1 };
      case 'ArrowDown':
        return row + 1 < sheet.height
          ? { ...unit, row: row + 1 }
          : { row: 0, column, channel: channel + sheet.columns };
      case 'ArrowUp':
        return row > 0
          ? { ...unit, row: row - 1 }
          : { row: sheet.height - 1, column, channel: channel - sheet.columns };
      case 'PageDown':
        return { ...unit, channel: channel + 1 };
      case 'PageUp':
        return { ...unit, channel: channel - 1 };
      case 'Home':
        return { row: 0, column: 0, channel: 0 };
      case 'End':
        return { row: sheet.height - 1, column: sheet.width - 1, channel: sheet.maps - 1 };
      default:
        return null;
    }
  })();
  return moved && moved.channel >= 0 && moved.channel < sheet.maps ? moved : null;
}
