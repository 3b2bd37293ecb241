/** A scenario, or another data file, that cannot be used: where, and what to change. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** JSON Pointer inside the scenario. */
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
