/** Every row of the mutation runner, by family. */
import type { Mutation } from './mutation.ts';
import { ADMINISTERING } from './rows/administering.ts';
import { ADMINISTRATION } from './rows/administration.ts';
import { ADVERSARY } from './rows/adversary.ts';
import { BOARD } from './rows/board.ts';
import { BUILD } from './rows/build.ts';
import { CHANGE } from './rows/change.ts';
import { COPIES } from './rows/copies.ts';
import { DECIDING } from './rows/deciding.ts';
import { DOMINANCE } from './rows/dominance.ts';
import { DOORS } from './rows/doors.ts';
import { EDGES } from './rows/edges.ts';
import { EDITING } from './rows/editing.ts';
import { ENFORCEMENT } from './rows/enforcement.ts';
import { ERASING } from './rows/erasing.ts';
import { FORMATS } from './rows/formats.ts';
import { INFRASTRUCTURE } from './rows/infrastructure.ts';
import { KEPT } from './rows/kept.ts';
import { LOCAL } from './rows/local.ts';
import { OUTSIDERS } from './rows/outsiders.ts';
import { PACKAGING } from './rows/packaging.ts';
import { PAGING } from './rows/paging.ts';
import { PEOPLE } from './rows/people.ts';
import { PREFLIGHT } from './rows/preflight.ts';
import { RECORD } from './rows/record.ts';
import { RECOVERY } from './rows/recovery.ts';
import { RELEASE } from './rows/release.ts';
import { REMEMBERING } from './rows/remembering.ts';
import { REPORTS } from './rows/reports.ts';
import { RULES } from './rows/rules.ts';
import { SHAPES } from './rows/shapes.ts';
import { SPEED } from './rows/speed.ts';
import { STANDARDS } from './rows/standards.ts';
import { STANDBY } from './rows/standby.ts';
import { STOPPING } from './rows/stopping.ts';
import { SUCCESSION } from './rows/succession.ts';

export const MUTATIONS: readonly Mutation[] = [
  ...DOORS,
  ...COPIES,
  ...ENFORCEMENT,
  ...EDITING,
  ...RELEASE,
  ...REMEMBERING,
  ...INFRASTRUCTURE,
  ...PAGING,
  ...DOMINANCE,
  ...RULES,
  ...ADMINISTRATION,
  ...CHANGE,
  ...OUTSIDERS,
  ...SHAPES,
  ...STANDARDS,
  ...FORMATS,
  ...REPORTS,
  ...RECORD,
  ...BOARD,
  ...BUILD,
  ...KEPT,
  ...SPEED,
  ...ADVERSARY,
  ...PEOPLE,
  ...SUCCESSION,
  ...DECIDING,
  ...ERASING,
  ...ADMINISTERING,
  ...EDGES,
  ...LOCAL,
  ...STOPPING,
  ...PREFLIGHT,
  ...PACKAGING,
  ...RECOVERY,
  ...STANDBY,
];
