import { currentLanguage } from '../../shared/language.ts';

/** When something was, as a person says it: today at 15:02, yesterday at 09:10, 3 May, 3 May 2024; in German 03.05.2024. */
export function whenWords(at: number, now = Date.now()): string {
  const [then, today] = [new Date(at), new Date(now)];
  const days = Math.round((midnightOf(today) - midnightOf(then)) / DAY);
  const time = `${twoDigits(then.getHours())}:${twoDigits(then.getMinutes())}`;
  if (days === 0) return `today at ${time}`;
  if (days === 1) return `yesterday at ${time}`;
  if (currentLanguage() === 'de') return numericDate.format(then);
  const date = `${then.getDate()} ${MONTHS[then.getMonth()] ?? ''}`;
  return then.getFullYear() === today.getFullYear() ? date : `${date} ${then.getFullYear()}`;
}

/** 29.11.2026 */
const numericDate = new Intl.DateTimeFormat('de', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

const DAY = 86_400_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const twoDigits = (value: number): string => String(value).padStart(2, '0');
const midnightOf = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
