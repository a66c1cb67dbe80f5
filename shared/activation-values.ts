import type { Activation } from './config.ts';

/** The activation functions by value, as TensorFlow defines them; an engine test compares them. */

/** Slope of leaky ReLU below zero: TensorFlow's own default. */
const LEAK = 0.2;
/** Klambauer et al. 2017, Self-Normalizing Neural Networks. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** What an activation function makes of one sum. */
export function activated(activation: Activation, x: number): number {
  switch (activation) {
    case 'relu':
      return Math.max(0, x);
    case 'leaky-relu':
      return x < 0 ? LEAK * x : x;
    case 'elu':
      return x < 0 ? Math.expm1(x) : x;
    case 'selu':
      return SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.expm1(x) : x);
    case 'gelu':
      return 0.5 * x * (1 + erf(x * Math.SQRT1_2));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'tanh':
      return Math.tanh(x);
    case 'none':
      return x;
  }
}

/** The error function, to 2e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const sum = terms.reduce((inner, term) => (inner + term) * t, 0);
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
