import type { UpdateRule } from '../../../shared/config.ts';
import { attribute, DType, type Attribute, type GraphBuilder, type Tensor } from './builder.ts';
import { fill } from './arrays.ts';
import { add, binary, cast, jointNorm, multiply } from './ops.ts';
import type { Variable, VariableAccess, Variables } from './variables.ts';

/** Numbers that may change while running, float32 scalars. */
export interface LiveSettings {
  learningRate: Tensor;
  momentum: Tensor;
  weightDecay: Tensor;
}

const F32 = { T: attribute.type(DType.float32) };
const plain: Record<string, Attribute> = { ...F32, use_locking: attribute.bool(false) };

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

/** All gradients scaled down together so that their common norm is at most `limit` (Pascanu et al. 2013); null: as they are. */
export function clip(
  g: GraphBuilder,
  gradients: ReadonlyMap<Variable, Tensor>,
  limit: number | null,
): ReadonlyMap<Variable, Tensor> {
  if (limit === null) return gradients;
  const norm = jointNorm(g, [...gradients.values()]);
  const factor = binary(g, 'RealDiv', g.float(limit), binary(g, 'Maximum', norm, g.float(limit)));
  return new Map(
    [...gradients].map(([variable, gradient]) => [variable, multiply(g, gradient, factor)]),
  );
}

/** What an update rule keeps of each weight, by weight. */
export type Slots = ReadonlyMap<Variable, readonly Tensor[]>;

/** Makes the slots of weights. In their order, so that two graphs of one network agree on it. */
export function makeSlots(
  g: GraphBuilder,
  variables: Variables,
  rule: UpdateRule,
  weights: readonly Variable[],
): Slots {
  const starts = Object.entries(slotStarts(rule));
  const slot = ({ name, shape }: Variable, [kind, start]: [string, number]): Tensor =>
    variables.make(`${name}/${kind}`, shape, DType.float32, fill(g, shape, g.float(start))).handle;
  return new Map(weights.map((weight) => [weight, starts.map((each) => slot(weight, each))]));
}

/**
 * One update of every weight that has slots. @returns what changes each.
 * Weight decay is on weights of two axes and more, not on biases: added to the gradient, but for AdamW taken off the weight by
 * itself (Loshchilov & Hutter 2019). @param gradients float32, already clipped @param decays false: as with a decay of zero, without
 * its cost @param step updates done before this one, int32 scalar
 */
export function applyGradients(
  g: GraphBuilder,
  variables: VariableAccess,
  rule: UpdateRule,
  slots: Slots,
  gradients: ReadonlyMap<Variable, Tensor>,
  decays: boolean,
  live: LiveSettings,
  step: Tensor,
): Map<Variable, Tensor> {
  const changed = ([weight, kept]: [Variable, readonly Tensor[]]): Tensor => {
    const gradient = gradients.get(weight);
    if (!gradient) throw new Error(`${weight.name} has no gradient`);
    const apply = (by: Tensor, after: readonly Tensor[] = []): Tensor =>
      update(g, rule, weight.handle, kept, by, live, step, after);
    if (!decays || weight.shape.length < 2) return apply(gradient);
    const decay = multiply(g, variables.read(weight), live.weightDecay);
    if (rule.type !== 'adamw') return apply(add(g, gradient, decay));
    const shrunk = g.op(
      'AssignSubVariableOp',
      DType.resource,
      [weight.handle, multiply(g, decay, live.learningRate)],
      { dtype: attribute.type(DType.float32) },
      { after: [gradient] },
    );
    return apply(gradient, [shrunk]);
  };
  return new Map([...slots].map((slot) => [slot[0], changed(slot)]));
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
      });
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
        { ...plain, use_nesterov: attribute.bool(false) },
      );
    }
  }
}
