import { formatCount, formatSigned } from '../../shared/format.ts';
import { colorAt, type Rgb, type Scale } from '../../shared/diverging-scale.ts';
import { brightnessScale, paintColour, type FilterLook } from './filter-colours.ts';
import type { FilterMeasure, Kernel } from './filters.ts';

/** All filters at one step as a picture of their own, with the step and the scale written below. */

export interface SheetColours {
  ground: string;
  text: string;
  border: string;
  bad: string;
  family: string;
}

/** How filters are drawn; what is the same in all pictures of a film. */
export interface SheetStyle {
  look: FilterLook;
  measure: FilterMeasure;
  /** Where the scale ends. */
  limit: number;
  scale: Scale;
  colours: SheetColours;
}

/** What one picture shows. */
export interface Sheet {
  kernels: readonly Kernel[];
  /** Numbers of those that are dead. */
  dead: readonly number[];
  step: number;
}

const MARGIN = 12;
const GAP = 4;
/** Least width and height of a filter's picture, and how many stand beside each other. */
const LEAST_SIDE = 48;
const ACROSS = 8;
const LINE = 18;
const TEXT = 13;
const RAMP = { width: 120, height: 10 };
/** A colour for each of so many shares of the scale on either side of zero: a GIF holds them all. */
export const SHADES = 96;

interface Layout {
  width: number;
  height: number;
  /** Points for each weight. */
  cell: number;
  columns: number;
  /** Planes beside each other of one filter. */
  planes: number;
  filter: readonly [width: number, height: number];
}

function layoutOf(kernels: readonly Kernel[], look: FilterLook): Layout {
  const [first] = kernels;
  const planes = look === 'colour' ? 1 : (first?.planes.length ?? 1);
  const [rows, across] = [first?.height ?? 1, first?.width ?? 1];
  const cell = Math.max(2, Math.ceil(LEAST_SIDE / Math.max(rows, across)));
  const columns = Math.max(1, Math.min(kernels.length, Math.round(ACROSS / planes)));
  const filter = [planes * across * cell + planes - 1, rows * cell] as const;
  const lines = Math.ceil(kernels.length / columns);
  const width = Math.max(columns * (filter[0] + GAP) - GAP, 320) + 2 * MARGIN;
  return {
    cell,
    columns,
    planes,
    filter,
    width,
    height: lines * (filter[1] + GAP) + 2 * LINE + 2 * MARGIN,
  };
}

/** Width and height in points. */
export function sizeOfSheet(
  { kernels }: Pick<Sheet, 'kernels'>,
  look: FilterLook,
): readonly [number, number] {
  const { width, height } = layoutOf(kernels, look);
  return [width, height];
}

/** The colour of a value, as one of the shades. */
export const shadeOf = (scale: Scale, share: number): Rgb =>
  colorAt(scale, Math.round(Math.max(-1, Math.min(1, share)) * SHADES) / SHADES);

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** @param context of a canvas of `sizeOfSheet` */
export function paintSheet(
  context: OffscreenCanvasRenderingContext2D,
  sheet: Sheet,
  style: SheetStyle,
): void {
  const { kernels, dead } = sheet;
  const { width, height, columns, filter } = layoutOf(kernels, style.look);
  context.fillStyle = style.colours.ground;
  context.fillRect(0, 0, width, height);
  kernels.forEach((kernel, k) => {
    const left = MARGIN + (k % columns) * (filter[0] + GAP);
    const top = MARGIN + Math.floor(k / columns) * (filter[1] + GAP);
    paintFilter(context, kernel, style, left, top);
    if (dead.includes(kernel.number)) crossOut(context, style.colours.bad, left, top, filter);
  });
  paintCaption(context, sheet, style, height - MARGIN - LINE / 2, width);
}

function paintFilter(
  context: OffscreenCanvasRenderingContext2D,
  kernel: Kernel,
  { look, limit, scale, colours }: SheetStyle,
  left: number,
  top: number,
): void {
  const { cell, filter } = layoutOf([kernel], look);
  const inColour = look === 'colour' ? paintColour(kernel, limit) : null;
  const planes = inColour ? kernel.planes.slice(0, 1) : kernel.planes;
  planes.forEach((plane, p) => {
    plane.forEach((weight, place) => {
      const [red = 0, green = 0, blue = 0] = inColour?.subarray(place * 4) ?? [];
      context.fillStyle = css(
        inColour ? [red, green, blue] : shadeOf(scale, limit > 0 ? weight / limit : 0),
      );
      const x = left + p * (kernel.width * cell + 1) + (place % kernel.width) * cell;
      context.fillRect(x, top + Math.floor(place / kernel.width) * cell, cell, cell);
    });
  });
  context.strokeStyle = colours.border;
  context.strokeRect(left - 0.5, top - 0.5, filter[0] + 1, filter[1] + 1);
}

function crossOut(
  context: OffscreenCanvasRenderingContext2D,
  colour: string,
  left: number,
  top: number,
  [width, height]: readonly [number, number],
): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left + width, top + height);
  context.moveTo(left + width, top);
  context.lineTo(left, top + height);
  context.stroke();
}

/** The step at the left, the scale at the right. */
function paintCaption(
  context: OffscreenCanvasRenderingContext2D,
  { step }: Sheet,
  { look, measure, limit, scale, colours }: SheetStyle,
  middle: number,
  width: number,
): void {
  context.font = `${TEXT}px ${colours.family}`;
  context.textBaseline = 'middle';
  context.fillStyle = colours.text;
  context.fillText(
    `step ${formatCount(step)}${measure === 'change' ? ', change' : ''}`,
    MARGIN,
    middle,
  );
  const ends = [formatSigned(-limit), formatSigned(limit)] as const;
  const right = width - MARGIN - context.measureText(ends[1]).width;
  const left = right - RAMP.width - 8;
  context.fillText(ends[1], right, middle);
  context.fillText(ends[0], left - 8 - context.measureText(ends[0]).width, middle);
  for (let x = 0; x < RAMP.width; x++) {
    const share = (2 * x) / (RAMP.width - 1) - 1;
    context.fillStyle = css(shadeOf(look === 'colour' ? brightnessScale : scale, share));
    context.fillRect(left + x, middle - RAMP.height / 2, 1, RAMP.height);
  }
}
