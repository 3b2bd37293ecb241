import { httpTransport, RouteGuard } from 'routeguard/client';

const transport = httpTransport({ baseUrl: 'https://guard.example/prod', region: 'eu-west-2' });
export const guard = new RouteGuard({ transport });
