/** A text message as this service receives it. */
export interface Sms {
  /** `[A-Za-z0-9._-]{1,64}` */
  readonly id: string;
  readonly marking: string;
  readonly to: string;
  readonly text: string;
}

/** Whatever really sends: here, the carrier's HTTP interface. */
export interface Gateway {
  send(sms: Sms): Promise<void>;
}

/** Posts a message to the carrier. Its status decides; its body is not read. */
export function httpGateway(url: string): Gateway {
  return {
    async send({ to, text }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to, text }),
        redirect: 'error',
        signal: AbortSignal.timeout(3_000),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error('the carrier did not take the message');
    },
  };
}
