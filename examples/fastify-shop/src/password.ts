/** Password hashes in the format of werkzeug, because both shops read the same rows. */
import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const ITERATIONS = 600_000;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(8).toString('hex');
  const key = await derive(password, salt, ITERATIONS, 32, 'sha256');
  return `pbkdf2:sha256:${ITERATIONS}$${salt}$${key.toString('hex')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [method = '', salt = '', key = ''] = hash.split('$');
  const iterations = Number(method.split(':')[2]);
  if (!(iterations > 0)) return false;
  const expected = Buffer.from(key, 'hex');
  const actual = await derive(password, salt, iterations, expected.length, 'sha256');
  return timingSafeEqual(actual, expected);
}
