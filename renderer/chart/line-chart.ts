import { Chart, type ChartDataset, type ChartOptions, type Scale } from 'chart.js';
import { axisPlugin, setAxes, STEPS_HEIGHT, VALUES_WIDTH } from './axis-plugin.ts';
import { stepScale } from './axis-scale.ts';
import { axisTicks, logarithmicTicks } from './axis-ticks.ts';
import type { ChartColors } from './chart-parts.ts';
import { BADGE_ROOM, eventMarkPlugin, setEventMarks } from './event-mark-plugin.ts';
import type { CurvePoint } from './curve.ts';
import type { ChartTexts, CurveChart, CurveScene, ValueAxis } from './curve-scene.ts';
import { pointerPlugin, setPointerScale } from './pointer-plugin.ts';

/** The chart of one quantity: what was measured as a band or a thin line, the smoothed line, the validation, and what is laid over. */

/** Room above the plot, px: points and numbers at its edge are drawn whole. */
const TOP = 8;
/** From so many points of a validation on they are drawn small. */
const MANY_POINTS = 60;
const RIGHT = 8;
/** Of a tick of the vertical axis, px. */
const TICK_HEIGHT = 22;
/** Of a tick of the horizontal axis with its unit, px. */
const TICK_ROOM = { steps: 84, epochs: 66, time: 66 } as const;

/** Colours are texts here; Chart.js would take more. */
export const lineColor = (color: unknown): string => (typeof color === 'string' ? color : '');

const line = (label: string, order: number): ChartDataset<'line', CurvePoint[]> => ({
  label,
  data: [],
  order,
  borderWidth: 2,
  borderJoinStyle: 'bevel',
  pointRadius: 0,
  pointHitRadius: 0,
  pointHoverRadius: 0,
  // Points at the edge are drawn whole.
  clip: 8,
});

/** @param colors those it has at first: points that come take over what is there */
export const createCurveChart = (
  canvas: HTMLCanvasElement,
  texts: ChartTexts,
  colors: ChartColors,
): CurveChart =>
  new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        { ...line('Least measured', 6), borderWidth: 0, clip: 0 },
        { ...line('Most measured', 6), borderWidth: 0, clip: 0, fill: '-1' },
        { ...line('Training, this batch', 5), borderWidth: 1, clip: 0 },
        { ...line('Training, smoothed', 3), clip: 0 },
        { ...line('Validation', 1), ...colouredPoints(colors.validation) },
      ],
    },
    options: chartOptions(texts),
    plugins: [axisPlugin, eventMarkPlugin, pointerPlugin],
  });

const chartOptions = (texts: ChartTexts): ChartOptions<'line'> => ({
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  // Points are already {x, y} in order: nothing is copied or sorted at an update.
  parsing: false,
  normalized: true,
  // The frame around it hears the pointer.
  events: [],
  layout: { padding: { top: TOP, right: RIGHT } },
  scales: {
    x: {
      type: 'linear',
      display: false,
      ticks: { display: false },
      afterFit(scale: { height: number }) {
        scale.height = STEPS_HEIGHT;
      },
    },
    y: yAxis(false, texts),
  },
  plugins: { tooltip: { enabled: false } },
});

const yAxis = (logarithmic: boolean, texts: ChartTexts) => ({
  type: logarithmic ? ('logarithmic' as const) : ('linear' as const),
  display: false,
  ticks: {
    display: false,
    maxTicksLimit: 6,
    // Typed limits need not be round; a number there would stand on the next one.
    includeBounds: false,
    callback: (value: number | string) => texts.formatTick(Number(value)),
  },
  afterBuildTicks(scale: Scale) {
    if (!logarithmic) return;
    const most = Math.max(2, Math.floor(scale.height / TICK_HEIGHT));
    scale.ticks = logarithmicTicks(scale.ticks, most);
  },
  // All charts begin at the same place, whatever their labels are.
  afterFit(scale: { width: number }) {
    scale.width = VALUES_WIDTH;
  },
});

/** What each chart is drawn in. */
const coloursOf = new WeakMap<CurveChart, ChartColors>();

/** @param style in force at the chart, whose custom properties the colour of a line may name */
export function drawCurves(
  chart: CurveChart,
  scene: CurveScene,
  texts: ChartTexts,
  colors: ChartColors,
  style: CSSStyleDeclaration,
): void {
  if (coloursOf.get(chart) !== colors) {
    // Points that are there keep their colour, unless their line is another object.
    chart.data.datasets = chart.data.datasets.map((each) => ({ ...each }));
    coloursOf.set(chart, colors);
  }
  setOwnLines(chart, scene, colors);
  setExtraLines(chart, scene, style);
  setMarks(chart, scene, colors);
  setPointerScale(chart, (step) => scene.axis.valueAt(step));
  setXAxis(chart, scene);
  setYAxis(chart, scene.values, texts);
  setAxes(chart, colors, style.fontFamily);
  chart.update('none');
}

