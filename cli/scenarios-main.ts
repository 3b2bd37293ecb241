/** `npm run scenarios -- FILE…` */
import { scenariosCommand } from './scenarios.ts';
import { UsageError } from './usage-error.ts';

try {
  await scenariosCommand().parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
