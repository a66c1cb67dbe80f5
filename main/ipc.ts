import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import * as v from 'valibot';
import { contract, type AppContract } from '../shared/contract.ts';
import {
  CHANNEL,
  toFailure,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
  type Handlers,
  type Result,
} from '../shared/ipc.ts';

/**
 * Binds the contract's calls: each checks the sender, parses the input, runs the handler and wraps the result. Nothing thrown leaves this
 * process.
 */

export type Send = <N extends EventName<AppContract>>(
  event: N,
  payload: EventPayload<AppContract, N>,
) => void;

/** The window that may call us, if there is one, and the origin that its page must have. */
export interface Peer {
  contents(): WebContents | null;
  origin: string;
}

const names = Object.keys(contract.calls) as CallName<AppContract>[];

export function bindCalls(
  ipcMain: Pick<IpcMain, 'handle'>,
  peer: Peer,
  handlers: Handlers<AppContract>,
): void {
  for (const name of names) bindCall(ipcMain, peer, name, handlers[name]);
}

function bindCall<N extends CallName<AppContract>>(
  ipcMain: Pick<IpcMain, 'handle'>,
  peer: Peer,
  name: N,
  handler: Handlers<AppContract>[N],
): void {
  type Answer = Result<CallOutput<AppContract, N>>;
  ipcMain.handle(CHANNEL + name, async (event, raw: unknown): Promise<Answer> => {
    if (!isPeer(event, peer))
      return refusedResult(name, 'it does not come from the app’s own window');
    const input = v.safeParse(contract.calls[name].input, raw);
    if (!input.success) {
      const [issue] = input.issues;
      return refusedResult(name, `${v.getDotPath(issue) ?? 'input'}: ${issue.message}`);
    }
    try {
      return { ok: true, value: await handler(input.output) };
    } catch (error) {
      return { ok: false, error: toFailure(error, `call ${name}`) };
    }
  });
}

/** Sends events to the window, if it is there. */
export function createSender(peer: Peer): Send {
  return (event, payload) => {
    const contents = peer.contents();
    if (contents !== null && !contents.isDestroyed() && !contents.isCrashed())
      contents.send(CHANNEL + event, payload);
  };
}

/**
 * Holds events back until somebody listens.
 * @returns `release` sends what was held; from then on `tell` sends at once
 */
export function heldBack(send: Send): { tell: Send; release: () => void } {
  let held: (() => void)[] | null = [];
  return {
    tell(event, payload) {
      if (held) held.push(() => send(event, payload));
      else send(event, payload);
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const sendOne of waiting) sendOne();
    },
  };
}

function isPeer(event: IpcMainInvokeEvent, peer: Peer): boolean {
  const contents = peer.contents();
  const frame = event.senderFrame;
  return (
    contents !== null &&
    frame !== null &&
    event.sender === contents &&
    frame === contents.mainFrame &&
    frame.origin === peer.origin
  );
}

const refusedResult = (
  name: string,
  why: string,
): { ok: false; error: ReturnType<typeof toFailure> } => ({
  ok: false,
  error: {
    what: `The request "${name}" was refused: ${why.replace(/\.$/, '')}.`,
    where: `call ${name}`,
    remedy: 'Correct the value named, or reload the window.',
  },
});
