import type { Scale } from 'chart.js';
import type { ChartColors } from './chart-parts.ts';
import { shownBadges, shownMarkLines } from './event-mark-plugin.ts';
import type { CurveChart } from './curve-scene.ts';
import { lineColor } from './line-chart.ts';
import type { Shape, ShapePicture } from './picture-shapes.ts';

/** A chart as a picture of its own: as it is seen, with its title and legend, in the colours of the window. */

const HEADER = 28;
const MARGIN = 12;

export interface PictureWords {
  heading: string;
  /** What it shows, in a sentence. */
  sentence: string;
}

interface Point {
  x: number;
  y: number;
}

export function curvePicture(
  chart: CurveChart,
  { heading, sentence }: PictureWords,
  colors: ChartColors,
  family: string,
): ShapePicture {
  const move = ({ x, y }: Point): Point => ({ x: round(x + MARGIN), y: round(y + HEADER) });
  const { left, right, top, bottom } = chart.chartArea;
  const corner = move({ x: left, y: top });
  const end = move({ x: right, y: bottom });
  return {
    width: Math.ceil(chart.width) + 2 * MARGIN,
    height: Math.ceil(chart.height) + HEADER + MARGIN / 2,
    ground: colors.surface,
    family,
    plot: { left: corner.x, top: corner.y, right: end.x, bottom: end.y },
    title: sentence,
    shapes: [
      ...axisShapes(chart, colors, move),
      ...lineShapes(chart, move),
      ...markShapes(chart, colors, move),
      {
        kind: 'text',
        x: MARGIN,
        y: HEADER / 2,
        text: heading,
        fill: colors.markText,
        anchor: 'start',
        isStrong: true,
      },
      ...legendShapes(chart, colors),
    ],
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');

type Move = (point: Point) => Point;

function axisShapes(chart: CurveChart, colors: ChartColors, move: Move): Shape[] {
  const { left, right, top, bottom } = chart.chartArea;
  const { x, y } = chart.scales;
  const line = (from: Point, to: Point): Shape => ({
    kind: 'path',
    d: pathOf([move(from), move(to)]),
    stroke: colors.grid,
  });
  const text = (at: Point, words: string, anchor: 'start' | 'middle' | 'end'): Shape => ({
    ...move(at),
    kind: 'text',
    text: words,
    fill: colors.text,
    anchor,
  });
  const ticks = (scale: Scale | undefined) =>
    (scale?.ticks ?? []).map((tick, index, all) => ({
      at: scale?.getPixelForValue(tick.value) ?? NaN,
      label: String(tick.label ?? ''),
      anchor: index === all.length - 1 ? ('end' as const) : ('middle' as const),
    }));
  return [
    ...ticks(x).flatMap(({ at, label, anchor }, index) => [
      line({ x: at, y: top }, { x: at, y: bottom }),
      text({ x: at, y: bottom + 12 }, label, index === 0 ? 'start' : anchor),
    ]),
    ...ticks(y).flatMap(({ at, label }) => [
      line({ x: left, y: at }, { x: right, y: at }),
      text({ x: left - 8, y: at }, label, 'end'),
    ]),
  ];
}

/** In the order in which the chart draws them. */
function lineShapes(chart: CurveChart, move: Move): Shape[] {
  const { left, right, top, bottom } = chart.chartArea;
  const corner = move({ x: left, y: top });
  const end = move({ x: right, y: bottom });
  const metas = chart.getSortedVisibleDatasetMetas().toReversed();
  return metas.flatMap(({ index, data }): Shape[] => {
    const dataset = chart.data.datasets[index];
    if (!dataset || data.length === 0) return [];
    const points = data.map(({ x, y }) => move({ x, y }));
    const { borderColor, borderWidth, borderDash, pointRadius, fill, backgroundColor } = dataset;
    if (fill === '-1') {
      const below = chart.getDatasetMeta(index - 1).data.map(({ x, y }) => move({ x, y }));
      const d = `${pathOf([...points, ...below.toReversed()])}Z`;
      return [{ kind: 'path', d, fill: lineColor(backgroundColor), isClipped: true }];
    }
    if (borderWidth === 0) return [];
    const stroke = lineColor(borderColor);
    const dash = Array.isArray(borderDash) ? (borderDash as number[]) : [];
    // Those at the edge are drawn whole.
    const isSeen = ({ x, y }: Point): boolean =>
      x >= corner.x - 1 && x <= end.x + 1 && y >= corner.y - 1 && y <= end.y + 1;
    const dots = Number(pointRadius) > 0 ? points.filter(isSeen) : [];
    return [
      {
        kind: 'path',
        d: pathOf(points),
        stroke,
        width: Number(borderWidth),
        dash,
        isClipped: true,
      },
      ...dots.map(({ x, y }): Shape => {
        const r = Number(pointRadius);
        const d = `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
        return { kind: 'path', d, fill: stroke };
      }),
    ];
  });
}

function markShapes(chart: CurveChart, colors: ChartColors, move: Move): Shape[] {
  const { top } = chart.chartArea;
  return [
    ...shownMarkLines(chart).map((mark): Shape => ({
      kind: 'path',
      d: pathOf([move({ x: mark.x, y: mark.from }), move({ x: mark.x, y: mark.to })]),
      stroke: colors.mark,
      dash: mark.dash,
    })),
    ...shownBadges(chart).map(({ x, text }): Shape => ({
      ...move({ x, y: top - 10 }),
      kind: 'text',
      text,
      fill: colors.markText,
      anchor: 'middle',
    })),
  ];
}

/** At the right of the title: each line that is drawn, the last one first. */
function legendShapes(chart: CurveChart, colors: ChartColors): Shape[] {
  const y = HEADER / 2;
  let right = chart.width + MARGIN;
  const drawn = chart.data.datasets.filter(
    ({ data, borderWidth, fill, label }) =>
      data.length > 0 && borderWidth !== 0 && fill === undefined && label !== undefined,
  );
  return drawn.toReversed().flatMap(({ label = '', borderColor, borderDash, borderWidth }) => {
    const width = Math.ceil(label.length * 6.2);
    const left = right - width - 18;
    right = left - 14;
    return [
      {
        kind: 'path',
        d: `M${left} ${y}h14`,
        stroke: lineColor(borderColor),
        width: Number(borderWidth),
        dash: Array.isArray(borderDash) ? (borderDash as number[]) : [],
      },
      { kind: 'text', x: left + 18, y, text: label, fill: colors.text, anchor: 'start' },
    ];
  });
}
