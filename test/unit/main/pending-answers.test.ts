import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingAnswers } from '../../../main/pending-answers.ts';

describe('PendingAnswers', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const ask = (
    answers: PendingAnswers<{ id: number }>,
  ): { id: number; answer: Promise<unknown> } => {
    let id = 0;
    const answer = answers.ask((given) => {
      id = given;
    });
    return { id, answer };
  };

  it('gives each its own answer, in whatever order they come', async () => {
    const answers = new PendingAnswers<{ id: number }>(1_000);
    const first = ask(answers);
    const second = ask(answers);
    answers.settle({ id: second.id });
    answers.settle({ id: first.id });
    await expect(first.answer).resolves.toEqual({ id: first.id });
    await expect(second.answer).resolves.toEqual({ id: second.id });
  });

  it('fails in time, and drops the answer that comes late', async () => {
    const answers = new PendingAnswers<{ id: number }>(1_000);
    const { id, answer } = ask(answers);
    const failed = expect(answer).rejects.toThrow('did not answer within 1 seconds');
    await vi.advanceTimersByTimeAsync(1_001);
    await failed;
    answers.settle({ id });
  });

  it('fails with the reason where the answer is refused', async () => {
    const answers = new PendingAnswers<{ id: number }>(1_000);
    const { id, answer } = ask(answers);
    const failed = expect(answer).rejects.toMatchObject({
      failure: { what: 'No layer 9.', where: 'layer', remedy: 'Choose another.' },
    });
    answers.refuse(id, { what: 'No layer 9.', where: 'layer', remedy: 'Choose another.' });
    await failed;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('abandons all that is waiting', async () => {
    const answers = new PendingAnswers<{ id: number }>(1_000);
    const { answer } = ask(answers);
    answers.abandon();
    await expect(answer).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });
});
