import { expect, it } from 'vitest';
import type { CheckpointSummary } from '../../../../shared/checkpoint-protocol.ts';
import type { PartName } from '../../../../shared/dataset-parts.ts';
import type { Predicted } from '../../../../shared/predictions.ts';
import type { TrainingPhase } from '../../../../shared/training-phase.ts';
import { Api } from '../../../../renderer/api.ts';
import { Mistakes } from '../../../../renderer/state/mistakes.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const checkpoint = (step: number, isNewest: boolean): CheckpointSummary => ({
  name: `model.ckpt-${step}`,
  ...{ branch: 1, step, epoch: 1, validationLoss: 0.5, bytes: 1, pinned: false, isNewest },
  ...{ isBest: false, validationAccuracy: 0.5, savedAt: null, damage: null },
});

/** Of four examples of class 0; those that are 1 were taken for another. */
const predicted = (answers: number[], part: PartName = 'validation'): Predicted => ({
  type: 'predictions',
  ...{ step: 1, epoch: 1, place: part, datasetHash: part, height: 1, width: 1, channels: 1 },
  classNames: ['a', 'b'],
  score: { loss: 1, accuracy: 0.5 },
  labels: new Uint16Array(answers.length),
  answers: Uint16Array.from(answers),
  losses: new Float32Array(answers.length),
  trueShares: new Float32Array(answers.length),
  told: 1,
  topClasses: Uint16Array.from(answers),
  topShares: new Float32Array(answers.length),
  imageIds: new Uint8Array(answers.length * 8),
  findings: [],
});

/** @param listing of the person's own drawings */
function mistakesOf(phase: TrainingPhase, listing = '') {
  const bridge = new AnsweringBridge();
  const list = {
    type: 'list' as const,
    checkpoints: [checkpoint(16, true), checkpoint(8, false)],
    ...{ recovery: null, damaged: [], unrecorded: [], branches: [] },
  };
  const mistakes = new Mistakes(new Api(bridge), {
    evaluations: { all: [] },
    runs: { saved: { list } },
    training: { phase },
    folder: { path: '/run' },
    draw: { own: { listing } },
  });
  return { bridge, mistakes };
}

it('asks by itself while no run trains, and only for what a person chooses while one does', () => {
  expect(mistakesOf('idle').mistakes.loadsByItself).toBe(true);
  const { bridge, mistakes } = mistakesOf('training');
  expect(mistakes.loadsByItself).toBe(false);
  mistakes.choosePart('test');
  expect(bridge.last('predictions').input).toMatchObject({
    ...{ checkpoint: 'model.ckpt-16', part: 'test', dataset: null },
  });
});

it('shows nothing of what was asked before something else was chosen', async () => {
  const { bridge, mistakes } = mistakesOf('idle');
  void mistakes.load();
  const first = bridge.last('predictions');
  mistakes.choosePart('train');
  const second = bridge.last('predictions');
  expect(second).not.toBe(first);
  await first.answer(predicted([0, 0, 0, 0]));
  expect(mistakes.predicted).toBeNull();
  expect(mistakes.isAsking).toBe(true);
  await second.answer(predicted([0, 1, 1, 0], 'train'));
  expect(mistakes.predicted?.place).toBe('train');
  expect(mistakes.isAsking).toBe(false);
});

it('asks the other checkpoint after the first, and counts what has changed between them', async () => {
  const { bridge, mistakes } = mistakesOf('idle');
  mistakes.compareWith('model.ckpt-8');
  await bridge.last('predictions').answer(predicted([0, 0, 1, 1]));
  expect(bridge.last('predictions').input).toMatchObject({ checkpoint: 'model.ckpt-8' });
  expect(mistakes.changeCounts).toBeNull();
  await bridge.last('predictions').answer(predicted([0, 1, 0, 1]));
  expect(mistakes.changeCounts).toEqual({ fixed: 1, broken: 1, 'still-wrong': 1 });
});

it('does not begin again by itself what a person has stopped', () => {
  const { bridge, mistakes } = mistakesOf('idle');
  void mistakes.load();
  mistakes.stop();
  expect(bridge.trace).toEqual(['predictions', 'stopPredicting']);
  expect(mistakes.isAsking).toBe(false);
  expect(mistakes.loadsByItself).toBe(false);
});

it('tells why the network could not be asked, until something else is', async () => {
  const { bridge, mistakes } = mistakesOf('idle');
  mistakes.chooseDataset('cifar-10');
  const failure = { what: 'No.', where: 'there', remedy: 'Do.' };
  await bridge.last('predictions').refuse(failure);
  expect(mistakes.failure).toEqual(failure);
  mistakes.chooseDataset(null);
  expect(mistakes.failure).toBeNull();
});

it('asks about the person’s own drawings where there are any, whatever other data are looked at', async () => {
  const none = mistakesOf('idle');
  none.mistakes.choosePart('own');
  expect([none.bridge.trace, none.mistakes.lacksDrawings]).toEqual([[], true]);
  expect(none.mistakes.loadsByItself).toBe(false);
  const { bridge, mistakes } = mistakesOf('idle', '7/one|7/other');
  mistakes.choosePart('own');
  expect(bridge.last('predictions').input).toMatchObject({ part: 'own', dataset: null });
  expect(mistakes.score).toBeNull();
  await bridge.last('predictions').answer(predicted([0, 1], 'test'));
  expect(mistakes.predicted?.labels).toHaveLength(2);
});
