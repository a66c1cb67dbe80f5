import type { Chart, Plugin } from 'chart.js';
import { badgesOf, type Badge, type EventMark } from './event-marks.ts';

/** Draws what happened to the run across a chart: a dashed line with number and sign each, and a short stroke where it was saved. */

export interface MarkColors {
  line: string;
  text: string;
  surface: string;
}

interface Drawn {
  marks: readonly EventMark[];
  colors: MarkColors;
  /** Where a step lies on the horizontal axis. */
  valueAt: (step: number) => number;
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
function shownMarks(chart: Chart): { mark: EventMark; x: number }[] {
  const { chartArea, scales } = chart;
  const drawn = drawnOn.get(chart);
  if (!drawn) return [];
  return drawn.marks.flatMap((mark) => {
    const x = Math.round(scales.x?.getPixelForValue(drawn.valueAt(mark.step)) ?? NaN);
    return x >= chartArea.left && x <= chartArea.right ? [{ mark, x }] : [];
  });
}

/** Their lines, px. */
export const shownMarkLines = (
  chart: Chart,
): { x: number; from: number; to: number; dash: number[] }[] =>
  shownMarks(chart).map(({ mark, x }) => ({
    x: x + 0.5,
    from: mark.number === null ? chart.chartArea.bottom - SAVED_STROKE : chart.chartArea.top,
    to: chart.chartArea.bottom,
    dash: mark.number === null ? [] : [3, 3],
  }));

/** Their numbers, where they are drawn. */
export function shownBadges(chart: Chart): Badge[] {
  const shown = shownMarks(chart);
  const places = new Map(shown.map(({ mark, x }) => [mark.step, x]));
  return badgesOf(
    shown.map(({ mark }) => mark),
    (step) => places.get(step) ?? 0,
  );
}

export const eventMarkPlugin: Plugin<'line'> = {
  id: 'eventMarks',

  beforeDatasetsDraw(chart) {
    const drawn = drawnOn.get(chart);
    if (!drawn) return;
    const { ctx } = chart;
    ctx.save();
    ctx.strokeStyle = drawn.colors.line;
    ctx.lineWidth = 1;
    for (const { x, from, to, dash } of shownMarkLines(chart)) {
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(x, from);
      ctx.lineTo(x, to);
      ctx.stroke();
    }
    ctx.restore();
  },

  afterDatasetsDraw(chart) {
    const drawn = drawnOn.get(chart);
    if (!drawn) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.font = `11px ${getComputedStyle(chart.canvas).fontFamily}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.lineWidth = 1;
    ctx.strokeStyle = drawn.colors.line;
    for (const { x, text } of shownBadges(chart)) {
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
