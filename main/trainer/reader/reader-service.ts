import type {
  ReaderAnswer,
  ReaderCommand,
  ReaderEvent,
  ReaderRequest,
} from '../../../shared/dataset-requests.ts';
import { toFailure } from '../../../shared/ipc.ts';
import type { Dataset } from '../data/dataset.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { ReadingPace } from '../data/reading-pace.ts';
import { answerRequest } from './answer-request.ts';
import { AugmentedSamples } from './augmented-samples.ts';
import { PredictionDesk } from './predictions/prediction-desk.ts';
import { QuestionDesk } from './question-desk.ts';

/** Takes requests and emits answers, whatever the transport. Holds the dataset that was opened last, to answer questions about it. */
export class ReaderService {
  readonly #emit: (event: ReaderEvent) => void;
  /** Of what is being read, by the request's type: a newer one of the same kind takes its place. */
  readonly #running = new Map<ReaderRequest['type'], AbortController>();
  readonly #augmentedSamples = new AugmentedSamples();
  readonly #predictions = new PredictionDesk();
  readonly #questions = new QuestionDesk();
  #dataset: Dataset | null = null;

  constructor(emit: (event: ReaderEvent) => void) {
    this.#emit = emit;
  }

  handle(command: ReaderCommand): void {
    if (command.type === 'ask') void this.#answer(command.id, command.request);
    else for (const control of this.#running.values()) control.abort();
  }

  async #answer(id: number, request: ReaderRequest): Promise<void> {
    const control = new AbortController();
    // Pages of images that are scrolled past are small, and those beside them are wanted too.
    if (request.type !== 'images') this.#running.get(request.type)?.abort();
    if (request.type === 'open') {
      // This searches the dataset that is open, which is no longer wanted.
      this.#running.get('alike')?.abort();
      // Two datasets are not read at once, and a person who opens this one does not see the other.
      this.#running.get('augmented')?.abort();
    }
    this.#running.set(request.type, control);
    const { signal } = control;
    try {
      const answer = await this.#answerTo(request, signal);
      this.#emit(signal.aborted ? { type: 'stopped', id } : { type: 'answer', id, answer });
    } catch (error) {
      this.#emit(
        signal.aborted
          ? { type: 'stopped', id }
          : { type: 'refused', id, ...toFailure(error, placeOf(request)) },
      );
    } finally {
      if (this.#running.get(request.type) === control) this.#running.delete(request.type);
    }
  }

  async #answerTo(request: ReaderRequest, signal: AbortSignal): Promise<ReaderAnswer> {
    if (request.type === 'question') return this.#questions.answer(request);
    if (request.type === 'release') {
      this.#questions.release();
      return request;
    }
    if (
      request.type === 'predictions' ||
      request.type === 'images' ||
      request.type === 'most-exciting' ||
      request.type === 'class-image' ||
      request.type === 'calibration' ||
      request.type === 'worst'
    )
      return this.#predictions.answer(request, { signal, progress: this.#tellProgress(signal) });
    // Two datasets are not held at once.
    if (request.type === 'open') this.#dataset = null;
    return answerRequest(request, {
      watch: {
        signal,
        progress: request.type === 'fit' ? () => undefined : this.#tellProgress(signal),
      },
      augmentedSamples: this.#augmentedSamples,
      opened: () => this.#dataset,
      keep: (dataset) => {
        if (!signal.aborted) this.#dataset = dataset;
      },
    });
  }

  #tellProgress(signal: AbortSignal): ReadingWatch['progress'] {
    const pace = new ReadingPace();
    return (done, total, unit) => {
      const progress = pace.measure(done, total, unit);
      if (progress && !signal.aborted) this.#emit({ type: 'reading', ...progress });
    };
  }
}

function placeOf(request: ReaderRequest): string {
  if ('data' in request) return request.data.dataset;
  if ('folder' in request) return request.folder;
  return 'name' in request ? request.name : 'the dataset';
}
