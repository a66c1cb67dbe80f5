import type { Activation } from './config.ts';

/** Slope of leaky ReLU below zero, as in the trainer's graph. */
const LEAK = 0.2;
/** Klambauer et al. 2017. */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
/** Beyond, the error function is ±1 in all digits of a float64. */
const ERF_END = 6;

/** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)) (Abramowitz & Stegun 7.1.6): all terms have one sign, so no digit is lost. */
function erf(x: number): number {
  if (Math.abs(x) > ERF_END) return Math.sign(x);
  let [sum, term] = [0, x];
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
}

/** What an activation makes of one finite number. */
export function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return Math.max(x, 0);
    case 'leaky-relu':
      return x < 0 ? LEAK * x : x;
    case 'elu':
      return x < 0 ? Math.expm1(x) : x;
    case 'selu':
      return SELU.scale * (x < 0 ? SELU.alpha * Math.expm1(x) : x);
    case 'gelu':
      return (x / 2) * (1 + erf(x / Math.SQRT2));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'tanh':
      return Math.tanh(x);
  }
}

/** Probabilities of scores, in their order; they add up to 1. */
export function softmax(scores: ArrayLike<number>): number[] {
  const all = Array.from(scores);
  const most = Math.max(...all);
  const powers = all.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
