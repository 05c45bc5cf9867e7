import { createPublicKey, type KeyObject } from "node:crypto";
import type { Credentials } from "./credentials.ts";
import { hex, type Random } from "./randomness.ts";

/** UMAPI docs: an access token is valid for 24 hours. */
export const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * The integration as Adobe knows it: the secrets and the key that it accepts at the moment, and the tokens that it has
 * issued. Several secrets and several tokens may be valid at once. Replacing a secret does not affect tokens.
 */
export class Integration {
  readonly orgId: string;
  readonly clientId: string;
  readonly technicalAccountId: string;
  readonly #random: Random;
  readonly #secrets: Set<string>;
  readonly #expiries = new Map<string, number>();
  #publicKey: KeyObject;

  constructor(credentials: Credentials, random: Random) {
    this.orgId = credentials.orgId;
    this.clientId = credentials.clientId;
    this.technicalAccountId = credentials.technicalAccountId;
    this.#random = random;
    this.#secrets = new Set([credentials.clientSecret]);
    this.#publicKey = createPublicKey(credentials.privateKey);
  }

  /** The public half of the key that JWTs must be signed with. */
  get publicKey(): KeyObject {
    return this.#publicKey;
  }

  acceptsSecret(secret: string): boolean {
    return this.#secrets.has(secret);
  }

  /** Accepts one more client secret. */
  addSecret(secret: string): void {
    this.#secrets.add(secret);
  }

  /** Stops accepting this client secret. */
  revokeSecret(secret: string): void {
    this.#secrets.delete(secret);
  }

  /** Accepts only this client secret. */
  rotateSecret(secret: string): void {
    this.#secrets.clear();
    this.#secrets.add(secret);
  }

  /** Accepts only JWTs that are signed with this private key (PEM). */
  rotatePrivateKey(privateKey: string): void {
    this.#publicKey = createPublicKey(privateKey);
  }

  /** A new access token, valid for 24 hours from `now` (epoch ms). */
  issueToken(now: number): string {
    const token = `sandbox.${hex(this.#random, 64).toLowerCase()}`;
    this.#expiries.set(token, now + TOKEN_LIFETIME_MS);
    return token;
  }

  acceptsToken(token: string, now: number): boolean {
    const expiry = this.#expiries.get(token);
    return expiry !== undefined && now < expiry;
  }

  /** Makes every token issued so far invalid. */
  revokeTokens(): void {
    this.#expiries.clear();
  }
}
