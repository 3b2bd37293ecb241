/** What a test is helped by: itself, and every file below `test/` that it or one of them imports. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const IMPORTED = /(?:from|import) '(\.[^']+\.ts)'/g;

/** @param root of the checkout; the paths asked for and given are relative to it. A folder is all of its tests. */
export function helpersIn(root: string): (test: string) => ReadonlySet<string> {
  const known = new Map<string, readonly string[]>();
  const importsOf = (path: string): readonly string[] => {
    const found =
      known.get(path) ??
      [...readFileSync(join(root, path), 'utf8').matchAll(IMPORTED)]
        .map(([, relative = '']) => normalize(join(dirname(path), relative)))
        .filter((each) => each.startsWith('test/'));
    known.set(path, found);
    return found;
  };
  return (test) => {
    const isFolder = statSync(join(root, test)).isDirectory();
    const reached = new Set(isFolder ? globSync(`${test}/**/*.test.ts`, { cwd: root }) : [test]);
    for (const path of reached) for (const next of importsOf(path)) reached.add(next);
    return reached;
  };
}
