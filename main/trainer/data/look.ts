import { usualAppearance, type Appearance } from '../../../shared/appearance.ts';
import { formatPercent } from '../../../shared/format.ts';
import type { Failure } from '../../../shared/ipc.ts';
import { classFindings } from './class-findings.ts';
import { countByClass, type Examples } from './examples.ts';
import { copiesOf } from './duplicates.ts';
import { statisticsOf, type ImageStatistics } from './image-statistics.ts';
import { digitAppearance, isOneBehind } from './likeness.ts';
import { imageBytes, type ImageForm } from './raw-dataset.ts';

/** Examines the data for what a person would want to know before training. */

export interface LookedAt extends ImageForm {
  train: Examples;
  validation: Examples;
  test: Examples;
  /** The place of the data. */
  folder: string;
  /** How the images were read. */
  transpose: boolean;
  invert: boolean;
  /** Whether class 0 is 1 in the files. */
  fromOne: boolean;
}

export interface Look {
  appearance: Appearance;
  /** One line for each finding. */
  findings: Failure[];
}

/** Share of constant images, or of copies, from which on it is reported. */
const WORTH_TELLING = 0.01;
/** Dark ink on light paper makes the border brighter than the middle by at least this much, of 255. */
const LIGHTER_BORDER = 20;
/** Images whose brightest pixel is darker than this were probably written with values from 0 to 1. */
const FAINT = 32;

/** Examines only so many images that it takes no more than a fraction of a second. */
export function lookAt(data: LookedAt): Look {
  const { train, validation, test, height, width, classNames } = data;
  const mayBeDigits = height === width && areDigits(data);
  const statistics = statisticsOf(train, data, mayBeDigits);
  const digits = mayBeDigits ? digitAppearance(statistics.means) : null;
  // In photographs and anything else that is not writing, a light border means nothing.
  const byBorder = data.channels === 1 && statistics.border - statistics.middle >= LIGHTER_BORDER;
  const appearance = digits ?? { ...usualAppearance, inverted: byBorder };
  const counts = ({ labels }: Examples): number[] => countByClass(labels, classNames.length);
  const found = [
    ...classFindings({ train: counts(train), validation: counts(validation), classNames }),
    ...imageFindings(statistics, data),
    ...(data.fromOne && mayBeDigits && isOneBehind(statistics.means) ? [tenIsZero] : []),
    ...(appearance.inverted ? [darkInk(data)] : []),
    ...turnedFinding(appearance, data),
    ...copiesFindings(copiesOf(test, [train, validation], imageBytes(data))),
  ];
  return { appearance, findings: found.map((one) => ({ ...one, where: data.folder })) };
}

/** Whether the classes may be the ten digits: only for these is it known which side is up. */
const areDigits = ({ channels, classNames }: ImageForm): boolean =>
  channels === 1 && classNames.length === 10 && classNames.every((name) => /^\d\d?$/.test(name));

/** A finding without its place, which is the folder. */
type Finding = Omit<Failure, 'where'>;

/** A share in percent, with two significant digits. */
const findingPercent = (share: number): string => formatPercent(share, share >= 0.1 ? 0 : 1);

function imageFindings(
  { constant, areAllTheSame, brightest }: ImageStatistics,
  { train }: LookedAt,
): Finding[] {
  const remedy = 'Check how the image files were written: nothing can be learnt from such images.';
  if (areAllTheSame && train.count > 1)
    return [{ what: 'All training images are the same image.', remedy }];
  if (constant >= WORTH_TELLING)
    return [
      {
        what: `${findingPercent(constant)} of the training images are of one brightness all over.`,
        remedy,
      },
    ];
  if (brightest >= FAINT) return [];
  return [
    {
      what: `The training images are very faint: their brightest pixel is ${brightest} of 255.`,
      remedy: 'Write the pixels from 0 to 255, or as floating-point numbers from 0 to 1.',
    },
  ];
}

/** SVHN's files are like this. */
const tenIsZero: Finding = {
  what: 'The images that are labelled 10 look like the digit 0, but count as class 9, and those of every other digit as the class before it.',
  remedy: 'Write 0 for 10 in the label files.',
};

const darkInk = ({ invert }: LookedAt): Finding => ({
  what: 'The images are dark ink on light paper, where MNIST’s are white on black.',
  remedy: `A drawing is inverted before it is read. ${invert ? 'They are inverted by data.invert: leave that out with --no-invert' : 'To train as on MNIST, invert them with --invert (data.invert)'}.`,
});

const NAMES: readonly [way: string, name: string][] = [
  ['t', 'have rows and columns exchanged, as EMNIST’s files do'],
  ['m', 'are mirrored, left to right'],
  ['f', 'are mirrored, top to bottom'],
  ['mf', 'are upside down'],
  ['tm', 'are turned a quarter to the right'],
  ['tf', 'are turned a quarter to the left'],
  ['tmf', 'are upside down, with rows and columns exchanged'],
];

function turnedFinding(
  { transposed, mirrored, flipped }: Appearance,
  { transpose }: LookedAt,
): Finding[] {
  const way = `${transposed ? 't' : ''}${mirrored ? 'm' : ''}${flipped ? 'f' : ''}`;
  const name = NAMES.find(([one]) => one === way)?.[1];
  if (name === undefined) return [];
  const byTranspose = transpose
    ? 'They were transposed by data.transpose: leave that out with --no-transpose.'
    : 'To train on upright ones, exchange rows and columns with --transpose (data.transpose).';
  const byHand = 'To train on upright ones, turn the images in the files.';
  return [
    {
      what: `The digits ${name}.`,
      remedy: `A drawing is turned likewise before it is read. ${way === 't' ? byTranspose : byHand}`,
    },
  ];
}

function copiesFindings({ share, isSample }: ReturnType<typeof copiesOf>): Finding[] {
  if (share < WORTH_TELLING) return [];
  return [
    {
      what: `${isSample ? 'At least ' : ''}${findingPercent(share)} of the test images are in the training files too, pixel by pixel.`,
      remedy:
        'The test will look better than the network is: test on images that are not trained on.',
    },
  ];
}
