import { formatCount, formatScientific, formatSigned } from '../../shared/format.ts';

/** What Learn is told on, as its state says it. */
interface LearnSubject {
  readonly network: { isOwn: boolean };
  readonly passesOver: boolean;
  readonly isOpening: boolean;
  readonly step: number | null;
  readonly digit: { isOwn: boolean; name: string | null };
}

/** What the sections are told on: `on your own network, step 1,290, and your own drawing`. */
export function learnSubject({
  network,
  passesOver,
  isOpening,
  step,
  digit,
}: LearnSubject): string {
  if (isOpening) return 'your folder is being looked into: it may hold a network';
  const drawn = digit.isOwn ? 'your own drawing' : `a ${digit.name ?? 'digit'} of ours`;
  if (network.isOwn) {
    const at = step === null ? '' : `, step ${formatCount(step)},`;
    return `on your own network${at} and ${drawn}`;
  }
  const why = passesOver ? ' (yours does not begin with a convolution over grey pixels)' : '';
  return `on a small network that ships with the app${why}, and ${drawn}`;
}

/** The digit, in a sentence: `your drawing`, `the 3`. */
export const digitWords = ({ isOwn, name }: { isOwn: boolean; name: string | null }): string =>
  isOwn ? 'your drawing' : `the ${name ?? 'digit'}`;

/** A number with its sign, as a power of ten where it would be rounded to nothing. */
export function signedText(value: number, digits = 3): string {
  if (value === 0 || Math.abs(value) >= 10 ** -digits) return formatSigned(value, digits);
  return `${value > 0 ? '+' : ''}${formatScientific(value)}`;
}

/** `not moved`, `3 to the right, 1 up` */
export function shiftWords({ down, right }: { down: number; right: number }): string {
  const parts = [
    right === 0 ? null : `${Math.abs(right)} to the ${right > 0 ? 'right' : 'left'}`,
    down === 0 ? null : down > 0 ? `${down} down` : `${-down} up`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'not moved' : parts.join(', ');
}
