import type { Chart, Plugin } from 'chart.js';
import { badgesOf, type EventMark } from './event-marks.ts';

/** Draws what happened to the run across a chart: a dashed line with number and sign each, and a short stroke where it was saved. */

export interface MarkColors {
  line: string;
  text: string;
  surface: string;
}

interface Drawn {
  marks: readonly EventMark[];
  colors: MarkColors;
}

/** By chart: they live as long as it does. */
const drawnOn = new WeakMap<Chart, Drawn>();

const HEIGHT = 16;
/** Room above the plot that numbers take, px. */
export const BADGE_ROOM = HEIGHT + 6;
const SAVED_STROKE = 5;

export const setEventMarks = (chart: Chart, drawn: Drawn): void => {
  drawnOn.set(chart, drawn);
};

/** Within the plot, where that does not show the whole run. */
const shownMarks = ({ chartArea, scales }: Chart, marks: readonly EventMark[]) =>
  marks.flatMap((mark) => {
    const x = Math.round(scales.x?.getPixelForValue(mark.step) ?? NaN);
    return x >= chartArea.left && x <= chartArea.right ? [{ mark, x }] : [];
  });

export const eventMarkPlugin: Plugin<'line'> = {
  id: 'eventMarks',

  beforeDatasetsDraw(chart) {
    const drawn = drawnOn.get(chart);
    if (!drawn) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.strokeStyle = drawn.colors.line;
    ctx.lineWidth = 1;
    for (const { mark, x } of shownMarks(chart, drawn.marks)) {
      ctx.setLineDash(mark.number === null ? [] : [3, 3]);
      ctx.beginPath();
      ctx.moveTo(x + 0.5, mark.number === null ? chartArea.bottom - SAVED_STROKE : chartArea.top);
      ctx.lineTo(x + 0.5, chartArea.bottom);
      ctx.stroke();
    }
    ctx.restore();
  },

  afterDatasetsDraw(chart) {
    const drawn = drawnOn.get(chart);
    if (!drawn) return;
    const { ctx, chartArea } = chart;
    const shown = shownMarks(chart, drawn.marks);
    const places = new Map(shown.map(({ mark, x }) => [mark.step, x]));
    const badges = badgesOf(
      shown.map(({ mark }) => mark),
      (step) => places.get(step) ?? 0,
    );
    ctx.save();
    ctx.font = `11px ${getComputedStyle(chart.canvas).fontFamily}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.lineWidth = 1;
    ctx.strokeStyle = drawn.colors.line;
    for (const { x, text } of badges) {
      const width = Math.max(Math.ceil(ctx.measureText(text).width) + 8, HEIGHT);
      const left = Math.min(Math.max(x - width / 2, 0), chart.width - width);
      const top = chartArea.top - HEIGHT - 2;
      ctx.fillStyle = drawn.colors.surface;
      ctx.beginPath();
      ctx.roundRect(left + 0.5, top + 0.5, width, HEIGHT, HEIGHT / 2);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = drawn.colors.text;
      ctx.fillText(text, left + width / 2 + 0.5, top + HEIGHT / 2 + 1);
    }
    ctx.restore();
  },
};
