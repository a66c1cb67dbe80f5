/** Cuts ranges out of a stream that is read once, from its beginning; each range must lie after the one before. */
export class StreamCutter {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #signal: AbortSignal;
  /** The bytes that are read and not yet taken, and the place where they begin. */
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(pieces: AsyncIterable<Buffer>, signal: AbortSignal) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** The bytes from `start` to before `end`; fewer where the stream ends. */
  async *range(start: number, end: number): AsyncGenerator<Buffer> {
    if (start < this.#at) throw new Error('was read before');
    while (this.#at < end) {
      if (this.#rest.length === 0 && !(await this.#next())) return;
      const skipped = Math.min(this.#rest.length, Math.max(0, start - this.#at));
      const taken = Math.min(this.#rest.length - skipped, Math.max(0, end - this.#at - skipped));
      const piece = this.#rest.subarray(skipped, skipped + taken);
      this.#rest = this.#rest.subarray(skipped + taken);
      this.#at += skipped + taken;
      if (taken > 0) yield piece;
    }
  }

  /** Stops the stream. */
  async end(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #next(): Promise<boolean> {
    this.#signal.throwIfAborted();
    const next = await this.#pieces.next();
    if (next.done) return false;
    this.#rest = next.value;
    return true;
  }
}
