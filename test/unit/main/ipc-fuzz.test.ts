import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { bindCalls, type Peer } from '../../../main/ipc.ts';
import { contract, type AppContract } from '../../../shared/contract.ts';
import type { CallName, Handlers, Result } from '../../../shared/ipc.ts';
import { nearlyOf } from '../../support/schema-arbitrary.ts';

type Listener = (event: unknown, input: unknown) => Promise<Result<unknown>>;

/** Payloads in all. */
const PAYLOADS = Number(process.env.RUNS ?? 100_000);

const names = Object.keys(contract.calls) as CallName<AppContract>[];
const perCall = Math.ceil(PAYLOADS / names.length);

const listeners = new Map<string, Listener>();
/** How often a handler was reached. */
const reached = { times: 0 };
const handlers = Object.fromEntries(
  names.map((name) => [
    name,
    () => {
      reached.times++;
    },
  ]),
) as unknown as Handlers<AppContract>;
const mainFrame = { origin: 'app://firstlayer' };
const contents = { mainFrame };
bindCalls(
  { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) } as never,
  { contents: () => contents, origin: mainFrame.origin } as unknown as Peer,
  handlers,
);
const own = { sender: contents, senderFrame: mainFrame };

it.each(names)(
  '%s: whatever comes, nothing but what the contract asks for reaches its handler, and the answer is always one',
  async (name) => {
    let [refused, taken] = [0, 0];
    const { input } = contract.calls[name];
    await fc.assert(
      fc.asyncProperty(nearlyOf(input), async (payload) => {
        reached.times = 0;
        const answer = await listeners.get(`firstlayer:${name}`)?.(own, payload);
        const isAllowed = v.is(input, payload);
        expect(answer?.ok).toBe(isAllowed);
        expect(reached.times).toBe(isAllowed ? 1 : 0);
        if (isAllowed) taken++;
        else refused++;
        if (answer?.ok === false) expect(answer.error.where).toBe(`call ${name}`);
      }),
      { numRuns: perCall },
    );
    // Values that are never right, or never wrong, would try nothing.
    expect(refused, 'refused').toBeGreaterThan(0);
    expect(taken + refused).toBe(perCall);
  },
);
