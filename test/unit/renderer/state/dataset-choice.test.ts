import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { DatasetChoice } from '../../../../renderer/state/dataset-choice.svelte.ts';
import type { DatasetAnswerTo, ListedSet } from '../../../../shared/dataset-requests.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const set = (name: ListedSet['name'], isHere: boolean): ListedSet => ({
  ...{ name, title: name, licence: 'MIT', isHere },
  from: { host: 'host.example', bytes: 9 },
});
const sets: DatasetAnswerTo<'sets'> = {
  type: 'sets',
  sets: [set('mnist', true), set('kmnist', false)],
};
const opened = (classNames = ['a', 'b']): DatasetAnswerTo<'open'> => ({
  ...{ type: 'open', height: 2, width: 2, channels: 1, classNames, findings: [] },
  counts: { train: [1, 1], validation: [0, 0], test: [1, 0] },
});
const failure = { what: 'No.', where: 'here', remedy: 'None.' };
const { data } = seedRun();

let bridge: AnsweringBridge;
let choice: DatasetChoice;
let taken: unknown[];

beforeEach(() => {
  bridge = new AnsweringBridge();
  taken = [];
  choice = new DatasetChoice(new Api(bridge), (...chosen) => taken.push(chosen));
});

/** Opens, and has been told the sets. */
async function openDialog(): Promise<void> {
  void choice.open(data);
  await bridge.answer(sets);
}
const asked = (name: string): number => bridge.trace.filter((each) => each === name).length;

describe('a choice of data', () => {
  it('begins with the run’s data, which are read at once', async () => {
    await openDialog();
    expect(choice.task).toBe('reading');
    expect(bridge.last('open').input).toEqual({ type: 'open', data });
    await bridge.answer(opened());
    expect([choice.task, choice.opened]).toEqual([null, opened()]);
    expect([choice.canTake, choice.isStale]).toEqual([true, false]);
  });

  it('is given away with what its images are, and ends', async () => {
    await openDialog();
    await bridge.answer(opened());
    choice.take();
    expect(taken).toEqual([
      [
        { data, examples: { train: 2, validation: 0, test: 1 }, classNames: ['a', 'b'] },
        { height: 2, width: 2, channels: 1, classes: 2 },
      ],
    ]);
    expect(choice.isOpen).toBe(false);
    expect(bridge.trace.at(-1)).toBe('closeDataset');
  });

  it('cannot be taken by settings that it was not read by', async () => {
    await openDialog();
    await bridge.answer(opened());
    choice.settings.type('data.imageSize', '32');
    expect([choice.isStale, choice.canTake]).toEqual([true, false]);
    choice.take();
    expect([taken, choice.isOpen]).toEqual([[], true]);
    choice.settings.type('data.imageSize', '');
    expect([choice.isStale, choice.canTake]).toEqual([false, true]);
  });

  it('cannot be taken while it is read, or where it was refused', async () => {
    await openDialog();
    expect(choice.canTake).toBe(false);
    await bridge.last('open').refuse(failure);
    expect([choice.task, choice.failure, choice.canTake]).toEqual([null, failure, false]);
  });

  it('drops the answer about data that another choice has taken the place of', async () => {
    await openDialog();
    const before = bridge.last('open');
    void choice.chooseDataset('/pictures');
    await before.answer(opened(['old', 'older']));
    expect([choice.task, choice.opened]).toEqual(['reading', null]);
    await bridge.answer(opened(['new', 'newer']));
    expect(choice.opened?.classNames).toEqual(['new', 'newer']);
  });

  it('that is stopped shows nothing, whatever comes later', async () => {
    await openDialog();
    choice.stop();
    expect([choice.task, bridge.trace.at(-1)]).toEqual([null, 'stopReading']);
    await bridge.answer(opened());
    expect([choice.opened, choice.failure]).toEqual([null, null]);
  });

  it('tells how far it is', async () => {
    await openDialog();
    bridge.tell('datasetReading', { done: 3, total: 9, unit: 'files', secondsLeft: null });
    expect(choice.progress).toEqual({ done: 3, total: 9, unit: 'files', secondsLeft: null });
  });

  it('of a set that is not here is read once it was fetched', async () => {
    await openDialog();
    await bridge.answer(opened());
    void choice.chooseDataset('kmnist');
    expect([asked('open'), choice.opened, choice.task]).toEqual([1, null, null]);
    void choice.fetch('kmnist');
    expect(choice.task).toBe('fetching');
    await bridge.answer({ type: 'fetch' });
    await bridge.answer({ type: 'sets', sets: [set('kmnist', true)] });
    expect(bridge.last('open').input).toMatchObject({ data: { dataset: 'kmnist' } });
  });

  it('asks what the fits make of a picture once the settings rest', async () => {
    vi.useFakeTimers();
    try {
      await openDialogWithTimers();
      const before = asked('fit');
      for (const size of ['3', '32']) {
        choice.settings.type('data.imageSize', size);
        choice.noteSetting();
        vi.advanceTimersByTime(100);
      }
      expect(asked('fit')).toBe(before);
      vi.advanceTimersByTime(100);
      expect(bridge.last('fit').input).toMatchObject({ data: { imageSize: [32, 32] } });
    } finally {
      vi.useRealTimers();
    }
  });
});

