import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 300;

/** Whether `hex` is the HMAC-SHA256 of `payload`: how the shop and the publishers sign (`sha256=<hex>`). */
export function isSigned(secret: string, payload: string, hex: string): boolean {
  const expected = createHmac('sha256', secret).update(payload).digest();
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether Stripe signed `payload`, and lately: the header reads `t=<seconds>,v1=<hex>`, where several `v1`
 * may stand while a secret is being exchanged. See docs.stripe.com/webhooks#verify-manually.
 */
export function isSignedByStripe(secret: string, payload: string, header: string, now = Date.now()): boolean {
  const parts = header.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([key]) => key === 't')?.[1] ?? '';
  if (!/^\d+$/.test(time) || Math.abs(now / 1000 - Number(time)) > toleranceSeconds) return false;
  return parts.some(([key, hex]) => key === 'v1' && isSigned(secret, `${time}.${payload}`, hex ?? ''));
}
