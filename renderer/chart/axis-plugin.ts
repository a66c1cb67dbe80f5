import type { Chart, Plugin, Scale } from 'chart.js';

/**
 * Draws the two axes of a curve: their lines, and numbers beside them. Chart.js' own axes measure each label and resolve each option at every
 * redraw, which took a third of a frame; these have room that is known beforehand.
 */

/** Of the numbers beside the vertical axis, px. */
export const VALUES_WIDTH = 46;
/** Of those below the horizontal one, px. */
export const STEPS_HEIGHT = 24;
/** Between a number and the plot, px. */
const GAP = 8;
const FONT_SIZE = 11;

export interface AxisColors {
  grid: string;
  text: string;
}

interface Drawn extends AxisColors {
  family: string;
}

/** By chart: they live as long as it does. */
const drawnOn = new WeakMap<Chart, Drawn>();

/** @param family of the window's letters */
export const setAxes = (chart: Chart, colors: AxisColors, family: string): void => {
  drawnOn.set(chart, { ...colors, family });
};

/** Where a line of one pixel is sharp. */
const sharp = (pixel: number): number => Math.round(pixel) + 0.5;

const placesOf = (scale: Scale): { at: number; label: string }[] =>
  scale.ticks.map(({ value, label }) => ({
    at: scale.getPixelForValue(value),
    label: String(label ?? ''),
  }));

export const axisPlugin: Plugin<'line'> = {
  id: 'axes',

  beforeDatasetsDraw(chart) {
    const drawn = drawnOn.get(chart);
    const { ctx, chartArea, scales } = chart;
    if (!drawn || !scales.x || !scales.y) return;
    const { left, right, top, bottom } = chartArea;
    const [steps, values] = [placesOf(scales.x), placesOf(scales.y)];
    ctx.save();
    ctx.strokeStyle = drawn.grid;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (const x of [left, ...steps.map(({ at }) => at)]) {
      ctx.moveTo(sharp(x), top);
      ctx.lineTo(sharp(x), bottom);
    }
    for (const y of [bottom, ...values.map(({ at }) => at)]) {
      ctx.moveTo(left, sharp(y));
      ctx.lineTo(right, sharp(y));
    }
    ctx.stroke();
    ctx.fillStyle = drawn.text;
    ctx.font = `${FONT_SIZE}px ${drawn.family}`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'right';
    for (const { at, label } of values) ctx.fillText(label, left - GAP, at);
    for (const [index, { at, label }] of steps.entries()) {
      // The first and the last do not reach beyond the plot.
      ctx.textAlign = index === steps.length - 1 ? 'right' : index === 0 ? 'left' : 'center';
      ctx.fillText(label, at, bottom + STEPS_HEIGHT / 2 + 2);
    }
    ctx.restore();
  },
};
