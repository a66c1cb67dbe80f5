import { expect, test } from 'vitest';
import { DrawQueue } from '../../../../renderer/chart/draw-queue.ts';

/** A queue whose frames come when they are asked for, and each drawing of which takes as long as is said. */
function queueOf(milliseconds: number) {
  let now = 0;
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  const queue = new DrawQueue(
    (callback) => frames.push(callback),
    () => now,
  );
  return {
    drawn,
    frames,
    remove: (chart: object) => queue.remove(chart),
    keepFramesShort: () => queue.keepFramesShort(),
    wait: (duration: number) => (now += duration),
    add: (chart: object, name: string) =>
      queue.add(chart, () => {
        now += milliseconds;
        drawn.push(name);
      }),
    nextFrame: () => frames.shift()?.(),
  };
}

const [loss, accuracy, rate] = [{}, {}, {}];

test('while a person moves a chart: one long drawing a frame, in turn, whatever comes meanwhile', () => {
  const queue = queueOf(5);
  queue.keepFramesShort();
  queue.add(loss, 'loss 1');
  queue.add(accuracy, 'accuracy 1');
  queue.add(rate, 'rate 1');
  expect(queue.drawn).toEqual(['loss 1']);
  // The first changes again, and does not get before those that wait.
  queue.add(loss, 'loss 2');
  queue.nextFrame();
  queue.nextFrame();
  queue.nextFrame();
  expect(queue.drawn).toEqual(['loss 1', 'accuracy 1', 'rate 1', 'loss 2']);
});

test('of a chart that waits only the newest is drawn', () => {
  const queue = queueOf(5);
  queue.keepFramesShort();
  queue.add(loss, 'loss 1');
  queue.add(accuracy, 'accuracy 1');
  queue.add(accuracy, 'accuracy 2');
  queue.nextFrame();
  queue.nextFrame();
  expect(queue.drawn).toEqual(['loss 1', 'accuracy 2']);
});

test('while nobody moves one, all are drawn in one frame', () => {
  const queue = queueOf(5);
  queue.keepFramesShort();
  queue.wait(1_000);
  queue.add(loss, 'loss');
  queue.add(accuracy, 'accuracy');
  queue.add(rate, 'rate');
  expect(queue.drawn).toEqual(['loss', 'accuracy', 'rate']);
});

test('what is quick is drawn in one frame', () => {
  const queue = queueOf(0.2);
  queue.keepFramesShort();
  queue.add(loss, 'loss');
  queue.add(accuracy, 'accuracy');
  expect(queue.drawn).toEqual(['loss', 'accuracy']);
});

test('a chart that is gone is not drawn; once nothing waits, no frame is asked for', () => {
  const queue = queueOf(5);
  queue.keepFramesShort();
  queue.add(loss, 'loss');
  queue.add(accuracy, 'accuracy');
  queue.remove(accuracy);
  queue.nextFrame();
  expect(queue.drawn).toEqual(['loss']);
  expect(queue.frames).toEqual([]);
  queue.add(rate, 'rate');
  expect(queue.drawn).toEqual(['loss', 'rate']);
});
