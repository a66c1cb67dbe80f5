import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { bitcast, pack, reshape, unpack } from './arrays.ts';
import { add, binary, cast, compare, multiply, scale, unary } from './ops.ts';
import { drawSeed, randomBits, stepKey, drawUniform } from './random.ts';
import type { Variables } from './variables.ts';

/**
 * Random bytes for dropout masks. Drawing a fresh byte for every unit makes a step 3 to 4 % slower. So three tables are drawn once, from
 * the run's seed, and a mask is the XOR of one window into each table, at places drawn for the step. The bytes of one mask are independent.
 * Two masks share bytes, at a shift, only if all three windows have moved equally far. Among masks as long as the tables, the first such
 * pair is expected after √π · PLACES = 29,000 masks (with two tables, after 200), among shorter ones later; the first repetition of a whole
 * mask after √(π/2 · PLACES³) = 2.6 million.
 */
export interface RandomPool {
  /** Each is int64 [PLACES · STRIDE + words of the largest mask]. */
  tables: readonly Tensor[];
}

const TABLES = 3;
/** Number of places where a window may begin. */
const PLACES = 2 ** 14;
/** Words from one place to the next: 64 bytes, so that a window is aligned and need not be copied. */
const STRIDE = 8;

/** Key of the tables' draws, far from the keys of steps and of initial weights. */
const POOL_KEY = -(2 ** 40);

/**
 * Makes the tables, as variables that no checkpoint holds.
 * @param mostBytes size of the largest mask, for the largest batch
 */
export function makeRandomPool(
  g: GraphBuilder,
  variables: Variables,
  seed: number,
  mostBytes: number,
): RandomPool {
  const words = PLACES * STRIDE + Math.ceil(mostBytes / 8);
  const table = (k: number): Tensor => {
    const drawn = randomBits(g, g.ints([words]), drawSeed(g, seed, g.long(POOL_KEY - k)));
    return variables.read(variables.makeUnsaved(`random_pool_${k}`, [words], DType.int64, drawn));
  };
  return { tables: Array.from({ length: TABLES }, (_, k) => table(k + 1)) };
}

/** Everything that a mask depends on. */
export interface MaskKey {
  seed: number;
  /** int32 scalar. */
  step: Tensor;
  /** Number of the mask among those of the step. */
  draw: number;
}

/**
 * Which units dropout keeps: bool [N, …unitShape].
 * With one byte for each unit, a rate would be a multiple of 1/256. So each step draws its threshold from the two multiples around the
 * rate, such that a unit is dropped with exactly the rate's probability.
 * @param rate the probability of dropping, float32 scalar
 * @param examples N, int32 scalar
 */
export function keptUnits(
  g: GraphBuilder,
  pool: RandomPool,
  rate: Tensor,
  examples: Tensor,
  unitShape: readonly number[],
  key: MaskKey,
): Tensor {
  const units = unitShape.reduce((a, b) => a * b, 1);
  const count = multiply(g, examples, g.int(units));
  const words = binary(g, 'FloorDiv', add(g, count, g.int(7)), g.int(8));
  const seed = drawSeed(g, key.seed, stepKey(g, key.step, key.draw));
  const [dither, ...places] = unpack(g, drawUniform(g, g.ints([1 + TABLES]), seed), 1 + TABLES);
  if (!dither) throw new Error('no number was drawn');
  const windows = places.map((place, k) => tableWindow(g, pool.tables[k], place, words));
  const mixed = windows.reduce((a, b) =>
    g.op('BitwiseXor', DType.int64, [a, b], { T: attribute.type(DType.int64) }),
  );
  const bytes = bitcast(g, mixed, DType.uint8);
  const exact = rowSlice(g, reshape(g, bytes, [-1]), g.int(0), count);
  // At most 254, since a rate is at most 0.99.
  const threshold = unary(g, 'Floor', add(g, scale(g, rate, 256), dither));
  const byte = cast(g, threshold, DType.uint8);
  return compare(g, 'GreaterEqual', reshape(g, exact, [-1, ...unitShape]), byte);
}

/** A window of `words` words into a table, at the place that `where`, from 0 to 1, selects. */
function tableWindow(
  g: GraphBuilder,
  table: Tensor | undefined,
  where: Tensor,
  words: Tensor,
): Tensor {
  if (!table) throw new Error('there are fewer tables than places');
  const place = cast(g, scale(g, where, PLACES), DType.int32);
  return rowSlice(g, table, multiply(g, place, g.int(STRIDE)), words);
}

/** `count` values of a row from `from` on, both int32 scalars. */
const rowSlice = (g: GraphBuilder, row: Tensor, from: Tensor, count: Tensor): Tensor =>
  g.op('Slice', row.type, [row, pack(g, [from], DType.int32), pack(g, [count], DType.int32)], {
    T: attribute.type(row.type),
    Index: attribute.type(DType.int32),
  });
