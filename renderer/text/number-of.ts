/** The number typed; NaN where it is none. A single comma is taken as the decimal sign that many keyboards have there. */
export function numberOf(text: string): number {
  const plain = text.trim().replace(/^([^,.]*),([^,.]*)$/, '$1.$2');
  // Number('') and Number('0x1f') are numbers to JavaScript, not to a person.
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
