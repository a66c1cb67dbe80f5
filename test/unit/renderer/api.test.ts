import { describe, expect, it, vi } from 'vitest';
import { Api } from '../../../renderer/api.ts';
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
    const { api, invoke } = apiAnswering({ ok: true, value: { step: 3, probabilities: [1] } });
    await expect(api.call('predict', { image })).resolves.toEqual({ step: 3, probabilities: [1] });
    expect(invoke).toHaveBeenCalledWith('predict', { image });
  });

  it('takes an answer without a value where none is due', async () => {
    await expect(apiAnswering({ ok: true }).api.call('pause')).resolves.toBeUndefined();
  });

  it('throws the failure that it is answered', async () => {
    const error = { what: 'Disk full.', where: '/tmp', remedy: 'Free some space.' };
    const { api } = apiAnswering({ ok: false, error });
    await expect(api.call('pause')).rejects.toMatchObject({ failure: error });
  });

  it.each([undefined, 7, { ok: true, value: { step: 'three' } }, { value: 1 }])(
    'refuses the answer %j',
    async (answer) => {
      const { api } = apiAnswering(answer);
      await expect(api.call('predict', { image })).rejects.toThrow('do not understand each other');
    },
  );

  it('does not send what the contract does not allow', async () => {
    const { api, invoke } = apiAnswering({ ok: true });
    const pixels = new Uint8Array(3);
    await expect(api.call('predict', { image: { ...image, pixels } })).rejects.toThrow(
      'height × width',
    );
    expect(invoke).not.toHaveBeenCalled();
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
});
