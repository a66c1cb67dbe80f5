import type { Chart, Plugin } from 'chart.js';

/** Where a person points: a line across the plot, and a dot on each curve. */

export interface Pointed {
  step: number;
  dots: readonly { y: number; color: string }[];
  color: string;
  surface: string;
}

const RADIUS = 4;
const pointedOn = new WeakMap<Chart, Pointed>();
const scaleOf = new WeakMap<Chart, (step: number) => number>();

/** Where a step lies on the horizontal axis. */
export const setPointerScale = (chart: Chart, valueAt: (step: number) => number): void => {
  scaleOf.set(chart, valueAt);
};

/** Draws it, without anything else being computed anew. */
export function setPointed(chart: Chart, pointed: Pointed | null): void {
  if (pointed) pointedOn.set(chart, pointed);
  else if (!pointedOn.delete(chart)) return;
  chart.draw();
}

export const pointerPlugin: Plugin<'line'> = {
  id: 'pointed',
  afterDatasetsDraw(chart) {
    const pointed = pointedOn.get(chart);
    const { ctx, chartArea, scales } = chart;
    if (!pointed || !scales.x || !scales.y) return;
    const x = scales.x.getPixelForValue(scaleOf.get(chart)?.(pointed.step) ?? pointed.step);
    if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
    ctx.save();
    ctx.strokeStyle = pointed.color;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(Math.round(x) + 0.5, chartArea.top);
    ctx.lineTo(Math.round(x) + 0.5, chartArea.bottom);
    ctx.stroke();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = pointed.surface;
    for (const { y, color } of pointed.dots) {
      const at = scales.y.getPixelForValue(y);
      if (at < chartArea.top - RADIUS || at > chartArea.bottom + RADIUS) continue;
      ctx.fillStyle = color;
      ctx.beginPath();
      ctx.arc(x, at, RADIUS, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    ctx.restore();
  },
};
