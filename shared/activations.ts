import type { Activation } from './config.ts';

/** Activations, their derivatives and the softmax as the trainer's graph computes them, in numbers of 64 bits; engine tests compare them. */

interface ActivationRule {
  of: (x: number) => number;
  derivative: (x: number) => number;
}

/** Slope of leaky ReLU below zero, as in TensorFlow. */
const LEAK = 0.2;
/** Klambauer et al. 2017. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)) (Abramowitz & Stegun 7.1.6): all terms have one sign, so no digit is lost. */
function erf(x: number): number {
  if (!(Math.abs(x) <= 6)) return Math.sign(x);
  let [sum, term] = [0, x];
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
}

/** Φ, the normal distribution. */
const normal = (x: number): number => (1 + erf(x / Math.SQRT2)) / 2;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Where a derivative has a jump at 0, that from below is taken, as TensorFlow does. */
export const activationRules: Record<Activation, ActivationRule> = {
  none: { of: (x) => x, derivative: () => 1 },
  relu: { of: (x) => Math.max(x, 0), derivative: (x) => (x > 0 ? 1 : 0) },
  'leaky-relu': {
    of: (x) => (x > 0 ? x : LEAK * x),
    derivative: (x) => (x > 0 ? 1 : LEAK),
  },
  elu: {
    of: (x) => (x < 0 ? Math.expm1(x) : x),
    derivative: (x) => (x < 0 ? Math.exp(x) : 1),
  },
  selu: {
    of: (x) => SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.expm1(x) : x),
    derivative: (x) => SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.exp(x) : 1),
  },
  gelu: {
    of: (x) => x * normal(x),
    derivative: (x) => normal(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  },
  sigmoid: { of: sigmoid, derivative: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  tanh: { of: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 },
};

/** What an activation makes of one finite number. */
export const activate = (activation: Activation, x: number): number =>
  activationRules[activation].of(x);

/** Probabilities of scores: exp(z) / Σ exp(z), less the largest first so that nothing overflows. */
export function softmax(scores: ArrayLike<number>): Float64Array {
  const most = Array.from(scores).reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}
