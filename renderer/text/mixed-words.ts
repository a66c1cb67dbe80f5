import { formatCount } from '../../shared/format.ts';
import { examplesOfDrawings, type MixedDrawings } from '../../shared/mixed-drawings.ts';
import { drawingsText, type OwnDrawing, type OwnDrawings } from '../../shared/own-drawings.ts';
import { drawingsByClass, fittingDrawings } from './own-drawing-words.ts';

/** What is told beside the switch that trains with the person's own drawings too. */

/** Classes that are counted one by one. */
const MOST_COUNTED = 12;

interface Known {
  /** Of the run that is prepared; undefined: it does without. */
  own: MixedDrawings | undefined;
  /** What the person keeps; null: it is not known yet. */
  kept: OwnDrawings | null;
  /** Of the run's data; none: they are not known. */
  classNames: readonly string[];
  /** How many images the run's data have to train on; null: it is not known. */
  trainCount: number | null;
  /** With how many the folder's run goes on, which began with them; null: it began with none, or there is none. */
  began: number | null;
}

/** How many there are, and where the run has them, what they come to. */
export function mixedWords({ own, kept, classNames, trainCount, began }: Known): string {
  if (kept === null) return 'Your drawings are being looked for.';
  const { drawings, place } = kept;
  if (own && own.folder !== place)
    return `Those in ${own.folder} are taken. ${place === null ? 'No folder is chosen in Draw now.' : `In Draw you keep drawings in ${place} now.`}`;
  const [problem] = kept.problems;
  if (drawings.length === 0 && problem) return problem.what;
  if (drawings.length === 0)
    return 'None is kept yet. In Draw, “Really it is a” below the pad keeps a drawing with its label.';
  const fitting = fittingDrawings(drawings, classNames);
  const others = drawings.length - fitting.length;
  if (fitting.length === 0)
    return drawings.length === 1
      ? 'Your drawing is of no class that these data have.'
      : `Your ${drawingsText(drawings.length)} are of no class that these data have.`;
  const counted = `${drawingsText(fitting.length)} (${byClassText(fitting, classNames)})`;
  const rest =
    others === 0
      ? ''
      : ` ${drawingsText(others)} of classes that these data do not have ${others === 1 ? 'is' : 'are'} left out.`;
  if (!own) return `${counted} ${fitting.length === 1 ? 'is' : 'are'} kept.${rest}`;
  const added = examplesOfDrawings(fitting.length, own.weight);
  const as = own.weight === 1 ? 'as one example' : `as ${formatCount(own.weight)} examples`;
  const each = fitting.length === 1 ? as : `each ${as}`;
  const total =
    trainCount === null ? '' : ` of ${formatCount(trainCount + added)} training examples in all`;
  return `${counted}, ${each}: ${formatCount(added)}${total}. Validation and test stay as they are.${rest}${beganText(began)}`;
}

const beganText = (began: number | null): string =>
  began === null
    ? ''
    : ` The run in this folder goes on with the ${drawingsText(began)} that it began with.`;

/** "class 0: 3, class 7: 12". */
function byClassText(drawings: readonly OwnDrawing[], classNames: readonly string[]): string {
  const groups = drawingsByClass(drawings, classNames);
  const counted = groups
    .slice(0, MOST_COUNTED)
    .map(({ name, drawings: { length } }) => `class ${name}: ${formatCount(length)}`);
  const more = groups.length - MOST_COUNTED;
  return [...counted, ...(more > 0 ? [`${more} more classes`] : [])].join(', ');
}
