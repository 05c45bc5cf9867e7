/** What a failure of the network means, for the person who has to mend it. */
export interface Meaning {
  /** The rest of a sentence about the other side: "its host name is not known". */
  readonly what: string;
  /** What to do, in whole sentences. */
  readonly advice: string;
  /** Whether it is certain that nothing was sent. */
  readonly isUnsent: boolean;
  /** Whether it may be over in a moment. */
  readonly passes: boolean;
}

type Told = Pick<Meaning, "what" | "advice">;

const proxy = "If this machine reaches the internet through a proxy, set HTTPS_PROXY.";
const trust =
  "If your own network inspects TLS, name a file with its root certificate (PEM) in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA=1 to trust what this machine trusts.";

const unknownIssuer: Told = { what: "its certificate comes from an authority that is not trusted here", advice: trust };
const clock: Told = {
  what: "its certificate is not valid at this time",
  advice: "Check this machine's clock; if that is right, the server's operator has to renew the certificate.",
};
const unusable: Told = {
  what: "its certificate cannot be used",
  advice: `The server's operator has to replace it. ${trust}`,
};
const cut: Told = {
  what: "the connection was cut",
  advice: "Try again. If it goes on, look for a firewall or a proxy on the way.",
};
const silent: Told = {
  what: "no answer came in time",
  advice: `Try again. If it goes on, a firewall may drop the connection. ${proxy}`,
};
const noWay: Told = { what: "there is no route to it from here", advice: `Check the network. ${proxy}` };
const notTls: Told = {
  what: "the server does not speak TLS as it should",
  advice: "Check the port, and whether the URL should begin with https. A proxy or a firewall may answer in its place.",
};
const notHttp: Told = { what: "the server does not speak HTTP", advice: "Check the host and the port." };

const beforeSending = (told: Told): Meaning => ({ ...told, isUnsent: true, passes: false });
const passing = (told: Told): Meaning => ({ ...told, isUnsent: false, passes: true });
const lasting = (told: Told): Meaning => ({ ...told, isUnsent: false, passes: false });

/** Meanings by the code of the system (errno), OpenSSL (X509_V_ERR_…, as Node.js spells them), Node.js or undici. */
const byCode: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: beforeSending({ what: "its host name is not known", advice: `Check how it is spelled. ${proxy}` }),
  EAI_AGAIN: beforeSending({
    what: "no DNS server answers",
    advice: `Check this machine's network and DNS. ${proxy}`,
  }),
  ECONNREFUSED: beforeSending({
    what: "nothing listens there",
    advice: "Check the host and the port, and those of the proxy if HTTPS_PROXY names one.",
  }),
  EHOSTUNREACH: beforeSending(noWay),
  ENETUNREACH: beforeSending(noWay),
  EHOSTDOWN: beforeSending(noWay),
  ENETDOWN: beforeSending(noWay),
  EADDRNOTAVAIL: beforeSending(noWay),
  UND_ERR_CONNECT_TIMEOUT: beforeSending(silent),
  ECONNRESET: passing(cut),
  ECONNABORTED: passing(cut),
  EPIPE: passing(cut),
  UND_ERR_SOCKET: passing(cut),
  ETIMEDOUT: passing(silent),
  UND_ERR_HEADERS_TIMEOUT: passing(silent),
  UND_ERR_BODY_TIMEOUT: passing(silent),
  CERT_HAS_EXPIRED: beforeSending({ ...clock, what: "its certificate has expired" }),
  CERT_NOT_YET_VALID: beforeSending({ ...clock, what: "its certificate is not valid yet" }),
  SELF_SIGNED_CERT_IN_CHAIN: beforeSending(unknownIssuer),
  UNABLE_TO_GET_ISSUER_CERT: beforeSending(unknownIssuer),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: beforeSending(unknownIssuer),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: beforeSending(unknownIssuer),
  CERT_UNTRUSTED: beforeSending(unknownIssuer),
  DEPTH_ZERO_SELF_SIGNED_CERT: beforeSending({ ...unknownIssuer, what: "its certificate is signed by itself" }),
  ERR_TLS_CERT_ALTNAME_INVALID: beforeSending({
    what: "its certificate is for another host",
    advice: "Check the host name. A proxy or the sign-in page of a network may answer in its place.",
  }),
  HOSTNAME_MISMATCH: beforeSending({ what: "its certificate is for another host", advice: "Check the host name." }),
  ERR_ADDRESS_NOT_PUBLIC: beforeSending({
    what: "it is not on the public internet, or not reached over https",
    advice: "Check the host name. Records are read from public addresses alone.",
  }),
  ERR_ANSWER_TOO_LARGE: lasting({
    what: "its answer is too large",
    advice: "Ask for fewer fields.",
  }),
  ERR_PROXY_INVALID_CONFIG: beforeSending({
    what: "the proxy's URL cannot be used",
    advice: "Expected one such as http://proxy.example.com:3128 in HTTPS_PROXY.",
  }),
};

/** Meanings of families of codes, by how the codes begin or end. */
const byPattern: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/^EPROTO$|^ERR_SSL_|^ERR_TLS_/, lasting(notTls)],
  [/^CERT_|_CERT$|_CERT_|^INVALID_(CA|PURPOSE)$|^(PATH_LENGTH_EXCEEDED|CRL_)/, beforeSending(unusable)],
  [/^HPE_/, lasting(notHttp)],
];

/** The meaning of a code that is not in the tables. */
export const unknownMeaning: Meaning = lasting({
  what: "the connection failed",
  advice: "The code is Node.js's or the system's.",
});

/** @returns undefined for a code that is not of the network */
export function meaningOfCode(code: string): Meaning | undefined {
  return byCode[code] ?? byPattern.find(([pattern]) => pattern.test(code))?.[1];
}

/** What it means that a proxy refuses to connect with this HTTP status. */
export function meaningOfProxyStatus(status: number): Meaning {
  const told =
    status === 407
      ? {
          what: "the proxy asks for a name and a password",
          advice: "Put them into HTTPS_PROXY: http://name:password@host:port, with special characters percent-encoded.",
        }
      : {
          what: "the proxy does not connect to it",
          advice:
            "Ask the proxy's operator to let this host through; if the host is reached without the proxy, name it in NO_PROXY.",
        };
  return beforeSending(told);
}
