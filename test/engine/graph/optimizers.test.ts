import { describe, expect, it } from 'vitest';
import type { LayerConfig, UpdateRule } from '../../../shared/config.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { eagerGradients } from '../../support/eager.ts';
import { image, relativeError, testBatch } from '../../support/gradients.ts';
import { dense, descent, flatten } from '../../support/networks.ts';

/** Each update rule over five steps against its published formula in plain TypeScript, on tfjs's gradients. */

const TOLERANCE = 1e-4;
/** One a step, so that it shows whether what a rule keeps has been multiplied by the rate. */
const RATES = [0.05, 0.02, 0.06, 0.03, 0.04];
const DECAY = 0.1;
/** Between the gradients' norms: some steps are clipped, some are not. */
const LIMIT = 1.2;

/** Two weights, a bias, and a scale and a shift. */
const layers: LayerConfig[] = [
  flatten,
  dense(8, { bias: false }),
  { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'tanh' },
  dense(10),
];

/**
 * What is taken off a number for its gradient; `slots` is kept between steps.
 * @param t number of the step, from 1
 */
type Formula = (g: number, slots: number[], rate: number, t: number) => number;

function formulaOf(rule: UpdateRule): Formula {
  switch (rule.type) {
    // Tieleman & Hinton 2012, with momentum and epsilon as TensorFlow's documentation of it has them.
    case 'rmsprop':
      return (g, slots, rate) => {
        const [old = rule.meanSquareStart, before = 0] = slots;
        const meanSquare = rule.decay * old + (1 - rule.decay) * g * g;
        const moved = rule.momentum * before + (rate * g) / Math.sqrt(meanSquare + rule.epsilon);
        slots.splice(0, 2, meanSquare, moved);
        return moved;
      };
    case 'sgd':
      return (g, _, rate) => rate * g;
    // Polyak 1964; Nesterov 1983, as Sutskever et al. 2013 write it.
    case 'momentum':
    case 'nesterov':
      return (g, slots, rate) => {
        const velocity = rule.momentum * (slots[0] ?? 0) + g;
        slots[0] = velocity;
        return rate * (rule.type === 'nesterov' ? g + rule.momentum * velocity : velocity);
      };
    // Kingma & Ba 2015, in the order at the end of their section 2: both corrections are on the rate.
    case 'adam':
    case 'adamw':
      return (g, slots, rate, t) => {
        const m = rule.beta1 * (slots[0] ?? 0) + (1 - rule.beta1) * g;
        const v = rule.beta2 * (slots[1] ?? 0) + (1 - rule.beta2) * g * g;
        slots.splice(0, 2, m, v);
        const corrected = (rate * Math.sqrt(1 - rule.beta2 ** t)) / (1 - rule.beta1 ** t);
        return (corrected * m) / (Math.sqrt(v) + rule.epsilon);
      };
  }
}

interface Case {
  rule: UpdateRule;
  decay: number;
  limit: number | null;
}

type Variables = ReadonlyMap<string, Float32Array>;

/** Where the formula takes weights from `start` in five steps, and in how many of them the gradient was clipped. */
function followed(
  { rule, decay, limit }: Case,
  weights: readonly { name: string; shape: readonly number[] }[],
  start: Variables,
): { end: Map<string, Float64Array>; clipped: number } {
  const formula = formulaOf(rule);
  const end = new Map(weights.map(({ name }) => [name, Float64Array.from(start.get(name)!)]));
  const slots = new Map(
    [...end].map(([name, values]) => [name, Array.from(values, (): number[] => [])]),
  );
  let clipped = 0;
  for (const [step, rate] of RATES.entries()) {
    const values = new Map(
      weights.map(({ name, shape }) => [
        name,
        { values: Float32Array.from(end.get(name)!), shape },
      ]),
    );
    const { gradients } = eagerGradients(layers, values, testBatch(6, step + 1));
    const norm = Math.hypot(...[...gradients.values()].flatMap((each) => [...each]));
    const factor = limit === null ? 1 : Math.min(limit / norm, 1);
    if (factor < 1) clipped += 1;
    for (const [name, w] of end) {
      // Of weights alone; neither of a bias nor of a scale or a shift.
      const share = name.endsWith('/weights') ? decay : 0;
      const [penalty, shrunk] = rule.type === 'adamw' ? [0, rate * share] : [share, 0];
      gradients.get(name)!.forEach((g, k) => {
        const taken = formula(factor * g + penalty * w[k]!, slots.get(name)![k]!, rate, step + 1);
        w[k] = w[k]! * (1 - shrunk) - taken;
      });
    }
  }
  return { end, clipped };
}

async function expectFormula(one: Case): Promise<void> {
  const { rule, decay, limit } = one;
  const config = descent(layers, { rule, weightDecay: decay, clipNorm: limit });
  const session = await Session.open(compile(config, 'float32', image));
  session.start();
  const start = session.variables();
  for (const [step, rate] of RATES.entries())
    session.train(testBatch(6, step + 1), step, fedNumbers(config, rate));
  const trained = session.variables();
  session.close();
  const { end, clipped } = followed(one, session.graph.weights, start);
  expect(clipped > 0).toBe(limit !== null);
  expect(clipped).toBeLessThan(RATES.length);
  expect([...end.keys()]).toHaveLength(5);
  for (const [name, values] of end) {
    const moved = (to: ArrayLike<number>) => start.get(name)!.map((value, k) => to[k]! - value);
    expect(relativeError(moved(trained.get(name)!), moved(values)), name).toBeLessThan(TOLERANCE);
  }
}

const rmsprop = (meanSquareStart: 0 | 1, momentum: number): UpdateRule => ({
  type: 'rmsprop',
  decay: 0.9,
  momentum,
  // From zero the first steps divide by what is hardly more than the gradient itself, and that may be zero.
  epsilon: meanSquareStart === 0 ? 1e-3 : 1e-10,
  meanSquareStart,
});

const rules: [string, UpdateRule][] = [
  ['RMSProp, mean square from 1', rmsprop(1, 0)],
  ['RMSProp, mean square from 0', rmsprop(0, 0)],
  ['RMSProp, mean square from 1, momentum', rmsprop(1, 0.6)],
  ['RMSProp, mean square from 0, momentum', rmsprop(0, 0.6)],
  ['gradient descent', { type: 'sgd' }],
  ['momentum', { type: 'momentum', momentum: 0.9 }],
  ['Nesterov', { type: 'nesterov', momentum: 0.9 }],
  ['Adam', { type: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-4 }],
  ['AdamW', { type: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-4 }],
];

describe.each(rules)('%s follows its published formula', (_, rule) => {
  it.each([
    ['by itself', 0, null],
    ['with weight decay', DECAY, null],
    ['with clipping', 0, LIMIT],
    ['with weight decay and clipping', DECAY, LIMIT],
  ])('%s', async (_name, decay, limit) => {
    await expectFormula({ rule, decay, limit });
  });
});
