import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { FilterFilm } from '../../../../renderer/state/filter-film.svelte.ts';
import { FirstLayerFilters } from '../../../../renderer/state/first-layer-filters.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { firstBranch } from '../../../../shared/branch.ts';
import { emptyHistory } from '../../../../shared/branched-history.ts';
import type { FilmFrame } from '../../../../shared/film.ts';
import type { History } from '../../../../shared/trainer-events.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const shape = [1, 1, 1, 2];
const frame = (step: number, weight: number, dead: number[] | null = []): FilmFrame => ({
  step,
  dead,
  values: Float32Array.of(weight, 0),
});
const step = { type: 'step', epoch: 1, step: 8, loss: 1, accuracy: 0, learningRate: 1 } as const;
const aRun: History = { ...emptyHistory, branch: firstBranch, steps: [step] };

let bridge: AnsweringBridge;
let firstLayer: FirstLayerFilters;
let film: FilterFilm;
beforeEach(() => {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  const notices = new Notices(api);
  firstLayer = new FirstLayerFilters(api, notices);
  film = new FilterFilm(api, notices, firstLayer);
  film.take(aRun);
});

/** The network as it is now, then what is told of the film. */
async function told(at: number, weight: number, frames: FilmFrame[] | null): Promise<void> {
  const read = firstLayer.readAgain();
  const values = Float32Array.of(weight, 0);
  await bridge.last('ask').answer({ type: 'filters', step: at, hasNetwork: true, shape, values });
  await read;
  if (frames)
    await bridge
      .last('checkpoints')
      .answer({ type: 'film', shape, tried: 32, frames, problems: [] });
}
const steps = (): number[] => film.frames.map((each) => each.step);

describe('the film of the filters', () => {
  it('is the frames that were kept and the network as it is now, each step once', async () => {
    await told(20, 3, [frame(0, 1), frame(8, 2), frame(16, 2.5)]);
    expect(bridge.last('checkpoints').input).toEqual({
      type: 'film',
      branch: firstBranch,
      step: 20,
      after: null,
    });
    expect(steps()).toEqual([0, 8, 16, 20]);
    expect([film.step, film.isFollowing]).toEqual([20, true]);
    await told(24, 4, [frame(24, 4)]);
    expect(bridge.last('checkpoints').input).toMatchObject({ after: 16 });
    expect(steps()).toEqual([0, 8, 16, 24]);
  });

  it('once a person has chosen a frame shows it and ends where it did, whatever comes', async () => {
    await told(16, 3, [frame(0, 1), frame(8, 2)]);
    film.moveTo(9);
    expect([film.step, film.endStep]).toEqual([8, 16]);
    await told(24, 4, [frame(16, 3), frame(24, 4)]);
    expect([film.step, film.endStep, film.isFollowing]).toEqual([8, 16, false]);
    // Another start of the same run.
    film.take(aRun);
    await told(32, 4, [frame(0, 1), frame(8, 2), frame(16, 3), frame(24, 4)]);
    expect([film.step, film.endStep]).toEqual([8, 16]);
    film.grab();
    expect([film.step, film.endStep]).toEqual([8, 32]);
    film.showFrame(99);
    expect([film.step, film.isFollowing]).toEqual([32, true]);
  });

  it('has one scale for all frames, of the weights and of what has changed since the start', async () => {
    await told(16, -3, [frame(0, 1), frame(8, 5)]);
    film.showFrame(0);
    expect(film.limit).toBe(5);
    film.measure = 'change';
    expect(film.limit).toBe(4);
    expect(film.kernels[0]?.most).toBe(0);
    film.follow();
    expect(film.kernels[0]?.least).toBe(-4);
  });

  it('tells which filters are dead, where that is known', async () => {
    await told(16, 3, [frame(0, 1, null), frame(8, 2, [1]), frame(16, 3, [0])]);
    expect(film.dead).toEqual([1]);
    film.showFrame(1);
    expect(film.dead).toEqual([2]);
    film.showFrame(0);
    expect(film.dead).toBeNull();
    film.follow();
    // Set by hand since.
    await told(16, 7, []);
    expect(film.dead).toBeNull();
  });

  it('of another network is not shown with this one, and there is none without filters', async () => {
    await told(16, 3, [frame(0, 1)]);
    expect(film.isFilm).toBe(true);
    const read = firstLayer.readAgain();
    const values = Float32Array.of(1, 2, 3);
    const other = { type: 'filters', step: 0, hasNetwork: true, shape: [1, 1, 1, 3], values };
    await bridge.last('ask').answer(other);
    await read;
    expect([film.isFilm, film.kernels.length]).toEqual([false, 3]);
    film.take(emptyHistory);
    const again = firstLayer.readAgain();
    const none = { type: 'filters', step: 0, hasNetwork: false, shape: null };
    await bridge.last('ask').answer({ ...none, values: new Float32Array() });
    await again;
    expect([film.frames, film.kernels, film.limit]).toEqual([[], [], 0]);
  });
});
