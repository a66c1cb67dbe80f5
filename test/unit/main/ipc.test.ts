import { describe, expect, it } from 'vitest';
import { bindCalls, createSender, type Peer } from '../../../main/ipc.ts';
import { contract, type AppContract } from '../../../shared/contract.ts';
import { questions } from '../../../shared/questions.ts';
import { FailureError, type Handlers, type Result } from '../../../shared/ipc.ts';
import { seedRun } from '../../../shared/presets.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';

type Listener = (event: unknown, input: unknown) => Promise<Result<unknown>>;

/** Electron's side, as far as binding needs it. */
function bind(handlers: Partial<Handlers<AppContract>>) {
  const listeners = new Map<string, Listener>();
  const sent: unknown[][] = [];
  const mainFrame = { origin: 'app://firstlayer' };
  const contents = {
    mainFrame,
    isDestroyed: () => false,
    isCrashed: () => false,
    send: (...message: unknown[]) => sent.push(message),
  };
  const peer = { contents: () => contents, origin: 'app://firstlayer' } as unknown as Peer;
  const ipcMain = {
    handle: (channel: string, listener: Listener) => listeners.set(channel, listener),
  };
  bindCalls(ipcMain as never, peer, handlers as Handlers<AppContract>);
  const own = { sender: contents, senderFrame: mainFrame };
  const call = (name: string, input?: unknown, event: unknown = own): Promise<Result<unknown>> =>
    listeners.get(`firstlayer:${name}`)!(event, input);
  return { call, contents, listeners, peer, sent };
}

describe('bindCalls', () => {
  it('binds every call of the contract, and no other', () => {
    const { listeners } = bind({});
    expect([...listeners.keys()]).toEqual(
      Object.keys(contract.calls).map((name) => `firstlayer:${name}`),
    );
  });

  it('hands over what was parsed and wraps the answer', async () => {
    const { call } = bind({
      openRecentFolder: ({ path }) => ({ path, checkpoint: null, found: null, recent: [] }),
    });
    expect(await call('openRecentFolder', { path: '/run' })).toEqual({
      ok: true,
      value: { path: '/run', checkpoint: null, found: null, recent: [] },
    });
  });

  it('refuses what the schema does not allow, naming it, before the handler sees it', async () => {
    let handled = false;
    const { call } = bind({
      start: () => {
        handled = true;
      },
    });
    const result = await call('start', withValueAt(seedRun(), 'training.epochs', 'many'));
    expect(result).toMatchObject({ ok: false, error: { where: 'call start' } });
    expect(JSON.stringify(result)).toContain('epochs');
    expect(handled).toBe(false);
  });

  it('hands a question over, and refuses one that there is not', async () => {
    const { call } = bind({ ask: (question) => questions[question.type].empty });
    expect(await call('ask', { type: 'filters' })).toEqual({
      ok: true,
      value: questions.filters.empty,
    });
    expect(await call('ask', { type: 'weights' })).toMatchObject({ ok: false });
    expect(await call('ask', { type: 'saliency', class: 3 })).toMatchObject({ ok: false });
  });

  it('takes live numbers within their ranges only', async () => {
    const changes: unknown[] = [];
    const { call } = bind({ change: (change) => void changes.push(change) });
    expect(await call('change', { learningRate: 0.01 })).toEqual({ ok: true, value: undefined });
    expect(await call('change', { learningRate: -1 })).toMatchObject({ ok: false });
    expect(await call('change', { epochs: 3 })).toMatchObject({ ok: false });
    expect(changes).toEqual([{ learningRate: 0.01 }]);
  });

  it.each([
    { type: 'export', name: 'model.ckpt-9', to: '/home/somebody' },
    { type: 'delete', name: 'model.ckpt-9', folder: '/home/somebody' },
    { type: 'delete', name: 'x'.repeat(101) },
    { type: 'prune', keep: 0 },
  ])('refuses the request %j about checkpoints: the window names no place', async (request) => {
    let handled = false;
    const { call } = bind({
      checkpoints: () => {
        handled = true;
        return { type: 'removed', names: [] };
      },
    });
    expect(await call('checkpoints', request)).toMatchObject({ ok: false });
    expect(handled).toBe(false);
    expect(await call('checkpoints', { type: 'prune', keep: 1 })).toMatchObject({ ok: true });
  });

  it('answers with a failure whatever a handler throws', async () => {
    const known = { what: 'no', where: 'here', remedy: 'so' };
    const { call } = bind({
      stop: () => {
        throw new FailureError(known);
      },
      pause: () => Promise.reject(new TypeError('bug')),
    });
    expect(await call('stop')).toEqual({ ok: false, error: known });
    expect(await call('pause')).toMatchObject({
      ok: false,
      error: { what: 'bug', where: 'call pause' },
    });
  });

  it.each([
    ['another page', { senderFrame: { origin: 'https://evil.example' } }],
    ['a frame inside ours', { senderFrame: { origin: 'app://firstlayer' } }],
    ['a frame that is gone', { senderFrame: null }],
    ['another window', { sender: {} }],
  ])('refuses %s', async (_name, other) => {
    const { call, contents } = bind({ pause: () => undefined });
    const event = { sender: contents, senderFrame: contents.mainFrame, ...other };
    expect(await call('pause', undefined, event)).toMatchObject({ ok: false });
    expect(await call('pause')).toMatchObject({ ok: true });
  });

  it('refuses our own window after it has gone elsewhere', async () => {
    const { call, contents } = bind({ pause: () => undefined });
    contents.mainFrame.origin = 'https://evil.example';
    expect(await call('pause')).toMatchObject({ ok: false });
  });
});

it('sender sends on our channel, and drops what nobody can hear', () => {
  const { peer, sent } = bind({});
  createSender(peer)('menu', 'stop');
  createSender({ ...peer, contents: () => null })('menu', 'stop');
  expect(sent).toEqual([['firstlayer:menu', 'stop']]);
});
