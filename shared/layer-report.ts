import type { LayerConfig } from './config.ts';
import { describeEnd } from './layer-report-ends.ts';
import { sizeFormulas, sizeNotes, type Formula } from './layer-report-formulas.ts';
import { describeMisfit } from './layer-report-misfits.ts';
import type { LayerProblem } from './layer-report-repairs.ts';
import {
  connectionWeights,
  misfitOfNetwork,
  sumLayers,
  walkLayers,
  type ExampleShape,
  type LayerShape,
  type NetworkTotals,
} from './network-shape.ts';
import { receptiveSize, receptiveSpans, type UnitSpans } from './receptive-field.ts';
import { isSlidingLayer, slideOver } from './sliding.ts';

/** Reports on a layer list, possible or impossible, for the network's column. */

/** The report on one layer. */
export interface LayerReport {
  /** `after` means that it comes after an impossible layer, so that nothing is known of it. */
  state: 'fits' | 'impossible' | 'after';
  /** Null unless it fits. */
  shape: LayerShape | null;
  /** Formulas for the size of the output of a layer with a window, also if it is impossible. */
  formulas: Formula[];
  /** Sentences about what may surprise. */
  notes: string[];
  /** Null unless it is impossible. */
  problem: LayerProblem | null;
  /** Height and width of the part of the image that a unit sees. */
  receptiveField: readonly [number, number] | null;
  /** Number of weights that a dense layer in its place would need more; null unless it is a convolution that fits. */
  sharingSaves: number | null;
}

/** The report on a layer list. */
export interface NetworkReport {
  layers: LayerReport[];
  /** What is impossible about the whole network although its layers fit: its end, or that nothing is learned. */
  problem: LayerProblem | null;
  /** Null if a layer is impossible. */
  totals: NetworkTotals | null;
  /** Whether it can be trained, so that networkShape does not throw. */
  isPossible: boolean;
}

/**
 * Reports on a layer list. It never throws: what is impossible is part of the report.
 * @param input [height, width, channels] of an image
 */
export function reportLayers(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
  classes: number,
): NetworkReport {
  const { shapes, misfit } = walkLayers(layers, input);
  const ends = { input, classes };
  const spans = receptiveSpans(shapes, input);
  const fitting = shapes.map((shape, k) => reportFitting(shape, spans[k]));
  if (misfit) {
    const index = shapes.length;
    const impossible: LayerReport = {
      ...nothingKnown,
      state: 'impossible',
      formulas: formulasOf(layers[index], shapes.at(-1)?.output ?? input),
      problem: describeMisfit(misfit, { ...ends, layers, index, shapes }),
    };
    const after = layers.slice(index + 1).map(() => nothingKnown);
    return {
      layers: [...fitting, impossible, ...after],
      ...{ problem: null, totals: null, isPossible: false },
    };
  }
  const untrainable = misfitOfNetwork(shapes, input, classes);
  return {
    layers: fitting,
    problem: untrainable && describeEnd(untrainable, layers, ends),
    totals: sumLayers(shapes),
    isPossible: untrainable === null,
  };
}

const nothingKnown: LayerReport = {
  state: 'after',
  shape: null,
  formulas: [],
  notes: [],
  problem: null,
  receptiveField: null,
  sharingSaves: null,
};

function formulasOf(layer: LayerConfig | undefined, input: ExampleShape): Formula[] {
  if (!layer || !isSlidingLayer(layer) || input.length !== 3) return [];
  return sizeFormulas(layer, slideOver(layer, input));
}

function reportFitting(shape: LayerShape, spans: UnitSpans | undefined): LayerReport {
  const { layer, input } = shape;
  const receptiveField = spans ? receptiveSize(spans) : null;
  const notes =
    isSlidingLayer(layer) && input.length === 3 ? sizeNotes(layer, slideOver(layer, input)) : [];
  if (receptiveField?.includes(0))
    notes.push('It sees only padding: no pixel of the image reaches it.');
  return {
    state: 'fits',
    shape,
    formulas: formulasOf(layer, input),
    notes,
    problem: null,
    receptiveField,
    sharingSaves:
      layer.type === 'convolution'
        ? Math.max(shape.denseConnections - connectionWeights(layer, input), 0)
        : null,
  };
}
