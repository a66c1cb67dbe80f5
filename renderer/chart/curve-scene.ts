import type { Chart } from 'chart.js';
import type { CurveRange } from '../../shared/curve-view.ts';
import type { AxisScale } from './axis-scale.ts';
import type { CurveLines, CurvePoint } from './curve.ts';
import type { EventMark } from './event-marks.ts';
import type { ExtraLine } from './extra-line.ts';

/** What a chart of one quantity shows. */

export interface ChartTexts {
  /** The value as the read-out says it. */
  format: (value: number) => string;
  formatTick: (value: number) => string;
}

/** The vertical axis. */
export interface ValueAxis {
  logarithmic: boolean;
  /** As a person has set it; null: what fits, within the bounds. */
  range: CurveRange | null;
  /** Where what fits begins and ends whatever is drawn; null: where the lines do. */
  least: number | null;
  most: number | null;
}

export interface CurveScene {
  lines: CurveLines;
  extraLines: readonly ExtraLine[];
  /** What happened to the run. */
  marks: readonly EventMark[];
  axis: AxisScale;
  /** The steps that are seen. */
  shown: CurveRange;
  values: ValueAxis;
}

export type CurveChart = Chart<'line', CurvePoint[]>;
