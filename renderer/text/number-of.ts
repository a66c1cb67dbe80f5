import { currentLanguage } from '../../shared/language.ts';

/**
 * The number typed; NaN where it is none. A single comma is taken as the decimal sign that many keyboards have there; in German points set
 * thousands apart before it.
 */
export function numberOf(text: string): number {
  const typed = text.trim();
  const isGrouped = currentLanguage() === 'de' && /^[+-]?\d{1,3}(\.\d{3})+,\d*$/.test(typed);
  const plain = isGrouped ? typed.replaceAll('.', '') : typed;
  const pointed = plain.replace(/^([^,.]*),([^,.]*)$/, '$1.$2');
  // Number('') and Number('0x1f') are numbers to JavaScript, not to a person.
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(pointed) ? Number(pointed) : NaN;
}

/** As `numberOf`, where only a whole number is wanted: there a comma or point before three digits sets thousands apart. */
export const wholeNumberOf = (text: string): number =>
  /^\s*[1-9]\d{0,2}([,.])\d{3}(\1\d{3})*\s*$/.test(text)
    ? Number(text.replaceAll(/\D/g, ''))
    : numberOf(text);
