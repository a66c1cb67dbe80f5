import type { Activation } from '../../shared/config.ts';

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

/** Klambauer et al. 2017. */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

export const plainActivations: Record<Activation, (x: number) => number> = {
  none: (x) => x,
  relu: (x) => Math.max(x, 0),
  'leaky-relu': (x) => (x < 0 ? 0.2 * x : x),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  selu: (x) => SELU.scale * (x < 0 ? SELU.alpha * Math.expm1(x) : x),
  gelu: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};
