import type { Calibration } from '../../../../shared/calibration.ts';
import { partNames } from '../../../../shared/dataset-parts.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import type {
  FolderPredictionRequest,
  Predicted,
  PredictionAnswer,
  PredictionRequest,
  WorstAnswer,
  WorstRequest,
} from '../../../../shared/predictions.ts';
import { checkpointNamed } from '../../checkpoint/named-checkpoint.ts';
import type { Checkpoint } from '../../checkpoint/reading.ts';
import type { ReadingWatch } from '../../data/raw-dataset.ts';
import { restoredSession } from '../../tensorflow/restored-session.ts';
import { findExamples, pixelsOf } from '../example-pages.ts';
import { calibrate } from './calibrate.ts';
import { evaluatePart, withoutManyLogits, type EvaluatedPart } from './evaluate-part.ts';
import { ExaminedSets, type AskedImages } from './examined-sets.ts';
import { findMostExciting } from './most-exciting.ts';
import { worstMistakes } from './worst-mistakes.ts';

type Asked<Type extends PredictionRequest['type']> = Extract<
  FolderPredictionRequest,
  { type: Type }
>;

/** Answers that are kept: of two checkpoints all three parts. */
const MOST_KEPT = 6;

/**
 * Answers what checkpoints take examples for, and shows the examples. Every request says all that it is of, so that nothing is lost
 * with this process; what it has read and asked last is kept, to be answered at once.
 */
export class PredictionDesk {
  readonly #data = new ExaminedSets();
  /** By what they are of, the oldest first. */
  readonly #kept = new Map<string, EvaluatedPart>();
  /** Of whom the images are asked page by page: its files need not be read each time. */
  #opened: { by: string; checkpoint: Checkpoint } | null = null;

  /**
   * @throws FailureError naming what cannot be read, or why the network cannot be asked about the data; the signal's reason where it
   * is stopped
   */
  answer(
    request: FolderPredictionRequest | WorstRequest,
    watch: ReadingWatch,
  ): Promise<PredictionAnswer | WorstAnswer> {
    if (request.type === 'images') return this.#showImages(request, watch);
    if (request.type === 'most-exciting') return this.#showMostExciting(request, watch);
    if (request.type === 'class-image') return this.#showClassImage(request, watch);
    if (request.type === 'calibration') return this.#calibrate(request, watch);
    return request.type === 'worst' ? this.#showWorst(request, watch) : this.#tell(request, watch);
  }

