import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReaderHost } from '../../../main/reader-host.ts';
import type { ReaderCommand } from '../../../shared/dataset-requests.ts';
import { seedRun } from '../../../shared/presets.ts';
import type { ReadingProgress } from '../../../shared/reading-progress.ts';
import { FakeUtilityProcess } from '../../support/fake-utility-process.ts';

type Reader = FakeUtilityProcess<ReaderCommand>;
const processes: Reader[] = [];
vi.mock('electron', () => ({
  utilityProcess: {
    fork: () => {
      const child: Reader = new FakeUtilityProcess();
      setImmediate(() => child.spawn());
      processes.push(child);
      return child;
    },
  },
}));

describe('ReaderHost', () => {
  let host: ReaderHost;
  let told: ReadingProgress[];

  beforeEach(() => {
    processes.length = 0;
    told = [];
    host = new ReaderHost('reader-main.js', (progress) => told.push(progress));
  });

  const asked = (): { child: Reader; id: number } => {
    const child = processes.at(-1)!;
    const last = child.sent.at(-1)!;
    if (last.type !== 'ask') throw new Error('nothing was asked');
    return { child, id: last.id };
  };

  it('starts its process for the first request, and gives each the answer with its number', async () => {
    expect(processes).toHaveLength(0);
    const first = host.ask({ type: 'sets' });
    const one = asked();
    const second = host.ask({ type: 'alike', most: 3 });
    const two = asked();
    const alike = { type: 'alike', pairs: [], pixels: new Uint8Array() };
    two.child.tell({ type: 'answer', id: two.id, answer: alike });
    one.child.tell({ type: 'answer', id: one.id, answer: { type: 'sets', sets: [] } });
    await expect(first).resolves.toEqual({ type: 'sets', sets: [] });
    await expect(second).resolves.toEqual(alike);
    expect(processes).toHaveLength(1);
  });

  it('tells how far reading is; what was stopped has no answer', async () => {
    const answer = host.ask({ type: 'fetch', name: 'kmnist' });
    const { child, id } = asked();
    child.tell({ type: 'reading', done: 3, total: 9, unit: 'bytes', secondsLeft: null });
    host.stop();
    expect(child.sent.at(-1)).toEqual({ type: 'stop' });
    child.tell({ type: 'stopped', id });
    await expect(answer).resolves.toBeNull();
    expect(told).toEqual([{ done: 3, total: 9, unit: 'bytes', secondsLeft: null }]);
  });

  it('fails with the reason where a request is refused', async () => {
    const answer = host.ask({ type: 'fetch', name: 'kmnist' });
    const { child, id } = asked();
    child.tell({ type: 'refused', id, what: 'No.', where: 'here', remedy: 'None.' });
    await expect(answer).rejects.toMatchObject({ failure: { what: 'No.' } });
  });

  it('says what ended the process where it ends by itself, and starts another the next time', async () => {
    const answer = host.ask({ type: 'fetch', name: 'kmnist' });
    asked().child.emit('exit', 9);
    await expect(answer).rejects.toMatchObject({
      failure: { what: expect.stringContaining('signal 9') as string },
    });
    // A new one would not know of what this one had open.
    await expect(host.ask({ type: 'alike', most: 3 })).rejects.toMatchObject({
      failure: { what: expect.stringContaining('signal 9') as string },
    });
    expect(processes).toHaveLength(1);
    void host.ask({ type: 'sets' });
    expect(processes).toHaveLength(2);
  });

  it('is closed without a failure, and ends its process then', async () => {
    const answer = host.ask({ type: 'sets' });
    const { child } = asked();
    host.close();
    await expect(answer).resolves.toBeNull();
    await vi.waitFor(() => expect(child.kills).toBe(1));
  });

  describe('after samples', () => {
    const samples = {
      ...({ type: 'augmented', data: seedRun().data } as const),
      ...{ seed: 1, step: 0, most: 9 },
    };
    const answer = {
      ...{ type: 'augmented', height: 1, width: 1, channels: 1, findings: [], examples: [] },
      ...{ pixels: new Uint8Array(), augmented: new Uint8Array() },
      counts: { train: 1, validation: 0, test: 0 },
    } as const;
    const askSamples = async (): Promise<Reader> => {
      const answered = host.ask(samples);
      const { child, id } = asked();
      child.tell({ type: 'answer', id, answer });
      await answered;
      return child;
    };
    beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => vi.useRealTimers());

    it('ends its process where nobody asks for a while, and starts another for the next', async () => {
      const child = await askSamples();
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(50_000);
      await askSamples();
      vi.advanceTimersByTime(50_000);
      expect(child.kills).toBe(0);
      vi.advanceTimersByTime(10_000);
      expect(child.kills).toBe(1);
      await askSamples();
      expect(processes).toHaveLength(2);
    });

    it('keeps its process while one of them is still being read', async () => {
      const child = await askSamples();
      void host.ask(samples);
      vi.advanceTimersByTime(24 * 3600 * 1000 - 1);
      expect(child.kills).toBe(0);
    });

    it('keeps its process for data that are open, until they are closed', async () => {
      const opened = host.ask({ type: 'sets' });
      const { child, id } = asked();
      child.tell({ type: 'answer', id, answer: { type: 'sets', sets: [] } });
      await opened;
      await askSamples();
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(3_600_000);
      expect(child.kills).toBe(0);
      host.close();
      expect(child.kills).toBe(1);
    });
  });
});
