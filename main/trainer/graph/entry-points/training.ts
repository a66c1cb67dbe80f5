import type { Placeholders } from '../inputs.ts';
import type { EntryPoints } from '../saved-model.ts';
import type { SeveralSteps } from '../several-steps.ts';
import type { TrainingStep } from '../training-step.ts';
import type { UpdateVariant } from '../update-variant.ts';
import { diagnoseNames, trainNames } from './names.ts';

/** Training steps, one or several in a run of the graph, and entry points that examine one. */
export function trainingEntryPoints(
  { images, labelBytes, step, settings, unused }: Placeholders,
  trained: TrainingStep,
  several: SeveralSteps | null,
): EntryPoints {
  const inputs = { images, labels: labelBytes, step, settings };
  const singleStep = (variant: UpdateVariant): EntryPoints => {
    const { metrics, diagnostics } = trained.updates[variant];
    return {
      [trainNames[variant]]: { inputs, outputs: { metrics } },
      [diagnoseNames[variant]]: { inputs, outputs: { metrics, ...diagnostics } },
    };
  };
  return {
    ...singleStep('withoutWeightDecay'),
    ...singleStep('withWeightDecay'),
    ...(several && {
      'train-several': { inputs, outputs: { metrics: several.metrics } },
      'metrics-before-failure': {
        inputs: { unused },
        outputs: { metrics: several.metricsBeforeFailure },
      },
    }),
    'finite-outputs': { inputs, outputs: { finite: trained.finite } },
    ...(trained.augmented && {
      'augmented-images': { inputs: { images, step }, outputs: { pixels: trained.augmented } },
    }),
  };
}
