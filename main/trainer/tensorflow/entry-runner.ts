import type { EntryPointName } from '../graph/entry-points/names.ts';
import { readFloats } from './feeds.ts';
import type { GraphSession } from './graph-session.ts';
import { tensorFlow, type NamedValues, type Value } from './tensorflow.ts';

/** A loaded graph's entry points. Each call blocks this thread until the graph has run, and frees what it was fed. */
export class EntryRunner {
  readonly #session: GraphSession | null;

  /** @param session null: a graph without entry points */
  constructor(session: GraphSession | null) {
    this.#session = session;
  }

  has(entry: EntryPointName): boolean {
    return this.#session?.has(entry) ?? false;
  }

  /**
   * Runs an entry point.
   * @param inputs by name; left out for an entry point that needs none
   * @returns every output as a flat float32 array, by name
   * @throws Error if the graph has no such entry point, or TensorFlow fails
   */
  fetchAll(entry: EntryPointName, inputs?: NamedValues): Map<string, Float32Array> {
    return this.#run(entry, inputs ?? feedNothing(), readFloats);
  }

  /**
   * Like `fetchAll`, for one output.
   * @throws Error also if there is no such output
   */
  fetchOne(entry: EntryPointName, output: string, inputs?: NamedValues): Float32Array {
    return requireOutput(this.fetchAll(entry, inputs), entry, output);
  }

  /** Like `fetchAll`, with integers of up to 32 bits as they are, which a float32 could not hold. */
  fetchAsTyped(entry: EntryPointName, inputs: NamedValues): Map<string, Float32Array | Int32Array> {
    return this.#run(entry, inputs, (value) => value.dataSync() as Float32Array | Int32Array);
  }

  /** Like `fetchOne`, for such an integer. */
  fetchInteger(entry: EntryPointName, output: string): number {
    const readFirst = (value: Value): number => value.dataSync()[0] ?? 0;
    return requireOutput(this.#run(entry, feedNothing(), readFirst), entry, output);
  }

  /** Runs an entry point that only signals that it has run. */
  execute(entry: EntryPointName, inputs?: NamedValues): void {
    this.fetchAll(entry, inputs);
  }

  /** Frees the graph and its variables. */
  close(): void {
    this.#session?.close();
  }

  #run<T>(
    entry: EntryPointName,
    inputs: NamedValues,
    readValue: (value: Value) => T,
  ): Map<string, T> {
    try {
      if (!this.#session) throw new Error(`there is no graph to run "${entry}"`);
      const outputs = this.#session.run(entry, inputs);
      const values = new Map(
        Object.entries(outputs).map(([name, value]) => [name, readValue(value)]),
      );
      tensorFlow().dispose(outputs);
      return values;
    } finally {
      tensorFlow().dispose(inputs);
    }
  }
}

/** TensorFlow wants every signature to be fed something. */
const feedNothing = (): NamedValues => ({ unused: tensorFlow().scalar(0, 'int32') });

function requireOutput<T>(outputs: Map<string, T>, entry: EntryPointName, output: string): T {
  const value = outputs.get(output);
  if (value === undefined) throw new Error(`entry point "${entry}" has no output "${output}"`);
  return value;
}
