import { ReaderService } from '../../main/trainer/reader/reader-service.ts';
import type { ReaderAnswer, ReaderEvent, ReaderRequest } from '../../shared/dataset-requests.ts';
import type { Failure } from '../../shared/ipc.ts';

type AnswerOf<R extends ReaderRequest> = Extract<ReaderAnswer, { type: R['type'] }>;

/** A reader service in this process, and how it answers. */
export function askedReader() {
  const events: ReaderEvent[] = [];
  const waiting = new Map<number, (event: ReaderEvent) => void>();
  const service = new ReaderService((event) => {
    events.push(event);
    if ('id' in event) waiting.get(event.id)?.(event);
  });
  let next = 0;
  const ask = (request: ReaderRequest): Promise<ReaderEvent> => {
    const id = ++next;
    const told = new Promise<ReaderEvent>((resolve) => waiting.set(id, resolve));
    service.handle({ type: 'ask', id, request });
    return told;
  };
  const answer = async <R extends ReaderRequest>(request: R): Promise<AnswerOf<R>> => {
    const event = await ask(request);
    if (event.type !== 'answer' || event.answer.type !== request.type)
      throw new Error(JSON.stringify(event));
    return event.answer as AnswerOf<R>;
  };
  const refusal = async (request: ReaderRequest): Promise<Failure> => {
    const event = await ask(request);
    if (event.type !== 'refused') throw new Error(JSON.stringify(event));
    return event;
  };
  return { service, events, ask, answer, refusal };
}
