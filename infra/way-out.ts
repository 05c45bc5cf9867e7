import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Function as LambdaFunction, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { proxiesIn } from "../shared/http/proxies.ts";
import { TemporaryCode } from "./bundle/temporary-code.ts";

export interface WayOutProps {
  /** Those that it is for. */
  readonly functions: readonly LambdaFunction[];
  /** URL of the proxy; undefined for none. */
  readonly httpsProxy: string | undefined;
  /** Hosts that are reached without it, separated by commas. */
  readonly noProxy: string | undefined;
  /** Path of a file with certificates in PEM, which are trusted besides; undefined for none. */
  readonly extraCaCerts: string | undefined;
}

const fileName = "extra-ca-certs.pem";

/**
 * How functions reach Adobe and AWS: directly or through a proxy, and whom they trust on the way. AWS: Lambda sets
 * neither `HTTPS_PROXY` nor `NODE_EXTRA_CA_CERTS`, and puts the files of a layer under `/opt` before Node.js starts.
 *
 * @throws if the proxy's URL or the file of certificates cannot be used
 */
export class WayOut extends Construct {
  constructor(scope: Construct, id: string, { functions, httpsProxy, noProxy, extraCaCerts }: WayOutProps) {
    super(scope, id);
    if (httpsProxy !== undefined) {
      proxiesIn({ HTTPS_PROXY: httpsProxy });
      for (const each of functions) each.addEnvironment("HTTPS_PROXY", httpsProxy);
    }
    if (noProxy !== undefined) for (const each of functions) each.addEnvironment("NO_PROXY", noProxy);
    if (extraCaCerts === undefined) return;
    const layer = new LayerVersion(this, "CaCertificates", {
      description: "Certificates that the functions trust beside those that Node.js knows",
      code: certificatesCode(extraCaCerts),
    });
    for (const each of functions) {
      each.addLayers(layer);
      each.addEnvironment("NODE_EXTRA_CA_CERTS", `/opt/${fileName}`);
    }
  }
}

function certificatesCode(file: string): TemporaryCode {
  const certificates = readCertificates(file);
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-certificates-"));
  writeFileSync(join(folder, fileName), certificates);
  return new TemporaryCode(folder);
}

function readCertificates(file: string): string {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`extraCaCerts is "${file}", which cannot be read: expected a file with certificates in PEM.`, {
      cause,
    });
  }
  if (/-----BEGIN CERTIFICATE-----/.test(text) && !text.includes("PRIVATE KEY")) return text;
  throw new Error(`extraCaCerts is "${file}": expected certificates in PEM there, and no private key.`);
}
