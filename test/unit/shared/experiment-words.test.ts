import { expect, it } from 'vitest';
import type { ExperimentResult, SideResult } from '../../../shared/experiment-protocol.ts';
import { seenIn } from '../../../shared/experiment-words.ts';
import { experimentConfig, experimentIds, experiments } from '../../../shared/experiments.ts';
import { runConfigSchema, type RunConfig } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import * as v from 'valibot';

interface Told {
  accuracy?: number | null;
  norm?: number;
  loss?: number;
  seconds?: number;
  parameters?: number;
}

const side = ({
  accuracy = 0.9,
  norm = 0.1,
  loss = 2.3,
  seconds = 1,
  parameters = 9000,
}: Told): SideResult => ({
  points: [1, 2, 3].map((step) => ({ step, loss, accuracy: 0.1, gradientNorms: [norm, 1] })),
  gradientLayers: [0, 4],
  parameters,
  seconds,
  hasDiverged: accuracy === null,
  validation: accuracy === null ? null : { loss, accuracy, examples: 1000 },
});

const result = (
  experiment: ExperimentResult['experiment'],
  one: Told,
  other: Told,
  ended: ExperimentResult['ended'] = 'complete',
): ExperimentResult => ({ experiment, ended, sides: [side(one), side(other)] });

/** Of each experiment: what is usual, and the contrary, with words that only one of them has. */
const outcomes: [ExperimentResult, ExperimentResult, string, string][] = [
  [
    result('relu-sigmoid', { accuracy: 0.94 }, { accuracy: 0.1, norm: 0.0001 }),
    result('relu-sigmoid', { accuracy: 0.8 }, { accuracy: 0.9, norm: 0.05 }),
    'the gradient vanished',
    'did not vanish',
  ],
  [
    result('pooling-strided', { accuracy: 0.965 }, { accuracy: 0.955 }),
    result('pooling-strided', { accuracy: 0.8 }, { accuracy: 0.95 }),
    'cost little: 1.0 percentage point apart',
    'a stride of 2 did better here',
  ],
  [
    result('pooling-none', { seconds: 1 }, { seconds: 2.4, parameters: 126_698, accuracy: 0.95 }),
    result('pooling-none', { seconds: 1 }, { seconds: 0.9, parameters: 126_698, accuracy: 0.8 }),
    '126,698 weights in place of 9,000, for 5.0 percentage points more',
    'it took no longer is not what is usual',
  ],
  [
    result('sharing-dense', { accuracy: 0.965 }, { accuracy: 0.909 }),
    result('sharing-dense', { accuracy: 0.9 }, { accuracy: 0.95 }),
    'worth 5.6 percentage points',
    'sharing was worth nothing',
  ],
  [
    result('start-small', { accuracy: 0.95 }, { accuracy: 0.1, norm: 5.6e-6 }),
    result('start-small', { accuracy: 0.9 }, { accuracy: 0.92, norm: 0.09 }),
    '5.6·10⁻⁶ with 0.01, 1.8·10⁴ times larger with He’s',
    'let the gradient through',
  ],
  [
    result('start-large', { accuracy: 0.95 }, { accuracy: null, loss: 5000 }),
    result('start-large', { accuracy: 0.9 }, { accuracy: 0.92, loss: 2.4 }),
    'everything exploded',
    'did not explode',
  ],
];

it.each(outcomes)('says what was seen, usual or not: $experiment', (usual, contrary, yes, no) => {
  const [seen, other] = [seenIn(usual), seenIn(contrary)];
  expect(seen.isUsual).toBe(true);
  expect(seen.sentences.join(' ')).toContain(yes);
  expect(seen.sentences.join(' ')).not.toContain(no);
  expect(other.isUsual).toBe(false);
  expect(other.sentences.join(' ')).toContain(no);
  expect(other.sentences.join(' ')).not.toContain(yes);
});

it('a better score alone is not the reason that was looked for', () => {
  const seen = seenIn(result('relu-sigmoid', { accuracy: 0.94 }, { accuracy: 0.5, norm: 0.09 }));
  expect(seen.isUsual).toBe(false);
});

it('what was stopped concludes nothing; what diverged is told', () => {
  const stopped = result('relu-sigmoid', {}, {}, 'stopped');
  expect(seenIn(stopped)).toEqual({
    isUsual: null,
    sentences: ['Stopped after 3 steps: nothing is concluded.'],
  });
  const { sentences } = seenIn(result('start-large', {}, { accuracy: null, loss: 9000 }));
  expect(sentences.slice(0, 2)).toEqual([
    'After 3 steps, right of 1,000 new images: He’s start 90.0 %, a start of 1.0 none, its numbers ended.',
    'The numbers of a start of 1.0 grew beyond what can be computed after 3 steps.',
  ]);
});

it.each(experimentIds)('%s: both networks fit MNIST, and differ in their layers alone', (id) => {
  const experiment = experiments[id];
  const [one, other] = experiment.sides.map((each) => experimentConfig(experiment, each));
  for (const config of [one!, other!]) {
    expect(v.safeParse(runConfigSchema, config).issues).toBeUndefined();
    expect(networkShape(config.network.layers, [28, 28, 1], 10).parameters).toBeLessThan(150_000);
  }
  const withoutNetwork = (config: RunConfig): unknown => ({ ...config, network: null });
  expect(withoutNetwork(one!)).toEqual(withoutNetwork(other!));
  expect(one!.network.layers).not.toEqual(other!.network.layers);
});

it('sharing is compared with about as many dense weights', () => {
  const [shared, dense] = experiments['sharing-dense'].sides.map(
    ({ layers }) => networkShape(layers, [28, 28, 1], 10).parameters,
  );
  expect(Math.abs(shared! / dense! - 1)).toBeLessThan(0.03);
});