  /** The examples of the validation part, or of the test where there is none. */
  async #showWorst(request: WorstRequest, watch: ReadingWatch): Promise<WorstAnswer> {
    const { folder, checkpoint: name } = request;
    const checkpoint = await checkpointNamed(folder, name);
    const data = await this.#data.read(checkpoint.record, null, watch);
    const part = data.validation.count > 0 ? 'validation' : 'test';
    const asked = { folder, checkpoint: name, dataset: null, part } as const;
    const predicted = await this.#tell({ type: 'predictions', ...asked }, watch);
    return { type: 'worst', mistakes: await worstMistakes(predicted, part, data) };
  }

  /** As for a report, of the run's own data. */
  async #showMostExciting(
    request: Asked<'most-exciting'>,
    watch: ReadingWatch,
  ): Promise<PredictionAnswer> {
    const checkpoint = await this.#open(request, true);
    const data = await this.#data.read(checkpoint.record, null, watch);
    const part = data.validation.count > 0 ? 'validation' : 'test';
    const { height, width, channels } = data;
    const session = await restoredSession(checkpoint);
    try {
      const found = await findMostExciting(session, data, part, request, watch);
      const { step } = checkpoint.record.cursor;
      return { type: 'most-exciting', step, part, height, width, channels, ...found };
    } finally {
      session.close();
    }
  }

  async #tell(request: Asked<'predictions'>, watch: ReadingWatch): Promise<Predicted> {
    const checkpoint = await this.#open(request, true);
    return (await this.#evaluate(request, checkpoint, watch, false)).predicted;
  }

  /** The temperature is the validation's in any case: on another part, or other data, it is tried. */
  async #calibrate(request: Asked<'calibration'>, watch: ReadingWatch): Promise<Calibration> {
    const checkpoint = await this.#open(request, true);
    const { step } = checkpoint.record.cursor;
    const own = { dataset: null, part: 'validation' } as const;
    // Other data that are open need not make room for the run's own, only to be counted.
    const isKept = this.#kept.has(keyOf(checkpoint, own));
    if (!isKept && (await this.#data.read(checkpoint.record, null, watch)).validation.count === 0)
      return { type: 'calibration', step, result: { state: 'none', why: 'no-validation' } };
    const fittedOn = await this.#evaluate(own, checkpoint, watch, true);
    const isOwn = request.dataset === own.dataset && request.part === own.part;
    const triedOn = isOwn ? fittedOn : await this.#evaluate(request, checkpoint, watch, true);
    return { type: 'calibration', step, result: calibrate(fittedOn, triedOn) };
  }

  /** @param needsLogits false: what is kept does without them too */
  async #evaluate(
    asked: AskedImages,
    checkpoint: Checkpoint,
    watch: ReadingWatch,
    needsLogits: boolean,
  ): Promise<EvaluatedPart> {
    watch.signal.throwIfAborted();
    const key = keyOf(checkpoint, asked);
    // Of their own drawings a person may have kept others since.
    let evaluated = asked.part === 'own' ? undefined : this.#kept.get(key);
    if (!evaluated || (needsLogits && evaluated.logits.length === 0)) {
      const examined = await this.#data.examine(checkpoint.record, asked, watch, true);
      evaluated = await evaluatePart(checkpoint, examined, watch);
    }
    this.#kept.delete(key);
    this.#kept.set(key, withoutManyLogits(evaluated));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return evaluated;
  }

  async #showImages(request: Asked<'images'>, watch: ReadingWatch): Promise<PredictionAnswer> {
    const checkpoint = await this.#open(request, false);
    const { data, part, place } = await this.#data.examine(checkpoint.record, request, watch);
    const { numbers } = request;
    const { count } = data[part];
    const wanted = numbers.filter((number) => number < count);
    if (wanted.length < numbers.length)
      throw new FailureError({
        what: 'The data have fewer images than when they were read.',
        where: place,
        remedy: 'Read the part again: choose another and come back.',
      });
    const pixels = pixelsOf(
      data,
      wanted.map((number) => ({ part, number })),
    );
    return { type: 'images', pixels };
  }

  async #showClassImage(
    request: Asked<'class-image'>,
    watch: ReadingWatch,
  ): Promise<PredictionAnswer> {
    const checkpoint = await this.#open(request, false);
    const data = await this.#data.read(checkpoint.record, request.dataset, watch);
    const { label, from } = request;
    for (const part of [request.part, ...partNames]) {
      const { labels } = data[part];
      const { total } = findExamples(labels, { label, from: 0, most: 0 });
      if (total === 0) continue;
      const { examples } = findExamples(labels, { label, from: from % total, most: 1 });
      const [{ number } = { number: 0 }] = examples;
      const name = data.classNames[label] ?? String(label);
      const pixels = pixelsOf(data, [{ part, number }]);
      return { type: 'class-image', image: { part, number, name, pixels } };
    }
    return { type: 'class-image', image: null };
  }

  /** @param isFresh its files are looked at again: another run may have come to this name */
  async #open(
    { folder, checkpoint: name }: FolderPredictionRequest,
    isFresh: boolean,
  ): Promise<Checkpoint> {
    const by = JSON.stringify([folder, name]);
    if (!isFresh && this.#opened?.by === by) return this.#opened.checkpoint;
    const checkpoint = await checkpointNamed(folder, name);
    this.#opened = { by, checkpoint };
    return checkpoint;
  }
}

const keyOf = ({ prefix, record }: Checkpoint, { dataset, part }: AskedImages): string =>
  JSON.stringify([prefix, record.files.data.sha256, dataset, part]);
