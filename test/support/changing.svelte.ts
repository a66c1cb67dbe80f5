/** A value whose readers hear of its changes. */
export class Changing<Value> {
  #value = $state.raw() as Value;

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }
  set value(value: Value) {
    this.#value = value;
  }
}
