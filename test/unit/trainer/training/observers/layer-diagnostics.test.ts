import { expect, it } from 'vitest';
import { DivergedError } from '../../../../../main/trainer/training/divergence.ts';
import { LayerDiagnostics } from '../../../../../main/trainer/training/observers/layer-diagnostics.ts';
import { doneStep, fakeTraining } from './fake-training.ts';

const norms = Float32Array.of(0.25, 2, 0.5);
const dead = new Float32Array();

it('records what a step did to the layers, where it was looked at', () => {
  const training = fakeTraining({}, {});
  const diagnostics = new LayerDiagnostics(training);
  diagnostics.onStep(doneStep(1));
  diagnostics.onStep({ ...doneStep(2), diagnostics: { norms, dead } });
  const layer = { layer: 0, name: 'dense_1', gradientNorm: 1, deadShare: null };
  expect(training.recorded).toEqual([
    {
      type: 'diagnostics',
      epoch: 1,
      step: 2,
      layers: [{ ...layer, updateNorm: 0.25, weightNorm: 2, weightDeviation: 0.5 }],
    },
  ]);
});

it('ends training with weights that are too large for their squares, and records nothing of them', () => {
  const training = fakeTraining({}, {});
  const ruined = { norms: Float32Array.of(1, Infinity, 1), dead };
  const diagnostics = new LayerDiagnostics(training);
  expect(() => {
    diagnostics.onStep({ ...doneStep(1), diagnostics: ruined });
  }).toThrow(DivergedError);
  expect(training.recorded).toEqual([]);
});
