/** Remembers the last evaluation ids a client acted on: one answer permits one message. */
export class SeenEvaluations {
  readonly #ids = new Set<string>();
  readonly #capacity: number;

  /** @param capacity how many ids are kept; the oldest goes first. @default 4096 */
  constructor(capacity = 4_096) {
    this.#capacity = capacity;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= this.#capacity) return;
      this.#ids.delete(oldest);
    }
  }
}