/** With timers that the test turns, promises alone go on. */
async function openDialogWithTimers(): Promise<void> {
  void choice.open(data);
  void bridge.answer(sets);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

describe('a choice that is closed asks for nothing more, which would start the reader again', () => {
  it('while the sets are asked for', async () => {
    void choice.open(data);
    const asking = bridge.last('sets');
    choice.close();
    await asking.answer(null);
    expect(bridge.trace).toEqual(['sets', 'closeDataset']);
  });

  it('while a set is fetched', async () => {
    await openDialog();
    void choice.fetch('kmnist');
    const fetching = bridge.last('fetch');
    choice.close();
    await fetching.answer(null);
    expect(bridge.trace.at(-1)).toBe('closeDataset');
  });

  it('while the first samples are asked for', async () => {
    await openDialog();
    await bridge.answer(opened());
    const samples = bridge.last('examples');
    choice.close();
    await samples.answer(null);
    expect(bridge.trace.at(-1)).toBe('closeDataset');
  });
});

describe('what a person does before the sets are known', () => {
  it('a folder that is chosen meanwhile is read, and nothing else', async () => {
    void choice.open(data);
    void choice.chooseDataset('/pictures');
    await bridge.answer(sets);
    expect(asked('open')).toBe(1);
    expect(bridge.last('open').input).toMatchObject({ data: { dataset: '/pictures' } });
  });

  it('a system dialog that is open meanwhile keeps its answer', async () => {
    void choice.open(data);
    void choice.choose('folder');
    const dialog = bridge.last('chooseDataset');
    await bridge.answer(sets);
    await dialog.answer('/pictures');
    expect(choice.settings.chosen.dataset).toBe('/pictures');
  });
});

it('a run’s set that is not here is offered to be fetched, not read', async () => {
  void choice.open({ ...data, dataset: 'kmnist' });
  await bridge.answer(sets);
  expect([asked('open'), choice.failure]).toEqual([0, null]);
});

it('the command given again while it is open leaves what was set', async () => {
  await openDialog();
  choice.settings.type('data.imageSize', '32');
  void choice.open(data);
  expect(choice.settings.textOf('data.imageSize')).toBe('32');
});

it('a size that was typed wrong for pictures does not keep a set without any from being read', async () => {
  await openDialog();
  await bridge.answer(opened());
  choice.settings.type('data.imageSize', 'large');
  void choice.chooseDataset('mnist');
  expect(asked('open')).toBe(2);
});
