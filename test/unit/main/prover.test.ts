import { expect, it } from 'vitest';
import type { ProofState } from '../../../shared/proof.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import { Prover } from '../../../main/prover.ts';

function begun() {
  const sent: TrainerCommand[] = [];
  const told: unknown[] = [];
  const prover = new Prover({ send: (command) => void sent.push(command) }, (_event, payload) => {
    told.push(payload);
  });
  prover.prove('/run', { name: 'model.ckpt-7' });
  const id = (): number => (sent.findLast(({ type }) => type === 'prove') as { id: number }).id;
  return { prover, sent, told, id };
}
const isUnderWay = (state: ProofState | null): boolean => state !== null && state.progress !== null;

it('tells each news whole, and keeps the result until it is put away', () => {
  const { prover, told, id } = begun();
  const stretch = { from: null, fromStep: 0, toStep: 7, step: 3 };
  const progress = { doing: 'training' as const, stretch, secondsLeft: 2 };
  prover.onEvent({ type: 'proof-progress', id: id(), ...progress });
  expect(told.at(-1)).toMatchObject({ folder: '/run', progress });
  prover.dismiss();
  expect(isUnderWay(prover.state)).toBe(true);
  prover.onEvent({ type: 'proved', id: id(), proof: null });
  expect(prover.state).toMatchObject({ progress: null, proof: null, failure: null });
  prover.dismiss();
  expect(prover.state).toBeNull();
  expect(told.at(-1)).toBeNull();
});

it('what is told of an earlier proof does not end the present one; the trainer’s end does', () => {
  const { prover, id } = begun();
  const before = id();
  prover.onEvent({ type: 'proved', id: before, proof: null });
  prover.prove('/run', { name: 'model.ckpt-14' });
  prover.onEvent({ type: 'proved', id: before, proof: null });
  expect(isUnderWay(prover.state)).toBe(true);
  prover.onEvent(null);
  expect(prover.state?.failure?.what).toContain('trainer ended');
  expect(isUnderWay(prover.state)).toBe(false);
});

it('stops only what is under way', () => {
  const { prover, sent, id } = begun();
  prover.stop();
  expect(sent.at(-1)).toEqual({ type: 'stop-proving' });
  prover.onEvent({ type: 'proved', id: id(), proof: null });
  prover.stop();
  expect(sent.filter(({ type }) => type === 'stop-proving')).toHaveLength(1);
});
