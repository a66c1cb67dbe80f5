import type { DiagnosticsEvent } from './trainer-events.ts';

/**
 * Whether each layer learns, from what is measured of it. The thresholds are rules of thumb, wide enough that a run that learns well
 * passes them; each says where it comes from. A reading is the median of the last `MEDIAN_OF`, so that one odd step says nothing.
 */
const MEDIAN_OF = 3;

/**
 * A layer whose gradient is this share of the last layer's, or less, gets nothing of the error any more. Sigmoids pass on at most a
 * quarter a layer, mostly far less (Glorot and Bengio 2010): a hundred thousandth is what some five to eight of them leave.
 */
export const VANISHED = 1e-5;

/**
 * A gradient norm from here on is out of hand. Norms to which gradients are clipped in practice are 0.25 to 10, about the mean of a run
 * that is well (Pascanu, Mikolov and Bengio 2013); this is ten times their greatest.
 */
export const EXPLODING = 100;

/**
 * A step that changes a layer's weights by this share of their size, or more. About a thousandth is right (Karpathy, CS231n, "ratio of
 * weights:updates"); a hundred times that is a tenth of the layer in one step.
 */
export const FAST = 0.1;

/**
 * As little as a millionth a step, in each of the last readings: a thousandth of what is right. A million steps would not make another
 * layer of it. One reading says nothing: rules that keep means of gradients begin slowly.
 */
export const STILL = 1e-6;

/**
 * From this share of a dense layer's units that were zero for the whole batch: too high a rate is said to kill as much as 40 %
 * (Karpathy, CS231n). Units for rare images are zero for many a batch and not dead: of the seed network's a third is while it learns.
 */
export const DEAD_UNITS = 0.4;

/** Of a convolution's filters, which are zero at every place of every image then: of the seed network's hardly one is. Ours. */
export const DEAD_FILTERS = 0.25;

/** Below this share of the rate that was set, steps are small because the schedule has it so. */
const RATE_SHARE = 0.1;

export const healthKinds = ['exploding', 'vanished', 'dead', 'fast', 'still'] as const;
/** What may be wrong with a layer, the worst first. */
export type HealthKind = (typeof healthKinds)[number];

export interface HealthFinding {
  kind: HealthKind;
  /** Its place in the network's list, and its name: convolution_2. */
  layer: number;
  name: string;
  /** A gradient norm; of a vanished one, its share of the last layer's; a share of units; or update : weights. */
  value: number;
}

export interface LayersHealth {
  /** The worst first; of a kind, in the order of the network. */
  findings: HealthFinding[];
  /** Layers that have weights. */
  learning: number;
  /** The least gradient norm as a share of the greatest; null: none is above zero. */
  evenness: number | null;
}

/** Of one layer, each a median; null where it has no such thing. */
interface LayerReading {
  layer: number;
  name: string;
  gradient: number | null;
  /** Update : weights; null where the weights are all zero. */
  ratio: number | null;
  /** It hardly moved in any of them. */
  isStill: boolean;
  dead: number | null;
}

/**
 * What is to be said of the layers as they are now.
 * @param readings of the run, in the order of their steps
 * @param rateShare the rate in force as a share of the one that was set, 0 where that is not known: a layer that hardly moves is told
 * of only where the schedule does not have it so
 * @returns null where nothing was measured
 */
export function layersHealth(
  readings: readonly DiagnosticsEvent[],
  rateShare: number,
): LayersHealth | null {
  const layers = medianReadings(readings.slice(-MEDIAN_OF));
  if (layers.length === 0) return null;
  const learning = layers.filter(({ gradient }) => gradient !== null);
  const last = learning.at(-1)?.gradient ?? 0;
  const findings = layers.flatMap((layer) => findingOf(layer, last, rateShare) ?? []);
  const gradients = learning.map(({ gradient }) => gradient ?? 0);
  const [least, most] = [Math.min(...gradients), Math.max(...gradients)];
  return {
    findings: findings.sort((a, b) => healthKinds.indexOf(a.kind) - healthKinds.indexOf(b.kind)),
    learning: learning.length,
    evenness: gradients.length > 0 && most > 0 ? least / most : null,
  };
}

/** The worst that is wrong with a layer; null: nothing is. */
function findingOf(
  { layer, name, gradient, ratio, isStill, dead }: LayerReading,
  lastGradient: number,
  rateShare: number,
): HealthFinding | null {
  const found = (kind: HealthKind, value: number): HealthFinding => ({ kind, layer, name, value });
  if (gradient !== null && gradient >= EXPLODING) return found('exploding', gradient);
  // A layer of dead units passes on no gradient: the units are the cause.
  if (dead !== null && dead >= deadlyShare(name)) return found('dead', dead);
  const share = lastGradient > 0 && gradient !== null ? gradient / lastGradient : 1;
  if (share <= VANISHED) return found('vanished', share);
  if (ratio !== null && ratio >= FAST) return found('fast', ratio);
  if (isStill && ratio !== null && rateShare >= RATE_SHARE) return found('still', ratio);
  return null;
}

const deadlyShare = (name: string): number =>
  name.startsWith('dense') ? DEAD_UNITS : DEAD_FILTERS;

/** Update : weights of one reading; null where there is none. */
export const updateRatio = ({
  updateNorm,
  weightNorm,
}: Pick<DiagnosticsEvent['layers'][number], 'updateNorm' | 'weightNorm'>): number | null =>
  updateNorm !== null && weightNorm !== null && weightNorm > 0 ? updateNorm / weightNorm : null;

function medianReadings(readings: readonly DiagnosticsEvent[]): LayerReading[] {
  const newest = readings.at(-1)?.layers ?? [];
  return newest.map(({ layer, name }) => {
    const own = readings.flatMap(({ layers }) => layers.filter((each) => each.layer === layer));
    const ratios = own.map(updateRatio);
    return {
      layer,
      name,
      isStill:
        ratios.length >= MEDIAN_OF && ratios.every((ratio) => ratio !== null && ratio <= STILL),
      gradient: medianOf(own.map(({ gradientNorm }) => gradientNorm)),
      ratio: medianOf(ratios),
      dead: medianOf(own.map(({ deadShare }) => deadShare)),
    };
  });
}

function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
