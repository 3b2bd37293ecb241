/** `npm run scenarios -- FILE…` */
import { commandLine } from './command-line.ts';

await commandLine(['scenarios', ...process.argv.slice(2)]);
