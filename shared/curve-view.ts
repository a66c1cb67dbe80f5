import * as v from 'valibot';

/** How a person wants the curves drawn; kept over a restart. */

/** What the horizontal axis counts. */
export const curveAxes = ['steps', 'epochs', 'time'] as const;
export type CurveAxis = (typeof curveAxes)[number];

/** What is drawn over it. */
export const curveQuantities = ['loss', 'accuracy', 'rate'] as const;
export type CurveQuantity = (typeof curveQuantities)[number];

/** In steps, how far back a smoothed line remembers; `automatic`: the farther the longer the run is; 0: it is not smoothed. */
export type SmoothingMemory = number | 'automatic';
export const MOST_MEMORY = 1_000_000;

/** From and to, of which the first is the less. */
const rangeSchema = v.pipe(
  v.strictObject({ from: v.pipe(v.number(), v.finite()), to: v.pipe(v.number(), v.finite()) }),
  v.check(({ from, to }) => from < to, 'from must be less than to'),
);
export type CurveRange = v.InferOutput<typeof rangeSchema>;

export const curveViewSchema = v.strictObject({
  axis: v.picklist(curveAxes),
  /** The newest step stays in sight. */
  follows: v.boolean(),
  /** Of loss and rate. */
  logarithmic: v.boolean(),
  smoothing: v.union([
    v.literal('automatic'),
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_MEMORY)),
  ]),
  /** The learning rate has a chart of its own. */
  showsRate: v.boolean(),
  /** The steps that are shown, whichever the axis; null: all. While the newest is followed, its width alone counts. */
  steps: v.nullable(rangeSchema),
  /** Of each vertical axis; null: what fits. */
  values: v.strictObject({
    loss: v.nullable(rangeSchema),
    accuracy: v.nullable(rangeSchema),
    rate: v.nullable(rangeSchema),
  }),
});
export type CurveViewSettings = v.InferOutput<typeof curveViewSchema>;

export const initialCurveView: CurveViewSettings = {
  axis: 'steps',
  follows: true,
  logarithmic: false,
  smoothing: 'automatic',
  showsRate: false,
  steps: null,
  values: { loss: null, accuracy: null, rate: null },
};
