import type { RunConfig, UpdateRule } from '../../../shared/config.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { fill } from './arrays.ts';
import { add, binary, cast, jointNorm, multiply } from './ops.ts';
import type { Variable, Variables } from './variables.ts';

type Optimizer = RunConfig['optimizer'];

/** Numbers that may change while running, float32 scalars. */
export interface LiveSettings {
  learningRate: Tensor;
  momentum: Tensor;
  weightDecay: Tensor;
}

const F32 = { T: attribute.type(DType.float32) };
const plain = { ...F32, use_locking: attribute.bool(false) };

/** The slots that an update rule keeps for each weight, and what they start at. */
function slotStarts(rule: UpdateRule): Record<string, number> {
  switch (rule.type) {
    case 'rmsprop':
      return { RMSProp: rule.meanSquareStart, Momentum: 0 };
    case 'sgd':
      return {};
    case 'momentum':
    case 'nesterov':
      return { Momentum: 0 };
    case 'adam':
    case 'adamw':
      return { Adam: 0, Adam_1: 0 };
  }
}

/** All gradients scaled down together so that their common norm is at most `limit` (Pascanu et al. 2013). */
function clip(
  g: GraphBuilder,
  gradients: Map<Variable, Tensor>,
  limit: number,
): Map<Variable, Tensor> {
  const norm = jointNorm(g, [...gradients.values()]);
  const factor = binary(g, 'RealDiv', g.float(limit), binary(g, 'Maximum', norm, g.float(limit)));
  return new Map(
    [...gradients].map(([variable, gradient]) => [variable, multiply(g, gradient, factor)]),
  );
}

/**
 * One update of every weight.
 * Weight decay is on weights of two axes and more, not on biases: added to the gradient, but for AdamW taken off the weight by
 * itself (Loshchilov & Hutter 2019). @param step updates done before this one, int32 scalar
 */
export function applyGradients(
  g: GraphBuilder,
  variables: Variables,
  optimizer: Optimizer,
  gradients: Map<Variable, Tensor>,
  live: LiveSettings,
  step: Tensor,
): Tensor[] {
  const { rule, weightDecay, clipNorm } = optimizer;
  const clipped = clipNorm === null ? gradients : clip(g, gradients, clipNorm);
  // Slots are made in the order of the weights, so that two graphs of one network agree on it.
  return variables.all
    .flatMap((weight) => {
      const gradient = clipped.get(weight);
      return gradient ? [{ weight, gradient }] : [];
    })
    .map(({ weight, gradient }) => {
      const slots = Object.entries(slotStarts(rule)).map(
        ([name, start]) =>
          variables.make(
            `${weight.name}/${name}`,
            weight.shape,
            DType.float32,
            fill(g, weight.shape, g.float(start)),
          ).handle,
      );
      const decays = weightDecay > 0 && weight.shape.length > 1;
      if (!decays) return update(g, rule, weight.handle, slots, gradient, live, step, []);
      const decay = multiply(g, variables.read(weight), live.weightDecay);
      if (rule.type !== 'adamw')
        return update(g, rule, weight.handle, slots, add(g, gradient, decay), live, step, []);
      const shrunk = g.op(
        'AssignSubVariableOp',
        DType.resource,
        [weight.handle, multiply(g, decay, live.learningRate)],
        { dtype: attribute.type(DType.float32) },
        { after: [gradient] },
      );
      return update(g, rule, weight.handle, slots, gradient, live, step, [shrunk]);
    });
}

function update(
  g: GraphBuilder,
  rule: UpdateRule,
  weight: Tensor,
  slots: readonly Tensor[],
  gradient: Tensor,
  live: LiveSettings,
  step: Tensor,
  after: readonly Tensor[],
): Tensor {
  const apply = (op: string, inputs: readonly Tensor[], attr = plain): Tensor =>
    g.op(op, DType.resource, [weight, ...slots, ...inputs], attr, { after });
  const rate = live.learningRate;
  switch (rule.type) {
    case 'rmsprop':
      return apply('ResourceApplyRMSProp', [
        rate,
        g.float(rule.decay),
        live.momentum,
        g.float(rule.epsilon),
        gradient,
      ]);
    case 'sgd':
      return apply('ResourceApplyGradientDescent', [rate, gradient]);
    case 'momentum':
    case 'nesterov':
      return apply('ResourceApplyMomentum', [rate, gradient, live.momentum], {
        ...plain,
        use_nesterov: attribute.bool(rule.type === 'nesterov'),
      } as typeof plain);
    case 'adam':
    case 'adamw': {
      const t = cast(g, add(g, step, g.int(1)), DType.float32);
      const power = (beta: number): Tensor => binary(g, 'Pow', g.float(beta), t);
      return apply(
        'ResourceApplyAdam',
        [
          power(rule.beta1),
          power(rule.beta2),
          rate,
          g.float(rule.beta1),
          g.float(rule.beta2),
          g.float(rule.epsilon),
          gradient,
        ],
        { ...plain, use_nesterov: attribute.bool(false) } as typeof plain,
      );
    }
  }
}
