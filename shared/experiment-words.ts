import type { ExperimentResult, SideResult } from './experiment-protocol.ts';
import { experiments, type ExperimentId, type ExperimentSide } from './experiments.ts';
import { formatCount, formatFixed, formatPercent, formatScientific } from './format.ts';

/** What was seen in an experiment, in its own numbers, and whether that is what is usual. */
export interface Seen {
  /** Null: it was stopped, so that nothing is concluded. */
  isUsual: boolean | null;
  sentences: string[];
}

type Two = readonly [Side, Side];

/** One side, with its name and what is asked of it most. */
interface Side extends SideResult {
  name: string;
  /** Share of the validation images; 0 where its numbers ended. */
  accuracy: number;
  /** Norm of the first layer's gradient at each step. */
  firstNorms: number[];
}

/** So much smaller is a gradient that has vanished. */
const VANISHED = 10;
/** So many times a loss without any knowledge is one that has exploded. */
const EXPLODED = 10;
/** Shares of the images that make no difference worth telling. */
const ALIKE = 0.03;

const conclusions: Record<ExperimentId, (sides: Two) => { isUsual: boolean; sentences: string[] }> =
  {
    'relu-sigmoid': (sides) => {
      const [relu, sigmoid] = sides;
      const [kept, left] = [median(relu.firstNorms), median(sigmoid.firstNorms)];
      const hasVanished = kept > left * VANISHED;
      const isBetter = relu.accuracy > sigmoid.accuracy;
      return {
        isUsual: hasVanished && isBetter,
        sentences: [
          `The first layer’s gradient is ${formatScientific(kept)} with ReLU and ${formatScientific(left)} with sigmoid (median of all steps)${timesWords(kept, left, 'larger with ReLU')}.`,
          hasVanished
            ? 'With sigmoids the gradient vanished on its way back: each multiplies it by a quarter at most.'
            : 'This time the gradient did not vanish with sigmoids.',
          ...(isBetter ? [] : ['And ReLU did not learn more: that is not what is usual.']),
        ],
      };
    },
    'pooling-strided': (sides) => {
      const [pooled, strided] = sides;
      const apart = Math.abs(pooled.accuracy - strided.accuracy);
      return {
        isUsual: apart <= ALIKE,
        sentences: [
          secondsWords(sides),
          apart <= ALIKE
            ? `Doing without pooling cost little: ${pointsWords(apart)} apart.`
            : `They are ${pointsWords(apart)} apart, more than is usual: ${better(sides)} did better here.`,
        ],
      };
    },
    'pooling-none': (sides) => {
      const [pooled, none] = sides;
      const isSlower = none.seconds > pooled.seconds;
      const gain = none.accuracy - pooled.accuracy;
      return {
        isUsual: isSlower,
        sentences: [
          secondsWords(sides),
          `Without pooling there are ${formatCount(none.parameters)} weights in place of ${formatCount(pooled.parameters)}, for ${pointsWords(Math.abs(gain))} ${gain >= 0 ? 'more' : 'less'}.`,
          ...(isSlower ? [] : ['That it took no longer is not what is usual.']),
        ],
      };
    },
    'sharing-dense': (sides) => {
      const [shared, dense] = sides;
      const isBetter = shared.accuracy > dense.accuracy;
      return {
        isUsual: isBetter,
        sentences: [
          `Shared kernels have ${formatCount(shared.parameters)} weights, the dense network ${formatCount(dense.parameters)}.`,
          isBetter
            ? `With about as many weights, sharing them was worth ${pointsWords(shared.accuracy - dense.accuracy)}.`
            : `Here sharing was worth nothing: the dense network did better or as well by ${pointsWords(dense.accuracy - shared.accuracy)}, which is not what is usual.`,
        ],
      };
    },
    'start-small': (sides) => {
      const [he, small] = sides;
      const [kept, left] = [he.firstNorms[0] ?? 0, small.firstNorms[0] ?? 0];
      const hasVanished = kept > left * VANISHED;
      const isBetter = he.accuracy > small.accuracy;
      return {
        isUsual: hasVanished && isBetter,
        sentences: [
          `At the first step the first layer’s gradient is ${formatScientific(kept)} with He’s start and ${formatScientific(left)} with 0.01${timesWords(kept, left, 'larger with He’s')}.`,
          hasVanished
            ? 'So small weights let hardly anything through, forward or back.'
            : 'This time the small start let the gradient through.',
          ...(isBetter ? [] : ['And He’s start did not learn more: that is not what is usual.']),
        ],
      };
    },
    'start-large': (sides) => {
      const [he, large] = sides;
      const [usual, first] = [he.points[0]?.loss ?? NaN, large.points[0]?.loss ?? Infinity];
      const hasExploded = large.hasDiverged || first > usual * EXPLODED;
      const isBetter = he.accuracy > large.accuracy;
      return {
        isUsual: hasExploded && isBetter,
        sentences: [
          `The first loss is ${formatScientific(usual)} with He’s start and ${formatScientific(first)} with 1.0.`,
          hasExploded
            ? 'Such weights make each layer’s numbers larger than those before: everything exploded.'
            : 'This time the large start did not explode.',
          ...(isBetter ? [] : ['And He’s start did not learn more: that is not what is usual.']),
        ],
      };
    },
  };

