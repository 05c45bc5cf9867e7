import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Function as LambdaFunction, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { ProxyError, proxiesIn } from "../shared/http/proxies.ts";
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
      expectProxy(httpsProxy, scope);
      for (const each of functions) each.addEnvironment("HTTPS_PROXY", httpsProxy);
    }
    if (noProxy !== undefined) for (const each of functions) each.addEnvironment("NO_PROXY", noProxy);
    if (extraCaCerts === undefined) return;
    const layer = new LayerVersion(this, "CaCertificates", {
      description: "Certificates that the functions trust beside those that Node.js knows",
      code: certificatesCode(extraCaCerts, scope),
    });
    for (const each of functions) {
      each.addLayers(layer);
      each.addEnvironment("NODE_EXTRA_CA_CERTS", `/opt/${fileName}`);
    }
  }
}

/** Its message does not show the URL, which may hold a password. */
function expectProxy(url: string, { node }: Construct): void {
  try {
    proxiesIn({ HTTPS_PROXY: url });
  } catch (cause) {
    if (!(cause instanceof ProxyError)) throw cause;
    throw new Error(`${node.path}: ${cause.message.replace("HTTPS_PROXY", "httpsProxy")}`, { cause });
  }
}

function certificatesCode(file: string, scope: Construct): TemporaryCode {
  const certificates = readCertificates(file, scope);
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-certificates-"));
  writeFileSync(join(folder, fileName), certificates);
  return new TemporaryCode(folder);
}

function readCertificates(file: string, { node }: Construct): string {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const expected = "expected a file with certificates in PEM";
    throw new Error(`${node.path}: extraCaCerts is "${file}", which cannot be read: ${expected}.`, { cause });
  }
  if (/-----BEGIN CERTIFICATE-----/.test(text) && !text.includes("PRIVATE KEY")) return text;
  throw new Error(`${node.path}: extraCaCerts is "${file}": expected certificates in PEM there, and no private key.`);
}
