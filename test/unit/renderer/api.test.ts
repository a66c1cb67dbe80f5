import { describe, expect, it, vi } from 'vitest';
import { Api } from '../../../renderer/api.ts';
import { questions } from '../../../shared/questions.ts';
import type { Bridge } from '../../../shared/ipc.ts';

function apiAnswering(answer: unknown) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const invoke = vi.fn<Bridge['invoke']>(() => Promise.resolve(answer));
  const api = new Api({
    invoke,
    on(event, listener) {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  });
  return { api, invoke, listeners };
}

const image = { height: 28, width: 28, channels: 1, pixels: new Uint8Array(784) };

describe('Api.call', () => {
  it('unpacks an answer', async () => {
    const value = { type: 'predict', step: 3, probabilities: [1] };
    const { api, invoke } = apiAnswering({ ok: true, value });
    await expect(api.ask({ type: 'predict', image })).resolves.toEqual(value);
    expect(invoke).toHaveBeenCalledWith('ask', { type: 'predict', image });
  });

  it('takes an answer without a value where none is due', async () => {
    await expect(apiAnswering({ ok: true }).api.call('pause')).resolves.toBeUndefined();
  });

  it('throws the failure that it is answered', async () => {
    const error = { what: 'Disk full.', where: '/tmp', remedy: 'Free some space.' };
    const { api } = apiAnswering({ ok: false, error });
    await expect(api.call('pause')).rejects.toMatchObject({ failure: error });
  });

  it.each([undefined, 7, { ok: true, value: { type: 'predict', step: 'three' } }, { value: 1 }])(
    'refuses the answer %j',
    async (answer) => {
      const { api } = apiAnswering(answer);
      await expect(api.ask({ type: 'predict', image })).rejects.toThrow(
        'do not understand each other',
      );
    },
  );

  it('does not send what the contract does not allow', async () => {
    const { api, invoke } = apiAnswering({ ok: true });
    const pixels = new Uint8Array(3);
    const question = { type: 'predict', image: { ...image, pixels } } as const;
    await expect(api.ask(question)).rejects.toThrow('height × width');
    expect(invoke).not.toHaveBeenCalled();
  });

  it('refuses the answer to another question', async () => {
    const value = { ...questions.saliency.empty };
    const { api } = apiAnswering({ ok: true, value });
    await expect(api.ask({ type: 'saliency', image, class: 3 })).resolves.toEqual(value);
    await expect(api.ask({ type: 'filters' })).rejects.toThrow('it is one to saliency');
  });
});

describe('Api.on', () => {
  it('hands on what fits the contract, tells of what does not, and ends', () => {
    const { api, listeners } = apiAnswering(undefined);
    const onMalformed = vi.fn();
    const listener = vi.fn();
    api.onMalformed = onMalformed;
    const end = api.on('menu', listener);
    listeners.get('menu')?.('stop');
    expect(listener).toHaveBeenCalledWith('stop');
    listeners.get('menu')?.('format-disk');
    expect(listener).toHaveBeenCalledOnce();
    expect(onMalformed).toHaveBeenCalledOnce();
    end();
    expect(listeners.size).toBe(0);
  });

  it('tells all who listen of an event that crosses once, until each has ended', () => {
    const { api, listeners } = apiAnswering(undefined);
    const [first, second] = [vi.fn(), vi.fn()];
    const onMalformed = vi.fn();
    api.onMalformed = onMalformed;
    const endFirst = api.on('menu', first);
    const endSecond = api.on('menu', second);
    listeners.get('menu')?.('format-disk');
    expect(onMalformed).toHaveBeenCalledOnce();
    endFirst();
    listeners.get('menu')?.('stop');
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
    endSecond();
    expect(listeners.size).toBe(0);
  });
});
