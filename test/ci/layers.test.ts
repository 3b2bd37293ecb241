/** Who may import whom, by room: a file outside its own row is a new way through the house, and has to be wanted. */
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** A room's own files, and those that all may import, are left out. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'functions/core': [],
  'functions/metrics': [],
  // The protocol knows nothing of what is decided.
  'functions/authzen': ['functions/core/strict-json.ts', 'functions/core/nearest.ts'],
  'functions/store': ['functions/core'],
  'functions/service': ['functions/authzen/api-gateway.ts', 'functions/authzen/exchange.ts'],
  'functions/decide': ['functions/core', 'functions/store', 'functions/metrics', 'functions/service'],
  'functions/explain': ['functions/core', 'functions/store', 'functions/decide'],
  'functions/access': [
    'functions/core',
    'functions/store',
    'functions/decide',
    'functions/metrics',
    'functions/service',
    'functions/authzen',
  ],
  'functions/board': ['functions/core', 'functions/store'],
  'functions/watch': [
    'functions/core',
    'functions/store',
    'functions/metrics',
    'functions/board',
    'functions/registry',
  ],
  'functions/standby': ['functions/store', 'functions/metrics'],
  'functions/probe': ['functions/core', 'functions/store', 'functions/metrics', 'functions/board'],
  'functions/registry': ['functions/core', 'functions/store', 'functions/service'],
  'functions/commit-key': [],
  // Whoever calls the guard needs none of it.
  client: [],
  openapi: ['functions'],
  infra: ['functions'],
  cli: ['functions', 'infra', 'client'],
  docs: ['functions', 'cli'],
};
const EVERYBODYS = ['functions/environment.ts'];

/** The core reads no clock, opens no file and calls nobody: these are all the packages it knows. */
const PACKAGES_OF_CORE = ['node:crypto', 'zod/mini'];

interface Import {
  readonly room: string;
  readonly file: string;
  /** A file of the project, or a package. */
  readonly named: string;
}

const roomOf = (path: string) => Object.keys(MAY_IMPORT).find((room) => path.startsWith(`${room}/`)) ?? '';
const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

/** Every import of a file, those of types too. */
function importsOf(file: string, text: string): readonly Import[] {
  const named = text.matchAll(
    /^(?:import|export|\})(?: .*)? from '([^'\n]+)'|^import '([^'\n]+)'|\bimport\('([^'\n]+)'/gm,
  );
  return [...named]
    .map(([, ...found]) => found.find((each) => each !== undefined) ?? '')
    .map((name) => ({
      room: roomOf(file),
      file,
      named: name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
    }));
}

const allImports = () =>
  sourceFiles(['functions', 'client', 'openapi', 'infra', 'cli', 'docs']).flatMap(([file, text]) =>
    importsOf(file, text),
  );

function isAllowed({ room, file, named }: Import): boolean {
  const isFile = Object.keys(MAY_IMPORT).some((each) => isIn(named, each)) || named.startsWith('functions/');
  if (!isFile) return room !== 'functions/core' || PACKAGES_OF_CORE.includes(named);
  if (EVERYBODYS.includes(file)) return false;
  return [room, ...EVERYBODYS, ...(MAY_IMPORT[room] ?? [])].some((place) => isIn(named, place));
}

describe('the rooms', () => {
  const imports = allImports();
  it('import nothing from where they must not', () => {
    expect(imports.length).toBeGreaterThan(1500);
    const wrong = imports.filter((each) => !isAllowed(each));
    expect(wrong.map(({ file, named }) => `${file} imports ${named}`)).toEqual([]);
  });

  it.each([
    ['functions/core/decision/a.ts', "import { x } from '../../store/head.ts';"],
    ['functions/core/decision/a.ts', "import type { X } from '../../store/head.ts';"],
    ['functions/core/decision/a.ts', "import { readFileSync } from 'node:fs';"],
    ['functions/core/a.ts', "export { x } from './../../infra/stage.ts';"],
    ['functions/core/a.ts', "import {\n  x,\n} from '../decide/guard.ts';"],
    ['functions/store/a.ts', "const { x } = await import('../registry/router.ts');"],
    ['functions/authzen/a.ts', "import { decide } from '../core/decision/decide.ts';"],
    ['functions/decide/a.ts', "import { handler } from '../access/http.ts';"],
    ['functions/environment.ts', "import { x } from './core/facts/view.ts';"],
    ['client/a.ts', "import { x } from '../functions/core/facts/view.ts';"],
    ['infra/a.ts', "import { x } from '../cli/main.ts';"],
  ])('%s: %s is noticed', (file, text) => {
    const found = importsOf(file, text);
    expect(found).toHaveLength(1);
    expect(found.every(isAllowed)).toBe(false);
  });
});
