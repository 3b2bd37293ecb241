import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_METADATA } from '../../infra/guard-function.ts';
import type { LocalAssembly } from '../../infra/local/assembly.ts';
import { object, resourcesOfType, type Template } from '../../infra/local/template.ts';
import { testBundles } from '../bundles.ts';
import { unheldGuard } from '../infra/synthesised-guard.ts';

/** The functions under test, and the one that deploying runs; the others have a door here that nobody knocks at. */
const BUNDLED = ['commit-key', 'registry', 'stop', 'jobs', 'registry-purge'];

/**
 * A guard without its monitoring, and of its bundles only those of change control, and what else a test names. That the
 * whole app is synthesised and served is tested with `npm start` itself, and takes longer.
 */
export async function registryAssembly(others: readonly string[] = []): Promise<LocalAssembly> {
  const output = mkdtempSync(join(tmpdir(), 'routeguard-bundles-'));
  const bundles = await testBundles([...BUNDLED, ...others]);
  const template = unheldGuard({ monitoring: false }) as Template;
  const empty = join(output, 'none');
  mkdirSync(empty);
  writeFileSync(join(empty, 'index.mjs'), 'export const handler = async () => null;\n');
  const names = new Map(
    resourcesOfType(template, 'AWS::Lambda::Function').map(([id, { Metadata, Properties }]) => {
      const { name } = object(Metadata?.[FUNCTION_METADATA], `metadata of ${id}`);
      return [object(Properties?.['Code'], 'Code')['S3Key'], name];
    }),
  );
  return {
    stackName: 'Test',
    template,
    assetDirectory: (key) => bundles.find(({ name }) => name === names.get(key))?.directory ?? empty,
    remove: async () => rmSync(output, { recursive: true, force: true }),
  };
}
