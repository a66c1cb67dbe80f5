import { imagesText, isSameList } from '../../shared/left-out.ts';

/** What is told beside the switch that leaves the marked images out of training. */

interface LeftOutWords {
  text: string;
  /** What the button says that takes the present marks instead; null: there is nothing to take. */
  take: string | null;
}

/**
 * @param leftOut by the run that is prepared; null: none
 * @param marked as labelled wrongly, at present
 */
export function leftOutWords(
  leftOut: readonly string[] | null,
  marked: readonly string[],
): LeftOutWords {
  const [out, now] = [leftOut?.length ?? 0, marked.length];
  const are = (count: number): string => (count === 1 ? 'is' : 'are');
  if (out === 0)
    return {
      text:
        now === 0
          ? 'No image is marked. In Mistakes, “Label is wrong” beside an image marks it.'
          : `${imagesText(now)} ${are(now)} marked.`,
      take: null,
    };
  const text = `${imagesText(out)} ${are(out)} left out of training; validation and test keep theirs.`;
  if (isSameList(leftOut, marked)) return { text, take: null };
  if (now === 0) return { text: `${text} None is marked now.`, take: null };
  const others = `${out === now ? 'Others are' : `${imagesText(now)} ${are(now)}`} marked now.`;
  return { text: `${text} ${others}`, take: `Leave out the ${imagesText(now)} marked now` };
}
