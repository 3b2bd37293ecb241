/**
 * The access door: AuthZEN 1.0 and `POST /v1/best-path` behind the authenticated REST API, invoked by nothing else.
 * It reads the registry and changes nothing.
 */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { behindRestApi, proxyResult } from '../authzen/index.ts';
import { assemble } from '../decide/assemble.ts';
import { inTime } from '../service/in-time.ts';
import { arrivalOf } from './arrival.ts';
import { doorFor } from './door.ts';
import profiles from './marking-profiles.json' with { type: 'json' };
import { pageKeyOf } from './page-key.ts';
import { readAccessSettings } from './settings.ts';

const settings = readAccessSettings(process.env);

/** A search reads the registry whole: enough for the objects of a hundred thousand networks' worth of tries. */
const CACHE_BYTES = 256 * 1024 * 1024;

const options = {
  ...assemble('codes', settings, CACHE_BYTES),
  profiles,
  build: settings.build,
  clock: Date.now,
  // A page may take half of what a request may: the rest is for loading a registry nobody has asked about yet.
  searchMs: settings.budgetMs / 2,
  pageKey: pageKeyOf(settings),
};

export const handler = inTime<APIGatewayProxyEvent, APIGatewayProxyResult>((event, _, write) => {
  const arrival = arrivalOf(event, settings);
  const door = doorFor({ ...options, write }, arrival);
  return {
    answer: () => behindRestApi(door.answer)({ ...event, path: arrival.path }),
    tooLate: () => proxyResult(door.tooLate()),
  };
});
