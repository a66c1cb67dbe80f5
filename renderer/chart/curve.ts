/** A curve of any length in bounded memory, so that an hour's run draws as fast as its first minute. */

export interface CurvePoint {
  x: number;
  y: number;
  epoch: number;
}

/** What a chart draws. The arrays grow in place: a new object tells that they have. */
export interface CurveLines {
  raw: CurvePoint[];
  smooth: CurvePoint[];
  validation: CurvePoint[];
}

interface Bucket {
  low: CurvePoint;
  high: CurvePoint;
  smooth: CurvePoint;
}

/** Weight of the past in the smoothed line. */
const MEMORY = 0.85;

/**
 * Consecutive points share a bucket, which keeps their least, their greatest and the running mean. When there are too many
 * buckets, neighbours are joined: peaks stay, and the smoothed line stays exactly where it was.
 */
export class Curve {
  /** For the chart: appended to or changed at the end; a new array when everything changed. */
  raw: CurvePoint[] = [];
  smooth: CurvePoint[] = [];

  readonly #most: number;
  #buckets: Bucket[] = [];
  #perBucket = 1;
  #inLast = 0;
  #mean = 0;
  #weight = 0;

  constructor(mostBuckets = 800) {
    this.#most = mostBuckets;
  }

  clear(): void {
    this.raw = [];
    this.smooth = [];
    this.#buckets = [];
    this.#perBucket = 1;
    this.#inLast = 0;
    this.#mean = 0;
    this.#weight = 0;
  }

  /** `x` must not be smaller than the last. */
  add(x: number, y: number, epoch: number): void {
    const point = { x, y, epoch };
    this.#mean = MEMORY * this.#mean + (1 - MEMORY) * y;
    this.#weight = MEMORY * this.#weight + (1 - MEMORY);
    // Divided by the weight so far, so that the start is not drawn towards zero.
    const smooth = { x, y: this.#mean / this.#weight, epoch };
    const last = this.#buckets.at(-1);
    if (last === undefined || this.#inLast === this.#perBucket) {
      this.#append({ low: point, high: point, smooth });
      this.#inLast = 1;
      if (this.#buckets.length > this.#most) this.#halve();
      return;
    }
    if (y < last.low.y) last.low = point;
    if (y > last.high.y) last.high = point;
    last.smooth = smooth;
    this.#inLast += 1;
    // Assigned, not spliced: the chart listens to splices, and would move its points.
    const [first, second] = inOrder(last);
    this.raw[this.raw.length - 2] = first;
    this.raw[this.raw.length - 1] = second;
    this.smooth[this.smooth.length - 1] = smooth;
  }

  #append(bucket: Bucket): void {
    this.#buckets.push(bucket);
    this.raw.push(...inOrder(bucket));
    this.smooth.push(bucket.smooth);
  }

  #halve(): void {
    const old = this.#buckets;
    const full = this.#perBucket;
    this.raw = [];
    this.smooth = [];
    this.#buckets = [];
    for (let index = 0; index < old.length; index += 2) {
      const [a, b] = old.slice(index, index + 2);
      if (a) this.#append(b ? join(a, b) : a);
    }
    this.#perBucket = full * 2;
    if (old.length % 2 === 0) this.#inLast += full;
  }
}

const join = (a: Bucket, b: Bucket): Bucket => ({
  low: b.low.y < a.low.y ? b.low : a.low,
  high: b.high.y > a.high.y ? b.high : a.high,
  smooth: b.smooth,
});

const inOrder = ({ low, high }: Bucket): [CurvePoint, CurvePoint] =>
  low.x <= high.x ? [low, high] : [high, low];
