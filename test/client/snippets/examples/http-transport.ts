import { RouteGuard } from '@routeguard/client';
import { httpTransport } from '@routeguard/client/http';

const transport = httpTransport({ baseUrl: 'https://guard.example/prod', region: 'eu-west-2' });
export const guard = new RouteGuard({ transport });