/** Says what was seen: first what both learned, then what the experiment is about, also where that is not what is usual. */
export function seenIn({ experiment, ended, sides }: ExperimentResult): Seen {
  const { sides: asked } = experiments[experiment];
  const two = [sideOf(asked[0], sides[0]), sideOf(asked[1], sides[1])] as const;
  if (ended === 'stopped') {
    const steps = Math.max(...two.map(({ points }) => points.length));
    return {
      isUsual: null,
      sentences: [
        `Stopped after ${formatCount(steps)} ${steps === 1 ? 'step' : 'steps'}: nothing is concluded.`,
      ],
    };
  }
  const { isUsual, sentences } = conclusions[experiment](two);
  return { isUsual, sentences: [learnedWords(two), ...two.flatMap(endWords), ...sentences] };
}

const sideOf = ({ name }: ExperimentSide, result: SideResult): Side => ({
  ...result,
  name,
  accuracy: result.validation?.accuracy ?? 0,
  firstNorms: result.points.flatMap(({ gradientNorms }) => gradientNorms.slice(0, 1)),
});

function learnedWords(sides: Two): string {
  const [steps, images] = [
    Math.max(...sides.map(({ points }) => points.length)),
    Math.max(...sides.map(({ validation }) => validation?.examples ?? 0)),
  ];
  const each = sides.map(({ name, validation }) =>
    validation
      ? `${name} ${formatPercent(validation.accuracy)}`
      : `${name} none, its numbers ended`,
  );
  return `After ${formatCount(steps)} steps, right of ${formatCount(images)} new images: ${each.join(', ')}.`;
}

const endWords = ({ name, hasDiverged, points }: Side): string[] =>
  hasDiverged
    ? [`The numbers of ${name} grew beyond what can be computed after ${points.length} steps.`]
    : [];

const secondsWords = ([a, b]: Two): string =>
  `The steps took ${formatFixed(a.seconds, 1)} s with ${a.name} and ${formatFixed(b.seconds, 1)} s with ${b.name}.`;

const better = ([a, b]: Two): string => (a.accuracy >= b.accuracy ? a.name : b.name);

const pointsWords = (share: number): string => {
  const points = Math.round(share * 1000) / 10;
  return `${formatFixed(points, 1)} percentage ${points === 1 ? 'point' : 'points'}`;
};

/** Nothing where it is not larger at all, or infinitely so. */
const timesWords = (large: number, small: number, words: string): string =>
  small > 0 && large > small ? `, ${formatScientific(large / small)} times ${words}` : '';

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
