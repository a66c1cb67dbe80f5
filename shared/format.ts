import { currentLanguage, type Language } from './language.ts';

/** Formats numbers for a person, in the window as in the terminal. What programs read again is not made here. */

/** A number's digits as the language writes them: in German with a decimal comma. */
export const inLanguage = (digits: string): string =>
  currentLanguage() === 'de' ? digits.replace('.', ',') : digits;

/** A number as it is, with all its digits. */
export const formatNumber = (value: number): string => inLanguage(String(value));

export const formatFixed = (value: number, digits: number): string =>
  inLanguage(value.toFixed(digits));

/** In so many digits at most. */
export const formatPrecise = (value: number, digits: number): string =>
  formatNumber(Number(value.toPrecision(digits)));

const wholeNumbers: Partial<Record<Language, Intl.NumberFormat>> = {};

/** A count with separated thousands: "55,000". */
export function formatCount(value: number): string {
  const language = currentLanguage();
  const format = (wholeNumbers[language] ??= new Intl.NumberFormat(language, {
    maximumFractionDigits: 0,
  }));
  return format.format(value);
}

/** A number with all its digits, and separated thousands where it is whole: "1,000,000", "0.25". */
export const formatGrouped = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : formatNumber(value);

/** Bytes as text: 562 MB, 5 kB. */
export const formatBytes = (bytes: number): string =>
  bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;

/** A share of 1: 0.9812 is "98.1 %". A nearly certain 0.9999 stays "99.9 %" rather than become "100.0 %". */
export function formatPercent(share: number, digits = 1): string {
  const factor = 10 ** digits;
  const rounded = Math.round(share * 100 * factor) / factor;
  const most = share < 1 ? 100 - 1 / factor : 100;
  return `${formatFixed(Math.min(rounded, most), digits)} %`;
}

/** Seconds in at most two units: "42 s", "3 min 05 s", "1 h 05 min". */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${twoDigits(minutes)} min`;
  if (minutes > 0) return `${minutes} min ${twoDigits(total % 60)} s`;
  return `${total} s`;
}

/** A loss: three significant digits, however small. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return inLanguage(
    value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(3),
  );
}

/** A weight with its sign: a true minus, so that columns line up. */
export const formatSigned = (value: number, digits = 3): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${formatFixed(Math.abs(value), digits)}`;

/** A learning rate in three digits at most: 0.001, 0.0325, 4e-9. */
export function formatRate(rate: number): string {
  if (rate === 0) return '0';
  const short = Number(rate.toPrecision(3));
  const [mantissa = '', exponent = '0'] = short.toExponential().split('e');
  return inLanguage(Math.abs(short) < 1e-5 ? `${mantissa}e${Number(exponent)}` : String(short));
}

/** The first of some texts, and how many more there are: "a, b and 3 more". */
export function firstFew(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return `${texts.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Two digits of what may be very small or very large: 0.26, 12, 5.6·10⁻⁶; a true minus. */
export function formatScientific(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value < 0 ? '−∞' : '∞';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 0.01 && size < 1000)
    return sign + (size < 100 ? formatPrecise(size, 2) : size.toFixed(0));
  const [mantissa = '', exponent = '0'] = size.toExponential(1).split('e');
  const digits = String(Math.abs(Number(exponent))).replaceAll(/\d/g, (digit) =>
    superscripts.charAt(Number(digit)),
  );
  return `${sign}${inLanguage(mantissa.replace('.0', ''))}·10${Number(exponent) < 0 ? '⁻' : ''}${digits}`;
}
