import { expect, it } from 'vitest';
import type { Calibration } from '../../../../shared/calibration.ts';
import { reliabilityOf } from '../../../../shared/reliability.ts';
import { Api } from '../../../../renderer/api.ts';
import { TemperatureFit } from '../../../../renderer/state/temperature-fit.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const reliability = reliabilityOf([true], [0.5])!;
const calibration = (temperature: number, bound: 'least' | null = null): Calibration => ({
  type: 'calibration',
  step: 8,
  result: {
    ...{ state: 'fitted', temperature, bound, images: 1, findings: [] },
    loss: { before: 1, after: 0.9 },
    reliability: { before: reliability, after: reliability },
  },
});

/** Of a checkpoint that is another as soon as a test says so, of a network that is another then too. */
function fitOf() {
  const bridge = new AnsweringBridge();
  const wanted = { checkpoint: 'model.ckpt-8', network: 'one' };
  const fit = new TemperatureFit(new Api(bridge), () => ({
    asked: { checkpoint: wanted.checkpoint, dataset: null, part: 'validation' },
    scope: wanted.network,
  }));
  return { bridge, wanted, fit };
}

it('asks nothing by itself, and once at a time', async () => {
  const { bridge, fit } = fitOf();
  expect([fit.isUnasked, bridge.asked.length]).toEqual([true, 0]);
  void fit.ask();
  void fit.ask();
  expect(bridge.trace).toEqual(['predictions']);
  expect(bridge.last('predictions').input).toEqual({
    ...{ type: 'calibration', checkpoint: 'model.ckpt-8', dataset: null, part: 'validation' },
  });
  expect([fit.isAsking, fit.isUnasked]).toEqual([true, false]);
  await bridge.last('predictions').answer(calibration(1.37));
  expect([fit.isAsking, fit.value]).toEqual([false, 1.37]);
});

it('keeps what it knows while newer checkpoints come, and says that it is old', async () => {
  const { bridge, wanted, fit } = fitOf();
  void fit.ask();
  await bridge.last('predictions').answer(calibration(1.37));
  wanted.checkpoint = 'model.ckpt-16';
  expect([fit.value, fit.isOfOlder]).toEqual([1.37, true]);
  void fit.ask();
  expect(fit.value).toBe(1.37);
  await bridge.last('predictions').answer(calibration(1.5));
  expect([fit.value, fit.isOfOlder]).toEqual([1.5, false]);
});

it('knows nothing of another network, and of one that answers after it was left', async () => {
  const { bridge, wanted, fit } = fitOf();
  void fit.ask();
  const first = bridge.last('predictions');
  wanted.network = 'two';
  expect([fit.isAsking, fit.isUnasked]).toEqual([false, true]);
  await first.answer(calibration(1.37));
  expect(fit.calibration).toBeNull();
});

it('takes a bound for no temperature, and shows why there is none', async () => {
  const { bridge, fit } = fitOf();
  void fit.ask();
  await bridge.last('predictions').answer(calibration(0.05, 'least'));
  expect([fit.value, fit.calibration?.step]).toEqual([null, 8]);
  void fit.ask();
  const failure = { what: 'No.', where: 'there', remedy: 'Do.' };
  await bridge.last('predictions').refuse(failure);
  expect([fit.failure, fit.isAsking, fit.isUnasked]).toEqual([failure, false, false]);
});

it('can be stopped, and what comes then is not wanted', async () => {
  const { bridge, fit } = fitOf();
  void fit.ask();
  const asked = bridge.last('predictions');
  fit.stop();
  expect(bridge.trace).toEqual(['predictions', 'stopPredicting']);
  await asked.answer(calibration(1.37));
  expect([fit.isAsking, fit.calibration, fit.isUnasked]).toEqual([false, null, false]);
});
