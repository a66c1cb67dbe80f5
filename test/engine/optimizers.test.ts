import { describe, expect, it } from 'vitest';
import type { RunConfig, UpdateRule } from '../../shared/config.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import { Session } from '../../main/trainer/session.ts';
import { liveSettings } from '../../main/trainer/settings.ts';
import { eagerGradients } from './support/eager.ts';
import { image, relativeError, testBatch } from './support/gradients.ts';
import { dense, descent, flatten } from './support/networks.ts';

/** Each update rule over five steps against its published formula in plain TypeScript, on tfjs's gradients. */

const STEPS = 5;
const RATE = 0.05;
const layers = [flatten, dense(10)];

type Weights = Map<string, Float64Array>;
/** Makes the next weight of one number from its gradient; `slots` is kept between steps. */
type Formula = (w: number, g: number, slots: number[], step: number) => number;

function rmsprop(decay: number, momentum: number, epsilon: number, start: number): Formula {
  return (w, g, slots) => {
    const meanSquare = decay * (slots[0] ?? start) + (1 - decay) * g * g;
    const moved = momentum * (slots[1] ?? 0) + (RATE * g) / Math.sqrt(meanSquare + epsilon);
    slots.splice(0, 2, meanSquare, moved);
    return w - moved;
  };
}

function momentum(share: number, nesterov: boolean): Formula {
  return (w, g, slots) => {
    const velocity = share * (slots[0] ?? 0) + g;
    slots[0] = velocity;
    return w - RATE * (nesterov ? g + share * velocity : velocity);
  };
}

function adam(beta1: number, beta2: number, epsilon: number, decay: number): Formula {
  return (w, g, slots, step) => {
    const m = beta1 * (slots[0] ?? 0) + (1 - beta1) * g;
    const v = beta2 * (slots[1] ?? 0) + (1 - beta2) * g * g;
    slots.splice(0, 2, m, v);
    // TensorFlow's form: the corrections are put on the rate.
    const rate = (RATE * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
    return w * (1 - RATE * decay) - (rate * m) / (Math.sqrt(v) + epsilon);
  };
}

const rules: Record<
  string,
  { rule: UpdateRule; formula: Formula; options?: Partial<RunConfig['optimizer']> }
> = {
  'RMSProp, mean square from 1': {
    rule: { type: 'rmsprop', decay: 0.9, momentum: 0, epsilon: 1e-10, meanSquareStart: 1 },
    formula: rmsprop(0.9, 0, 1e-10, 1),
  },
  'RMSProp, mean square from 0, momentum': {
    rule: { type: 'rmsprop', decay: 0.8, momentum: 0.5, epsilon: 1e-3, meanSquareStart: 0 },
    formula: rmsprop(0.8, 0.5, 1e-3, 0),
  },
  'gradient descent': { rule: { type: 'sgd' }, formula: (w, g) => w - RATE * g },
  'gradient descent, weight decay': {
    rule: { type: 'sgd' },
    formula: (w, g) => w - RATE * (g + 0.1 * w),
    options: { weightDecay: 0.1 },
  },
  momentum: { rule: { type: 'momentum', momentum: 0.9 }, formula: momentum(0.9, false) },
  Nesterov: { rule: { type: 'nesterov', momentum: 0.9 }, formula: momentum(0.9, true) },
  Adam: {
    rule: { type: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-4 },
    formula: adam(0.9, 0.99, 1e-4, 0),
  },
  'AdamW, decay by itself': {
    rule: { type: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-4 },
    formula: adam(0.9, 0.99, 1e-4, 0.1),
    options: { weightDecay: 0.1 },
  },
};

/** The weights after five steps of `formula`, starting where the engine started. `prepare` changes all gradients of a step. */
function follow(
  start: Map<string, Float32Array>,
  config: RunConfig,
  formula: Formula,
  prepare: (gradients: Map<string, Float32Array>) => Map<string, Float32Array>,
): Weights {
  const { weights } = compile(config, 'float32', image);
  const now: Weights = new Map(
    weights.map(({ name }) => [name, Float64Array.from(start.get(name) ?? [])]),
  );
  const slots = new Map<string, number[][]>();
  for (let step = 0; step < STEPS; step++) {
    const values = new Map(
      weights.map(({ name, shape }) => [
        name,
        { values: Float32Array.from(now.get(name) ?? []), shape },
      ]),
    );
    const { gradients } = eagerGradients(layers, values, testBatch(6, step + 1));
    for (const [name, gradient] of prepare(gradients)) {
      const kept = slots.get(name) ?? Array.from({ length: gradient.length }, () => []);
      slots.set(name, kept);
      // Biases are not decayed: the formulas above are those of weights.
      const decayless = name.endsWith('bias') ? { ...config.optimizer, weightDecay: 0 } : null;
      const w = now.get(name);
      gradient.forEach((g, k) => {
        const before = w?.[k] ?? NaN;
        const after = formula(before, g, kept[k] ?? [], step);
        const undecayed =
          decayless && config.optimizer.weightDecay > 0
            ? before * RATE * config.optimizer.weightDecay
            : 0;
        w?.set([after + undecayed], k);
      });
    }
  }
  return now;
}

async function trained(
  config: RunConfig,
): Promise<{ start: Map<string, Float32Array>; end: Map<string, Float32Array> }> {
  const session = await Session.open(compile(config, 'float32', image));
  session.start();
  const start = session.variables();
  for (let step = 0; step < STEPS; step++)
    session.train(testBatch(6, step + 1), step, liveSettings(config, RATE));
  const end = session.variables();
  session.close();
  return { start, end };
}

function expectSame(
  end: Map<string, Float32Array>,
  expected: Weights,
  start: Map<string, Float32Array>,
): void {
  for (const [name, values] of expected) {
    const begun = start.get(name) ?? new Float32Array();
    const moved = end.get(name)?.map((value, k) => value - (begun[k] ?? NaN));
    const wanted = values.map((value, k) => value - (begun[k] ?? NaN));
    expect(relativeError(moved ?? [], wanted), name).toBeLessThan(1e-3);
  }
}

describe('update rules follow their published formulas', () => {
  it.each(Object.entries(rules))('%s', async (_, { rule, formula, options }) => {
    const config = descent(layers, { rule, learningRate: RATE, ...options });
    const { start, end } = await trained(config);
    expectSame(
      end,
      follow(start, config, formula, (gradients) => gradients),
      start,
    );
  });

  it('clipping scales all gradients down to one norm', async () => {
    const limit = 0.5;
    const config = descent(layers, { learningRate: RATE, clipNorm: limit });
    const { start, end } = await trained(config);
    let clipped = 0;
    const expected = follow(
      start,
      config,
      (w, g) => w - RATE * g,
      (gradients) => {
        const squares = [...gradients.values()].flatMap((values) =>
          Array.from(values, (g) => g * g),
        );
        const norm = Math.sqrt(squares.reduce((a, b) => a + b, 0));
        if (norm > limit) clipped += 1;
        const factor = limit / Math.max(norm, limit);
        return new Map(
          [...gradients].map(([name, values]) => [name, values.map((g) => g * factor)]),
        );
      },
    );
    expect(clipped).toBeGreaterThan(0);
    expectSame(end, expected, start);
  });
});
