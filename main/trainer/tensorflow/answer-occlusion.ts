import { FailureError } from '../../../shared/ipc.ts';
import { MOST_PATCHES, patchAt, patchPlaces } from '../../../shared/occlusion.ts';
import type { AnswerTo, QuestionOf } from '../../../shared/questions.ts';
import type { Session } from './session.ts';

/** Images that the network is shown at once: large ones of a long row would take much memory. */
const AT_ONCE = 128;

/**
 * Covers the picture place by place, and asks for the class's probability each time.
 * @throws FailureError where there are no such rows, or too many places
 */
export function answerOcclusion(
  session: Session,
  question: QuestionOf<'occlusion'>,
): AnswerTo<'occlusion'> {
  const { image, size, stride, fill, from } = question;
  const [allRows, columns] = patchPlaces(image, stride);
  const rows = Math.min(question.rows, allRows - from);
  if (rows < 1 || rows * columns > MOST_PATCHES) throw noSuchRows();
  const whole = session.predict(image.pixels);
  const of = question.class ?? whole.indexOf(Math.max(...whole));
  const probability = whole[of] ?? 0;
  const values = new Float32Array(rows * columns);
  for (let done = 0; done < values.length; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, values.length - done);
    const covered = new Uint8Array(count * image.pixels.length);
    for (let k = 0; k < count; k++) {
      const place = done + k;
      const own = covered.subarray(k * image.pixels.length, (k + 1) * image.pixels.length);
      own.set(image.pixels);
      const at = [from + Math.floor(place / columns), place % columns] as const;
      coverWith(own, image, patchAt(image, { size, stride }, at), fill);
    }
    const shares = session.predict(covered);
    for (let k = 0; k < count; k++)
      values[done + k] = probability - (shares[k * whole.length + of] ?? 0);
  }
  const shape: [number, number] = [rows, columns];
  return { type: 'occlusion', step: session.step(), class: of, shape, values, probability };
}

function coverWith(
  pixels: Uint8Array,
  { width, channels }: { width: number; channels: number },
  { top, left, bottom, right }: ReturnType<typeof patchAt>,
  fill: number,
): void {
  for (let row = top; row < bottom; row++)
    pixels.fill(fill, (row * width + left) * channels, (row * width + right) * channels);
}

const noSuchRows = (): FailureError =>
  new FailureError({
    what: `These are no rows of the picture, or more than ${MOST_PATCHES} places.`,
    where: 'occlusion',
    remedy: 'Ask for fewer rows, or for those that the picture has.',
  });
