/** Collects what of the template the local run leaves out, so that it can be shown instead of hidden. */
export class Ignored {
  readonly #properties = new Map<string, Set<string>>();
  readonly #types = new Map<string, number>();

  /** A property that has no effect locally. */
  property(type: string, name: string): void {
    const names = this.#properties.get(type) ?? new Set();
    this.#properties.set(type, names.add(name));
  }

  /** A whole resource that has no local counterpart. */
  resource(type: string): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  /** One line. */
  summary(): string {
    const properties = [...this.#properties.values()].reduce((sum, names) => sum + names.size, 0);
    const resources = [...this.#types.values()].reduce((sum, count) => sum + count, 0);
    return `not simulated: ${resources} resources of ${this.#types.size} types and ${properties} properties`;
  }

  /** One line per type. */
  details(): readonly string[] {
    const properties = [...this.#properties].map(
      ([type, names]) => `${type}: ${[...names].sort().join(', ')}`,
    );
    const types = [...this.#types].map(([type, count]) => `${type} (${count})`);
    return [...properties, ...types].sort();
  }
}
