/** Seconds. */
const CURVE = 2;
const PAUSE = 0.15;
const NOTE = 0.16;
/** So that no tone begins or ends with a click. */
const FADE = 0.02;
const LOUDNESS = 0.15;

/** Plays pitches by the system's loudspeakers. Nothing is opened before the first sound. */
export class SoundPlayer {
  #context: AudioContext | null = null;
  /** What is playing; null: nothing is. */
  #playing: { oscillator: OscillatorNode; gain: GainNode } | null = null;

  /**
   * A glide along a curve, then notes. What is playing ends.
   * @param curve Hz; empty: only the notes
   * @param notes Hz
   * @returns when it has ended, in seconds; 0: this machine has no sound
   */
  play(curve: readonly number[], notes: readonly number[]): number {
    this.stop();
    try {
      this.#context ??= new AudioContext();
    } catch {
      return 0;
    }
    const context = this.#context;
    void context.resume().catch(() => undefined);
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    gain.gain.value = 0;
    oscillator.connect(gain).connect(context.destination);
    let at = context.currentTime + FADE;
    const sound = (begin: number, seconds: number): void => {
      gain.gain.setValueAtTime(0, begin);
      gain.gain.linearRampToValueAtTime(LOUDNESS, begin + FADE);
      gain.gain.setValueAtTime(LOUDNESS, begin + seconds - FADE);
      gain.gain.linearRampToValueAtTime(0, begin + seconds);
    };
    if (curve.length > 1) {
      oscillator.frequency.setValueCurveAtTime([...curve], at, CURVE);
      sound(at, CURVE);
      at += CURVE + PAUSE;
    }
    for (const note of notes) {
      oscillator.frequency.setValueAtTime(note, at);
      sound(at, NOTE);
      at += NOTE;
    }
    oscillator.start();
    oscillator.stop(at);
    this.#playing = { oscillator, gain };
    return at - context.currentTime;
  }

  stop(): void {
    if (!this.#playing) return;
    const { oscillator, gain } = this.#playing;
    oscillator.stop();
    oscillator.disconnect();
    gain.disconnect();
    this.#playing = null;
  }
}
