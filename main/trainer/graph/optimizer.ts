import type { UpdateRule } from '../../../shared/config.ts';
import { slotStarts } from '../../../shared/optimizer-slots.ts';
import { attribute, DType, type Attribute, type GraphBuilder, type Tensor } from './builder.ts';
import { fill } from './arrays.ts';
import { add, binary, cast, multiply } from './ops.ts';
import { jointNorm } from './sums.ts';
import type { UpdateVariant } from './update-variant.ts';
import type { Variable, VariableAccess, Variables } from './variables.ts';
import { trainableVariables, type LayerWeights } from './weights.ts';

/** Settings that may change during a run, float32 scalars. */
export interface LiveSettings {
  learningRate: Tensor;
  momentum: Tensor;
  weightDecay: Tensor;
}

const F32 = { T: attribute.type(DType.float32) };
const unlocked: Record<string, Attribute> = { ...F32, use_locking: attribute.bool(false) };

/** Scales all gradients down together so that their joint norm is at most `limit` (Pascanu et al. 2013); null leaves them unchanged. */
export function clipGradients(
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

/** The optimizer slots of each weight. */
export type Slots = ReadonlyMap<Variable, readonly Tensor[]>;

/** What the optimizer keeps between steps. */
export interface OptimizerState {
  slots: Slots;
  /** Steps done, int64 scalar. */
  globalStep: Variable;
}

/** Makes the step counter, and the slots in the order of the weights, so that two graphs of one network have the same order. */
export function makeOptimizerState(
  g: GraphBuilder,
  variables: Variables,
  rule: UpdateRule,
  layers: readonly LayerWeights[],
): OptimizerState {
  const globalStep = variables.make('global_step', [], DType.int64, g.long(0));
  const starts = Object.entries(slotStarts(rule));
  const makeSlot = ({ name, shape }: Variable, [kind, start]: [string, number]): Tensor =>
    variables.make(`${name}/${kind}`, shape, DType.float32, fill(g, shape, g.float(start))).handle;
  const slots = layers
    .flatMap(trainableVariables)
    .map((weight) => [weight, starts.map((each) => makeSlot(weight, each))] as const);
  return { slots: new Map(slots), globalStep };
}

/** What one update is made from. */
export interface UpdateInputs {
  variables: VariableAccess;
  rule: UpdateRule;
  slots: Slots;
  /** Float32, already clipped, in each weight's shape. */
  gradients: ReadonlyMap<Variable, Tensor>;
  /** `withoutWeightDecay` gives what a decay of zero gives, without its cost. */
  variant: UpdateVariant;
  live: LiveSettings;
  /** Updates done before this one, int32 scalar. */
  step: Tensor;
}

/**
 * Updates every weight that has slots.
 * Weight decay applies to weights of two axes and more, not to biases. It is added to the gradient, but for AdamW subtracted directly from
 * the weight (Loshchilov & Hutter 2019).
 * @returns the op that changes each weight
 */
export function applyGradients(
  g: GraphBuilder,
  { variables, rule, slots, gradients, variant, live, step }: UpdateInputs,
): Map<Variable, Tensor> {
  const changeOf = ([weight, kept]: [Variable, readonly Tensor[]]): Tensor => {
    const gradient = gradients.get(weight);
    if (!gradient) throw new Error(`${weight.name} has no gradient`);
    const apply = (by: Tensor, after: readonly Tensor[] = []): Tensor =>
      applyRule(g, rule, weight.handle, kept, by, live, step, after);
    if (variant === 'withoutWeightDecay' || weight.shape.length < 2) return apply(gradient);
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
  return new Map([...slots].map((slot) => [slot[0], changeOf(slot)]));
}

function applyRule(
  g: GraphBuilder,
  rule: UpdateRule,
  weight: Tensor,
  slots: readonly Tensor[],
  gradient: Tensor,
  live: LiveSettings,
  step: Tensor,
  after: readonly Tensor[],
): Tensor {
  const apply = (op: string, inputs: readonly Tensor[], attr = unlocked): Tensor =>
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
        ...unlocked,
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
        { ...unlocked, use_nesterov: attribute.bool(false) },
      );
    }
  }
}
