import type { WantedPort } from "./command-line/taken-ports.ts";
import { SetupError } from "./host/setup-error.ts";

/** Of what runs a stack on this machine. 0 for any free port. */
export interface StackPorts {
  readonly port: number;
  readonly adobePort: number;
  readonly awsPort: number;
}

export function wantedPorts({ port, adobePort, awsPort }: StackPorts): WantedPort[] {
  return [
    { flag: "--port", port },
    { flag: "--adobe-port", port: adobePort },
    { flag: "--aws-port", port: awsPort },
  ];
}

/** @throws {SetupError} in one line that names the flags */
export function expectDifferentPorts(ports: StackPorts): void {
  const wanted = wantedPorts(ports).filter(({ port }) => port !== 0);
  for (const [index, { flag, port }] of wanted.entries()) {
    const other = wanted.slice(0, index).find((each) => each.port === port);
    if (other !== undefined)
      throw new SetupError(`${other.flag} and ${flag} are both ${port}; expected different ports`);
  }
}
