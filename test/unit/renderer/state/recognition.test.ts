import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usualForm } from '../../../../shared/drawn-image.ts';
import { readingWindow } from '../../../support/reading-window.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const refusal = {
  what: 'The picture is 28×28, but this network was trained on 14×56.',
  where: 'image',
  remedy: 'Ask a network that was trained on images of this size.',
};

/** A picture has just been asked about, as 28×28, while the app opens a folder. */
function asking() {
  const { bridge, notices, recognition } = readingWindow();
  recognition.take({ phase: 'opening', images: null });
  const pixels = new Uint8Array(784);
  recognition.showPicture({ from: 'data', pixels, name: '', className: null, fitting: null });
  const refuse = async (): Promise<void> => {
    await bridge.last('ask').refuse(refusal);
    await vi.advanceTimersByTimeAsync(500);
  };
  return { notices, recognition, refuse };
}

it('says nothing of a picture that fits the network of before, where another one was opened meanwhile', async () => {
  const { notices, recognition, refuse } = asking();
  recognition.take({
    phase: 'idle',
    images: { ...usualForm, height: 14, width: 56, classNames: [] },
  });
  await refuse();
  expect(notices.items).toEqual([]);
});

it('says what was refused of the network that is still there', async () => {
  const { notices, refuse } = asking();
  await refuse();
  expect(notices.items).toMatchObject([refusal]);
});
