/**
 * Faults this project seeds into itself, each with the test that must fail. A fault is one replacement in one file:
 * what a careless edit or a bad merge could do to something that decides. A row whose fault no test notices is a hole.
 */

/** `search` stands exactly once in the file; `caughtBy` names a test file other than the guard's own rows. */
export type Fault = readonly [name: string, search: string, replace: string, caughtBy?: CaughtBy];

/** A test file, or `file > words`: only the tests of that file whose names contain the words. */
export type CaughtBy = `test/${string}`;

export interface FaultsOfFile {
  readonly file: string;
  readonly caughtBy: CaughtBy;
  readonly faults: readonly Fault[];
}

export interface Mutation {
  readonly family: string;
  readonly name: string;
  readonly file: string;
  readonly search: string;
  readonly replace: string;
  readonly caughtBy: CaughtBy;
}

/** `caught`: a test failed. `unseen`: all passed. `no-tests`: none ran. `hung`: no end in time. */
export type Verdict = 'caught' | 'unseen' | 'no-tests' | 'hung';

/** The rows of one family, written by the file they change. */
export function mutationsOf(family: string, files: readonly FaultsOfFile[]): readonly Mutation[] {
  return files.flatMap(({ file, caughtBy, faults }) =>
    faults.map(([name, search, replace, caughtByAnother]) => ({
      family,
      name,
      file,
      search,
      replace,
      caughtBy: caughtByAnother ?? caughtBy,
    })),
  );
}

/** The file with the fault in it. @throws Error where `search` does not stand there exactly once, or changes nothing */
export function mutated(text: string, { file, name, search, replace }: Mutation): string {
  const found = text.split(search).length - 1;
  if (found !== 1) throw new Error(`${file}: "${name}" finds its text ${found} times, and must find it once`);
  const changed = text.split(search).join(replace);
  if (changed === text) throw new Error(`${file}: "${name}" changes nothing`);
  return changed;
}

/** Path and name pattern of the test that must fail. */
export function testOf({ caughtBy }: Pick<Mutation, 'caughtBy'>): {
  path: string;
  named: string | undefined;
} {
  const [path = '', named] = caughtBy.split(' > ');
  return { path, named };
}
