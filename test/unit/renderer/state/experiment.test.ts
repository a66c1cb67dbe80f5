import { beforeEach, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { ExperimentRun } from '../../../../renderer/state/experiment.svelte.ts';
import type {
  ExperimentPoint,
  ExperimentProgress,
  ExperimentResult,
} from '../../../../shared/experiment-protocol.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const points = (...steps: number[]): ExperimentPoint[] =>
  steps.map((step) => ({ step, loss: 2, accuracy: 0.1, gradientNorms: [1, 2] }));
const progress = (...steps: number[]): ExperimentProgress => ({
  doing: 'training',
  points: [points(...steps), points(...steps)],
  secondsLeft: 3,
});
const side = {
  points: points(1, 2, 3),
  gradientLayers: [0, 1],
  parameters: 10,
  seconds: 1,
  hasDiverged: false,
  validation: null,
};
const stopped: ExperimentResult = {
  experiment: 'relu-sigmoid',
  ended: 'stopped',
  sides: [side, side],
};

let bridge: AnsweringBridge;
let run: ExperimentRun;
beforeEach(() => {
  bridge = new AnsweringBridge();
  run = new ExperimentRun(new Api(bridge));
});

it('shows each step as it comes, is stopped, and says what was seen', async () => {
  expect([run.id, run.share, run.seen]).toEqual([null, null, null]);
  void run.start('relu-sigmoid');
  void run.start('start-small');
  expect(bridge.trace).toEqual(['experiment']);
  expect(bridge.last('experiment').input).toEqual({ experiment: 'relu-sigmoid' });
  bridge.tell('experimentProgress', progress(1));
  bridge.tell('experimentProgress', progress(2, 3));
  expect(run.points.map((each) => each.map(({ step }) => step))).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect([run.isRunning, run.doing, run.share, run.secondsLeft]).toEqual([
    true,
    'training',
    0.01,
    3,
  ]);
  run.stop();
  expect(bridge.trace).toEqual(['experiment', 'stopExperiment']);
  await bridge.last('experiment').answer(stopped);
  expect(run.isRunning).toBe(false);
  expect(run.seen?.isUsual).toBeNull();
  // Steps of one that has ended are none of the next one's.
  bridge.tell('experimentProgress', progress(4));
  expect(run.points[0]).toHaveLength(3);
});

it('says why it could not be made, and can be tried again', async () => {
  void run.start('start-large');
  await bridge.last('experiment').refuse({ what: 'A run is under way.', where: 'x', remedy: 'y' });
  expect([run.isRunning, run.failure?.what]).toEqual([false, 'A run is under way.']);
  void run.start('start-large');
  expect([run.isRunning, run.failure]).toEqual([true, null]);
});