function setOwnLines(chart: CurveChart, { lines, axis }: CurveScene, colors: ChartColors): void {
  const onAxis = (points: readonly CurvePoint[]): CurvePoint[] =>
    axis === stepScale ? [...points] : points.map(({ x, y }) => ({ x: axis.valueAt(x), y }));
  const { band, raw, smooth, validation } = lines;
  const hasBand = band.low.length > 0;
  const { training } = colors;
  const drawn: Partial<ChartDataset<'line', CurvePoint[]>>[] = [
    { data: onAxis(band.low) },
    { data: onAxis(band.high), backgroundColor: faded(training, 26) },
    { data: hasBand ? [] : onAxis(raw), borderColor: faded(training, 45) },
    { data: onAxis(smooth), borderColor: training },
    {
      data: onAxis(validation),
      ...colouredPoints(colors.validation),
      pointRadius: validation.length > MANY_POINTS ? 2.5 : 4,
    },
  ];
  for (const [index, line] of drawn.entries())
    Object.assign(chart.data.datasets[index] ?? {}, line);
  chart.data.datasets.length = drawn.length;
}

/** Not as a function of the line: every point would then have its options computed anew at each redraw. */
const colouredPoints = (color: string) => ({
  borderColor: color,
  pointBackgroundColor: color,
  pointBorderWidth: 0,
});

const faded = (color: string, percent: number): string =>
  `color-mix(in srgb, ${color} ${percent}%, transparent)`;

/** A colour, or the custom property that has it. */
export const colourOf = (colour: string, style: CSSStyleDeclaration): string =>
  colour.startsWith('--') ? style.getPropertyValue(colour).trim() : colour;

function setExtraLines(
  chart: CurveChart,
  { extraLines, axis }: CurveScene,
  style: CSSStyleDeclaration,
): void {
  for (const { label, colour, dash, points, isStrong = false, hasMarks = false } of extraLines) {
    const color = colourOf(colour, style);
    chart.data.datasets.push({
      ...line(label, isStrong ? 2 : 4),
      data: points.map(({ x, y, epochsDone, seconds }) => {
        const own = { steps: x, epochs: epochsDone, time: seconds }[axis.axis];
        return { x: own ?? axis.valueAt(x), y };
      }),
      ...colouredPoints(color),
      borderDash: [...dash],
      borderWidth: isStrong ? 3 : 1.5,
      pointRadius: hasMarks ? 3.5 : 0,
      clip: hasMarks ? 8 : 0,
    });
  }
}

/** A place for numbers is kept only where there are any. */
function setMarks(
  chart: CurveChart,
  { marks, axis }: CurveScene,
  { mark, markText, surface }: ChartColors,
): void {
  const colors = { line: mark, text: markText, surface };
  setEventMarks(chart, { marks, colors, valueAt: (step) => axis.valueAt(step) });
  const isNumbered = marks.some(({ number }) => number !== null);
  chart.options.layout = { padding: { top: isNumbered ? BADGE_ROOM : TOP, right: RIGHT } };
}

function setXAxis(chart: CurveChart, { axis, shown }: CurveScene): void {
  const x = chart.options.scales?.x;
  if (!x) return;
  const [min, max] = [axis.valueAt(shown.from), axis.valueAt(shown.to)];
  Object.assign(x, {
    min,
    max,
    afterBuildTicks(scale: Scale) {
      const most = Math.max(2, Math.floor((scale.width || chart.width) / TICK_ROOM[axis.axis]));
      scale.ticks = axisTicks(axis.axis, min, max, most);
    },
    // Theirs are made with them.
    afterTickToLabelConversion: undefined,
  });
  if (x.ticks) x.ticks.callback = (_value, index, ticks) => ticks[index]?.label ?? '';
}

function setYAxis(chart: CurveChart, values: ValueAxis, texts: ChartTexts): void {
  const { scales } = chart.options;
  if (!scales?.y) return;
  const { logarithmic, range, least, most } = values;
  if ((scales.y.type === 'logarithmic') !== logarithmic) scales.y = yAxis(logarithmic, texts);
  // A logarithm has no nought.
  const usable = range && logarithmic && range.from <= 0 ? null : range;
  Object.assign(scales.y ?? {}, {
    min: usable?.from ?? (logarithmic ? undefined : (least ?? undefined)),
    max: usable?.to ?? (logarithmic ? undefined : (most ?? undefined)),
  });
}
